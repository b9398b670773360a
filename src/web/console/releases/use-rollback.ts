import { useAccount } from '../session/use-account.js';
import { confirmWithReason } from '../shared/confirm.js';
import { toast } from '../shared/toast.js';
import type { Action } from '../../shared/create-use-action.js';
import { useAction } from '../shared/use-action.js';
import { rollBack } from './release-calls.js';

/** Makes an earlier release live again. @param done gets the number under which it is live. */
export function useRollback(done: (live: number) => void): Action<[number]> {
  const { accountId } = useAccount();
  return useAction(async (number: number) => {
    const reason = await confirmWithReason({
      title: `回退到第 ${number} 版`,
      text: `市民马上得到第 ${number} 版的内容，它会成为新的一版。现在的草稿先存成快照，草稿本身不变。`,
      confirm: '马上回退',
      dangerous: true,
    });
    if (reason === null) return;
    const live = await rollBack({
      params: { accountId: accountId.value, number: String(number) },
      body: { reason },
    });
    toast.done(`已回退，现在使用第 ${live.number} 版`);
    done(live.number);
  });
}
