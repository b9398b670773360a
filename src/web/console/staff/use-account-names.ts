import { useSession } from '../session/session-store.js';
import type { AccountNamer } from './staff-words.js';

/** The names of the accounts that one sees; of others their id. */
export function useAccountNames(): AccountNamer {
  const store = useSession();
  return (accountId) => store.accounts.find((one) => one.accountId === accountId)?.name ?? accountId;
}
