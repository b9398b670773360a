import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { isSame } from './conflict.js';

/** Long enough for a word to be typed, short enough to seem at once. */
const pauseMs = 400;

/** A value once it has not changed for a moment; what is the same again counts as no change. */
export function useSettled<Value>(source: () => Value): Readonly<ShallowRef<Value>> {
  const settled = shallowRef(source());
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(source, (value) => {
    clearTimeout(timer);
    if (!isSame(value, settled.value)) timer = setTimeout(() => (settled.value = value), pauseMs);
  });
  onScopeDispose(() => clearTimeout(timer));
  return settled;
}
