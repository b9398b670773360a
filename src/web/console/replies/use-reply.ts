import type { ItemView } from '../../../api-types/content.js';
import { useItem, type ItemEditor } from '../draft/use-item.js';
import { beginReply, readReply, writeReply, type ReplyForm } from './reply-form.js';

export type ReplyEditor = ItemEditor<ReplyForm>;

/** @param begin whether the reply of this id is yet to be written, and its title so far. */
export function useReply(
  id: () => string | undefined,
  begin: (id: string) => { title: string } | undefined = () => undefined,
  onSaved?: (item: ItemView) => void,
): ReplyEditor {
  return useItem({
    kind: 'reply',
    id,
    begin(id) {
      const fresh = begin(id);
      return fresh && beginReply(id, fresh.title);
    },
    read: readReply,
    write: writeReply,
    onSaved,
  });
}
