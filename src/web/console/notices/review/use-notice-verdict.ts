import type { NoticeView } from '../../../../api-types/notices.js';
import { ApiError } from '../../../shared/api-error.js';
import type { Action } from '../../../shared/create-use-action.js';
import { useAccount } from '../../session/use-account.js';
import { confirmWithReason } from '../../shared/confirm.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import { decidedEmergencies } from '../emergency/decided-emergencies.js';
import { approveNotice, refuseNotice } from '../notice-calls.js';
import { stageNames } from '../notice-words.js';

export type Verdict = 'approved' | 'returned' | 'rejected';

const questions = {
  returned: {
    title: '退回修改',
    text: '推送变回草稿，写的人改好以后可以再送审。请写明哪里要改。',
    confirm: '退回',
  },
  rejected: {
    title: '否决',
    text: '这条推送到此为止，不会发出。请写明理由。',
    confirm: '否决',
    dangerous: true,
  },
};

/**
 * Decides about the notice on the page, by the hash, the stage, the number and the channels that the page shows.
 * @param decided gets it as it is afterwards.
 * @param stale is told when it is not any more what the page shows.
 */
export function useNoticeVerdict(
  shown: () => NoticeView,
  decided: (notice: NoticeView) => void,
  stale: () => void,
): Action<[Verdict]> {
  const { accountId } = useAccount();
  return useAction(async (verdict: Verdict) => {
    const { id, hash, due, size, channels, approvals, kind } = shown();
    if (due === null || hash === null || size === null) return;
    const params = { accountId: accountId.value, id };
    const looked = { hash, stage: due };
    try {
      if (verdict === 'approved') {
        const body = { ...looked, recipients: size.recipients, channels };
        const notice = await approveNotice({ params, body });
        const isLast = kind === 'emergency' || approvals.length === 2;
        toast.done(isLast ? '已批准，开始发送' : `${stageNames[due]}已通过`);
        decided(notice);
        return;
      }
      const reason = await confirmWithReason(questions[verdict]);
      if (reason === null) return;
      decided(await refuseNotice({ params, body: { ...looked, verdict, reason } }));
      toast.done(verdict === 'returned' ? '已退回修改' : '已否决');
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) stale();
      throw error;
    } finally {
      decidedEmergencies.value += 1;
    }
  });
}
