import { shallowRef, type ShallowRef } from 'vue';
import type { ItemView } from '../../../api-types/content.js';
import { useAccount } from '../session/use-account.js';
import { ApiError } from '../../shared/api-error.js';
import { confirm } from '../shared/confirm.js';
import { toast } from '../shared/toast.js';
import { removeItem } from './draft-calls.js';
import { noteDraftChange } from './draft-changes.js';
import { readChildren } from './read-children.js';

export interface Removal {
  /** Asks, counts what goes with it, and removes it from the draft. @returns whether it is gone. */
  run(item: Pick<ItemView, 'kind' | 'id' | 'title' | 'version'>, hasChildren?: boolean): Promise<boolean>;
  /** It is gone: what was typed about it is of no use any more. */
  readonly isDone: Readonly<ShallowRef<boolean>>;
}

/** @param noun what the clerk calls such an item. */
export function useRemoval(noun: string): Removal {
  const { accountId } = useAccount();
  const isDone = shallowRef(false);

  async function remove(
    item: Pick<ItemView, 'kind' | 'id' | 'version'>,
    withChildren: boolean,
  ): Promise<void> {
    const { kind, id, version } = item;
    await removeItem({
      params: { accountId: accountId.value, kind, id },
      query: { baseVersion: version, withChildren: withChildren ? 'true' : 'false' },
    });
    noteDraftChange();
  }

  return {
    isDone,
    async run(item, hasChildren = false) {
      const ask = (text: string) =>
        confirm({ title: `删除${noun}“${item.title}”？`, text, confirm: '删除', dangerous: true });
      const plain = '从草稿里删除；审核发布以后，市民才看不到它。';
      try {
        if (!hasChildren && !(await ask(plain))) return false;
        await remove(item, false);
      } catch (error) {
        // The server counts: what lies below may be far more than what is shown.
        const below = error instanceof ApiError ? readChildren(error) : undefined;
        if (below === undefined) {
          toast.failed(error);
          return false;
        }
        if (!(await ask(`它下面的 ${below} 项会一起删除。${plain}`))) return false;
        try {
          await remove(item, true);
        } catch (again) {
          toast.failed(again);
          return false;
        }
      }
      isDone.value = true;
      toast.done(`已从草稿删除“${item.title}”`);
      return true;
    },
  };
}
