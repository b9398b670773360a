import { shallowRef } from 'vue';

/** Counts the changes of the draft that this page has made: what is shown of the whole draft is asked for anew. */
export const draftChanges = shallowRef(0);

export function noteDraftChange(): void {
  draftChanges.value += 1;
}
