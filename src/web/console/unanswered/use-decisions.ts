import { shallowRef, type ShallowRef } from 'vue';
import type { NewAnswerInput, TargetView, UnansweredGroupView } from '../../../api-types/insights.js';
import { ApiError } from '../../shared/api-error.js';
import { confirmWithReason } from '../shared/confirm.js';
import { toast } from '../shared/toast.js';
import type { Action } from '../../shared/create-use-action.js';
import { useAction } from '../shared/use-action.js';
import { attachUnanswered, dismissUnanswered, reopenUnanswered } from './unanswered-calls.js';

export interface Decisions {
  /** The group that was decided about last, as it is now: to be told of, and to be undone. */
  readonly last: Readonly<ShallowRef<UnansweredGroupView | undefined>>;
  readonly attach: Action<[group: UnansweredGroupView, to: TargetView | NewAnswerInput]>;
  readonly dismiss: Action<[group: UnansweredGroupView]>;
  readonly reopen: Action<[group: UnansweredGroupView]>;
}

/**
 * What an editor does with groups of questions.
 * @param changed is told after each decision, and when somebody else was faster: the list is not what it was.
 */
export function useDecisions(accountId: () => string, changed: () => void): Decisions {
  const last = shallowRef<UnansweredGroupView>();
  const paramsOf = ({ id }: UnansweredGroupView) => ({ accountId: accountId(), id });

  async function decide(work: () => Promise<UnansweredGroupView | undefined>): Promise<void> {
    try {
      const group = await work();
      if (!group) return;
      last.value = group;
      changed();
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) changed();
      throw error;
    }
  }

  return {
    last,
    attach: useAction((group, to) =>
      decide(async () => {
        const body = { baseVersion: group.version, ...('text' in to ? { answer: to } : { to }) };
        return (await attachUnanswered({ params: paramsOf(group), body })).group;
      }),
    ),
    dismiss: useAction((group) =>
      decide(async () => {
        const reason = await confirmWithReason({
          title: '忽略这一组问题',
          text: `“${group.title}”不再出现在待处理里；以后可以在“已忽略”里找回。`,
          confirm: '忽略',
          mostCharacters: 200,
        });
        if (reason === null) return undefined;
        const body = { baseVersion: group.version, reason };
        return dismissUnanswered({ params: paramsOf(group), body });
      }),
    ),
    reopen: useAction((group) =>
      decide(async () => {
        const body = { baseVersion: group.version };
        const reopened = await reopenUnanswered({ params: paramsOf(group), body });
        toast.done('已撤销，这一组回到待处理');
        return reopened;
      }),
    ),
  };
}
