import { onBeforeRouteUpdate } from 'vue-router';
import type { ItemKindName } from '../../../api-types/content.js';
import { useFieldFocus } from '../draft/use-field-focus.js';
import { useItem, type ItemEditor } from '../draft/use-item.js';
import { useTrial, type Trial } from '../draft/use-trial.js';
import { toast } from '../shared/toast.js';
import { useHotkeys } from '../shared/use-hotkeys.js';
import { useUnsavedGuard } from '../shared/use-unsaved-guard.js';

export interface WordsEditor<Form> {
  editor: ItemEditor<Form>;
  trial: Trial;
}

/** One of the items that there is one of, with everything that its panel needs around it. */
export function useWords<Form>(
  kind: ItemKindName,
  read: (value: unknown) => Form,
  write: (form: Form) => unknown,
): WordsEditor<Form> {
  const editor = useItem({ kind, id: () => kind, read, write });
  const trial = useTrial(kind, () =>
    editor.form.value === undefined ? undefined : { id: kind, value: editor.value.value },
  );
  const mayLeave = useUnsavedGuard(() => editor.isDirty.value);
  // The other lists are on the same page, and only the query says which.
  onBeforeRouteUpdate((to, from) => to.query['item'] === from.query['item'] || mayLeave());
  useHotkeys({ 'mod+s': () => void save() });
  useFieldFocus(() => editor.form.value !== undefined);

  async function save(): Promise<void> {
    if (editor.isDirty.value && (await editor.save())) toast.done('已保存到草稿');
  }

  return { editor, trial };
}
