import type { SubmissionView } from '../../../api-types/content-review.js';
import { useAccount } from '../session/use-account.js';
import { ApiError } from '../../shared/api-error.js';
import { confirm, confirmWithReason } from '../shared/confirm.js';
import { toast } from '../shared/toast.js';
import type { Action } from '../../shared/create-use-action.js';
import { useAction } from '../shared/use-action.js';
import { approveSubmission, rejectSubmission, returnSubmission } from './review-calls.js';
import { shortHash, stageNames, type StageName } from './review-words.js';

export type Verdict = 'approve' | 'return' | 'reject';

/**
 * Decides about the submission on the page, by the hash and the stage that the page shows.
 * @param decided gets it as it is afterwards.
 * @param stale is told when it is not any more what the page shows.
 */
export function useVerdict(
  shown: () => SubmissionView,
  decided: (submission: SubmissionView) => void,
  stale: () => void,
): Action<[Verdict]> {
  const { accountId } = useAccount();
  return useAction(async (verdict: Verdict) => {
    const { number, hash, due, stages } = shown();
    if (due === null) return;
    const params = { accountId: accountId.value, number: String(number) };
    const looked = { hash, stage: due };
    try {
      if (verdict === 'approve') {
        const isLast = due === stages.at(-1);
        if (!(await confirm(askApproval(due, hash, isLast)))) return;
        decided(await approveSubmission({ params, body: looked }));
        toast.done(isLast ? '已通过并发布' : `${stageNames[due]}已通过`);
        return;
      }
      const reason = await confirmWithReason(questions[verdict]);
      if (reason === null) return;
      const refuse = verdict === 'return' ? returnSubmission : rejectSubmission;
      decided(await refuse({ params, body: { ...looked, reason } }));
      toast.done(verdict === 'return' ? '已退回修改' : '已否决');
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) stale();
      throw error;
    }
  });
}

function askApproval(stage: StageName, hash: string, isLast: boolean) {
  const effect = isLast ? '通过后立刻发布，市民马上得到新的内容。' : '通过后交给下一审。';
  return {
    title: `${stageNames[stage]}通过`,
    text: `您看过的是校验值 ${shortHash(hash)} 的内容。${effect}`,
    confirm: isLast ? '通过并发布' : '通过',
  };
}

const questions = {
  return: { title: '退回修改', text: '送审人改好以后可以再送审。请写明哪里要改。', confirm: '退回' },
  reject: {
    title: '否决',
    text: '同样的内容不能再送审，要改过才行。请写明理由。',
    confirm: '否决',
    dangerous: true,
  },
};
