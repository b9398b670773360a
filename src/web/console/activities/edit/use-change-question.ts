import { shallowRef, type ShallowRef } from 'vue';
import type { ActivityPlanWire, ChangeForecast } from '../../../../api-types/activities.js';
import { useAccount } from '../../session/use-account.js';
import { forecastChange } from '../activity-calls.js';

interface OpenChange {
  forecast: ChangeForecast;
  answer: (isMeant: boolean) => void;
}

export interface ChangeQuestion {
  /** What `<ChangeDialog>` shows at present. */
  readonly asked: Readonly<ShallowRef<OpenChange | undefined>>;
  /** Whether a published activity is to be changed, once its consequences have been read. @throws ApiError as the change would be refused */
  ask(activityId: string, plan: ActivityPlanWire, baseRevision: number): Promise<boolean>;
}

export function useChangeQuestion(): ChangeQuestion {
  const { accountId } = useAccount();
  const asked = shallowRef<OpenChange>();
  return {
    asked,
    async ask(activityId, plan, baseRevision) {
      const forecast = await forecastChange({
        params: { accountId: accountId.value, activityId },
        body: { plan, baseRevision },
      });
      return new Promise((resolve) => {
        asked.value = {
          forecast,
          answer(isMeant) {
            asked.value = undefined;
            resolve(isMeant);
          },
        };
      });
    },
  };
}
