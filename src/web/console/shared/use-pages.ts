import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { useLoad, type Load } from '../../shared/use-load.js';

export interface Page<Row, Cursor> {
  rows: readonly Row[];
  /** Where the next page begins; null: this is the last. */
  next: Cursor | null;
}

/** A list that the server pages; `<PagedTable>` takes it as it is. */
export interface Pages<Row> extends Load<Page<Row, unknown>> {
  readonly rows: ComputedRef<readonly Row[]>;
  /** From 1. */
  readonly number: ComputedRef<number>;
  readonly hasPrevious: ComputedRef<boolean>;
  readonly hasNext: ComputedRef<boolean>;
  previous(): void;
  next(): void;
}

/**
 * Walks through a list that the server cuts into pages by cursors; another filter begins at the first page.
 * @param filter what is listed, as a getter; undefined: nothing yet.
 */
export function usePages<Filter, Row, Cursor>(
  filter: () => Filter | undefined,
  load: (filter: Filter, cursor: Cursor | undefined, signal: AbortSignal) => Promise<Page<Row, Cursor>>,
): Pages<Row> {
  /** The beginnings of the pages gone through; that of the first is undefined. */
  const cursors = shallowRef<readonly (Cursor | undefined)[]>([undefined]);
  const wanted = computed(() => JSON.stringify(filter()));
  watch(wanted, () => (cursors.value = [undefined]), { flush: 'sync' });

  const state = useLoad(
    () => {
      const by = filter();
      return by === undefined ? undefined : { by, cursor: cursors.value.at(-1) };
    },
    ({ by, cursor }, signal) => load(by, cursor, signal),
  );

  return {
    ...state,
    rows: computed(() => state.data.value?.rows ?? []),
    number: computed(() => cursors.value.length),
    hasPrevious: computed(() => cursors.value.length > 1),
    hasNext: computed(() => (state.data.value?.next ?? null) !== null),
    previous() {
      if (cursors.value.length > 1) cursors.value = cursors.value.slice(0, -1);
    },
    next() {
      const next = state.data.value?.next;
      if (next !== undefined && next !== null) cursors.value = [...cursors.value, next];
    },
  };
}
