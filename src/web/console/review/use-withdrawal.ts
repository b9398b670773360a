import type { SubmissionView } from '../../../api-types/content-review.js';
import { useAccount } from '../session/use-account.js';
import { confirm } from '../shared/confirm.js';
import { toast } from '../shared/toast.js';
import type { Action } from '../../shared/create-use-action.js';
import { useAction } from '../shared/use-action.js';
import { withdrawSubmission } from './review-calls.js';

/** Takes one's own submission back. @param done is told afterwards, also when it was too late. */
export function useWithdrawal(done: () => void): Action<[SubmissionView]> {
  const { accountId } = useAccount();
  return useAction(async ({ number }: SubmissionView) => {
    const isMeant = await confirm({
      title: `撤回第 ${number} 次送审`,
      text: '草稿不会变。已经做过的审核作废，改好以后可以重新送审。',
      confirm: '撤回',
    });
    if (!isMeant) return;
    try {
      await withdrawSubmission({
        params: { accountId: accountId.value, number: String(number) },
        body: {},
      });
      toast.done('已撤回');
    } finally {
      done();
    }
  });
}
