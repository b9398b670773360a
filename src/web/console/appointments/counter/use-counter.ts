import { shallowRef, type ShallowRef } from 'vue';
import type { AppointmentEntryView } from '../../../../api-types/appointments.js';
import type { Action } from '../../../shared/create-use-action.js';
import { useAccount } from '../../session/use-account.js';
import { confirmWithReason } from '../../shared/confirm.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import { cancelForCitizen, disclosePerson } from '../appointment-calls.js';

export interface DisclosedPerson {
  name: string;
  idNumber: string;
  phone: string;
}

/** What the counter does with one appointment, each for a reason that goes on record. */
export interface CounterActions {
  cancel: Action<[AppointmentEntryView]>;
  disclose: Action<[AppointmentEntryView]>;
  /** In full, until it is put away; `person` is null where its key is lost. */
  readonly disclosed: ShallowRef<{ person: DisclosedPerson | null } | undefined>;
}

const mostReason = 200;

export function useCounter(onChanged: () => void): CounterActions {
  const { accountId } = useAccount();
  const disclosed = shallowRef<{ person: DisclosedPerson | null }>();
  const paramsOf = ({ appointmentId }: AppointmentEntryView) => ({
    accountId: accountId.value,
    appointmentId,
  });
  const nameOf = ({ person }: AppointmentEntryView) => person?.name ?? '这位市民';

  return {
    disclosed,
    cancel: useAction(async (entry: AppointmentEntryView) => {
      const reason = await confirmWithReason({
        title: `替 ${nameOf(entry)} 取消预约`,
        text: '取消后名额放出来给别人，不能恢复。市民会收到通知，写下的理由市民也看得到。',
        confirm: '取消这个预约',
        dangerous: true,
        mostCharacters: mostReason,
      });
      if (reason === null) return;
      await cancelForCitizen({ params: paramsOf(entry), body: { reason } });
      toast.done('已取消，市民会收到通知');
      onChanged();
    }),
    disclose: useAction(async (entry: AppointmentEntryView) => {
      const reason = await confirmWithReason({
        title: '查看完整信息',
        text: `为什么要看 ${nameOf(entry)} 的完整号码？谁看过、为什么看，会记录下来。`,
        confirm: '查看',
        mostCharacters: mostReason,
      });
      if (reason === null) return;
      disclosed.value = await disclosePerson({ params: paramsOf(entry), body: { reason } });
    }),
  };
}
