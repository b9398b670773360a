import { shallowRef, type ShallowRef } from 'vue';
import type { DropPlace } from './tree-model.js';

export interface TreeDrag {
  /** The node that is dragged. */
  readonly dragged: Readonly<ShallowRef<string | undefined>>;
  /** Where it would go. */
  readonly over: Readonly<ShallowRef<{ id: string; place: DropPlace } | undefined>>;
  start(event: DragEvent, id: string): void;
  hover(event: DragEvent, id: string): void;
  drop(event: DragEvent): void;
  end(): void;
}

/** Dragging a row of the tree to between, or onto, other rows. */
export function useTreeDrag(onDrop: (dragged: string, target: string, place: DropPlace) => void): TreeDrag {
  const dragged = shallowRef<string>();
  const over = shallowRef<{ id: string; place: DropPlace }>();

  function end(): void {
    dragged.value = undefined;
    over.value = undefined;
  }

  return {
    dragged,
    over,
    end,
    start(event, id) {
      dragged.value = id;
      // Firefox drags nothing that carries no data.
      event.dataTransfer?.setData('text/plain', id);
    },
    hover(event, id) {
      if (dragged.value === undefined || dragged.value === id) return;
      event.preventDefault();
      over.value = { id, place: placeIn(event) };
    },
    drop(event) {
      const [from, to] = [dragged.value, over.value];
      if (from === undefined || to === undefined) return;
      event.preventDefault();
      end();
      onDrop(from, to.id, to.place);
    },
  };
}

/** The upper and the lower quarter of a row mean the place before and after it. */
function placeIn(event: DragEvent): DropPlace {
  if (!(event.currentTarget instanceof HTMLElement)) return 'inside';
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const share = (event.clientY - top) / height;
  if (share < 0.25) return 'before';
  return share > 0.75 ? 'after' : 'inside';
}
