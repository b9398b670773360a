import { computed, shallowRef, type ComputedRef, type WritableComputedRef } from 'vue';
import { buttonMenuSchema } from '../../../api-types/content-values.js';
import { useItem, type ItemEditor } from '../draft/use-item.js';
import {
  editMenu,
  moveElement,
  mostButtons,
  newButton,
  toContent,
  type EditedButton,
} from './edited-menu.js';

export interface EditedMenu {
  editor: ItemEditor<EditedButton[]>;
  buttons: ComputedRef<EditedButton[]>;
  /** Key of the button that is edited; the first one at the beginning. */
  chosen: WritableComputedRef<number | undefined>;
  /** @param parent the button on the first level above which it goes; absent: on the first level. */
  add(parent?: EditedButton): void;
  remove(key: number): void;
  /** Among its neighbours. */
  move(key: number, step: number): void;
  /** To the place of a neighbour. */
  moveTo(key: number, placeOf: number): void;
}

/** The bottom menu of the draft while it is edited. */
export function useEditedMenu(): EditedMenu {
  const picked = shallowRef<number>();
  const editor = useItem<EditedButton[]>({
    kind: 'buttons',
    id: () => 'buttons',
    read: (value) => keepKeys(editMenu(buttonMenuSchema.parse(value))),
    write: toContent,
  });
  const buttons = computed(() => editor.form.value ?? []);
  const chosen = computed({
    get: () => picked.value ?? buttons.value[0]?.key,
    set: (key) => (picked.value = key),
  });

  /** A menu that was read again after it was saved keeps what is chosen, by its place. */
  function keepKeys(menu: EditedButton[]): EditedButton[] {
    const before = flatten(editor.form.value ?? []);
    flatten(menu).forEach((button, index) => {
      button.key = before[index]?.key ?? button.key;
    });
    return menu;
  }

  function listWith(key: number): { list: EditedButton[]; index: number } | undefined {
    for (const list of [buttons.value, ...buttons.value.map(({ children }) => children)]) {
      const index = list.findIndex((button) => button.key === key);
      if (index !== -1) return { list, index };
    }
    return undefined;
  }

  function reorder(key: number, to: (list: EditedButton[], index: number) => number): void {
    const found = listWith(key);
    if (!found) return;
    const { list, index } = found;
    list.splice(0, list.length, ...moveElement(list, index, to(list, index)));
  }

  return {
    editor,
    buttons,
    chosen,
    add(parent) {
      const list = parent?.children ?? buttons.value;
      if (list.length >= (parent ? mostButtons.sub : mostButtons.top)) return;
      const button = newButton();
      list.push(button);
      chosen.value = button.key;
    },
    remove(key) {
      const found = listWith(key);
      found?.list.splice(found.index, 1);
      chosen.value = undefined;
    },
    move: (key, step) => reorder(key, (_, index) => index + step),
    moveTo: (key, placeOf) =>
      reorder(key, (list, index) => {
        const to = list.findIndex((button) => button.key === placeOf);
        return to === -1 ? index : to;
      }),
  };
}

function flatten(menu: readonly EditedButton[]): EditedButton[] {
  return menu.flatMap((button) => [button, ...button.children]);
}
