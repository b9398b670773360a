import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Applicant, DecisionOutcome, DisclosedApplicant } from '../../../../api-types/applicants.js';
import type { Action } from '../../../shared/create-use-action.js';
import { useAccount } from '../../session/use-account.js';
import { confirm, confirmWithReason } from '../../shared/confirm.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import {
  approveApplicants,
  cancelForCitizen,
  discloseApplicant,
  turnDownApplicants,
} from '../activity-calls.js';
import { sumUpOutcomes, type RefusedDecision } from './sum-up-outcomes.js';

/** What staff do about those who registered. */
export interface ApplicantDeeds {
  approve: Action<[readonly Applicant[]]>;
  turnDown: Action<[readonly Applicant[]]>;
  cancel: Action<[Applicant]>;
  disclose: Action<[Applicant]>;
  /** In full, until it is put away. */
  readonly disclosed: ShallowRef<DisclosedApplicant | undefined>;
  /** Those whom the last decision did not reach, and why. */
  readonly refused: Ref<RefusedDecision[]>;
}

const mostReason = 200;

export function useApplicantDeeds(activityId: () => string, onChanged: () => void): ApplicantDeeds {
  const { accountId } = useAccount();
  const disclosed = shallowRef<DisclosedApplicant>();
  const refused = ref<RefusedDecision[]>([]);
  const params = () => ({ accountId: accountId.value, activityId: activityId() });
  const nameOf = ({ person }: Applicant) => person?.name ?? '这位市民';

  function tell(verb: string, outcomes: readonly DecisionOutcome[], asked: readonly Applicant[]): void {
    const sum = sumUpOutcomes(outcomes, asked);
    refused.value = sum.refused;
    if (sum.done > 0) toast.done(`${verb} ${sum.done} 人，他们会收到通知`);
    onChanged();
  }

  return {
    disclosed,
    refused,
    approve: useAction(async (asked: readonly Applicant[]) => {
      const isMeant = await confirm({
        title: `通过 ${asked.length} 人`,
        text: '通过以后他们会收到通知；收费的活动，要在时限内付款名额才算数。',
        confirm: `通过 ${asked.length} 人`,
      });
      if (!isMeant) return;
      const registrationIds = asked.map(({ registrationId }) => registrationId);
      const { outcomes } = await approveApplicants({ params: params(), body: { registrationIds } });
      tell('通过了', outcomes, asked);
    }),
    turnDown: useAction(async (asked: readonly Applicant[]) => {
      const reason = await confirmWithReason({
        title: `不通过 ${asked.length} 人`,
        text: '他们占的名额会放出来，不能恢复。他们会收到通知，写下的理由他们看得到。',
        confirm: `不通过 ${asked.length} 人`,
        dangerous: true,
        mostCharacters: mostReason,
      });
      if (reason === null) return;
      const registrationIds = asked.map(({ registrationId }) => registrationId);
      const { outcomes } = await turnDownApplicants({ params: params(), body: { registrationIds, reason } });
      tell('没有通过', outcomes, asked);
    }),
    cancel: useAction(async (applicant: Applicant) => {
      const reason = await confirmWithReason({
        title: `替 ${nameOf(applicant)} 取消报名`,
        text: '取消后名额放出来给别人，付过的钱全额退回，不能恢复。市民会收到通知，写下的理由市民看得到。',
        confirm: '取消这个报名',
        dangerous: true,
        mostCharacters: mostReason,
      });
      if (reason === null) return;
      const { registrationId } = applicant;
      await cancelForCitizen({ params: { ...params(), registrationId }, body: { reason } });
      toast.done('已取消，市民会收到通知');
      onChanged();
    }),
    disclose: useAction(async (applicant: Applicant) => {
      const reason = await confirmWithReason({
        title: '查看完整信息',
        text: `为什么要看 ${nameOf(applicant)} 的完整信息？谁看过、为什么看，会记录下来。`,
        confirm: '查看',
        mostCharacters: mostReason,
      });
      if (reason === null) return;
      const { registrationId } = applicant;
      disclosed.value = await discloseApplicant({
        params: { ...params(), registrationId },
        body: { reason },
      });
    }),
  };
}
