import { onScopeDispose, type ShallowRef } from 'vue';
import { useLoad } from '../../shared/use-load.js';
import { countAlerts } from './duty-calls.js';
import { poll } from '../shared/poll.js';

export interface OpenAlerts {
  /** How many nobody has taken on; it keeps itself up to date. */
  readonly count: Readonly<ShallowRef<{ open: number } | undefined>>;
  /** Counts now. */
  reload(): Promise<void>;
}

/** @param accountId the account, as a getter; undefined: nothing is asked. */
export function useOpenAlerts(accountId: () => string | undefined): OpenAlerts {
  const load = useLoad(accountId, (id, signal) => countAlerts({ params: { accountId: id } }, signal));
  onScopeDispose(poll(() => void load.reload()));
  return { count: load.data, reload: () => load.reload() };
}
