import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';

/** What is shown of something that is loaded; `<StateView>` takes it as it is. */
export interface Load<Data> {
  /** What came last; it stays while the next is loaded. */
  readonly data: Readonly<ShallowRef<Data | undefined>>;
  readonly loading: Readonly<ShallowRef<boolean>>;
  /** Why the last attempt failed. */
  readonly error: Readonly<ShallowRef<unknown>>;
  /** Loads again; resolves when that is done, well or not. */
  reload(): Promise<void>;
  /** Puts in what a mutation has answered. */
  replace(data: Data): void;
}

/**
 * Loads what `source` names, now and whenever it changes. Only the last request counts: earlier ones are aborted.
 * @param source what the request depends on, as a getter; undefined: there is nothing to load yet.
 */
export function useLoad<Source, Data>(
  source: () => Source | undefined,
  load: (source: Source, signal: AbortSignal) => Promise<Data>,
): Load<Data> {
  const data = shallowRef<Data>();
  const loading = shallowRef(false);
  const error = shallowRef<unknown>();
  let current = new AbortController();

  async function reload(): Promise<void> {
    current.abort();
    const own = (current = new AbortController());
    const wanted = source();
    if (wanted === undefined) {
      loading.value = false;
      return;
    }
    loading.value = true;
    try {
      const loaded = await load(wanted, own.signal);
      if (own.signal.aborted) return;
      data.value = loaded;
      error.value = undefined;
    } catch (thrown) {
      if (own.signal.aborted) return;
      error.value = thrown;
    }
    loading.value = false;
  }

  watch(source, reload, { immediate: true });
  onScopeDispose(() => current.abort());

  return {
    data,
    loading,
    error,
    reload,
    replace(next) {
      current.abort();
      current = new AbortController();
      data.value = next;
      error.value = undefined;
      loading.value = false;
    },
  };
}
