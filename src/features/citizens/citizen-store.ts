import type { Citizen, SubscriptionChange } from './citizen.js';

export interface FirstContact {
  accountId: string;
  openid: string;
  at: Date;
}

/** Who is known. Both writes may be repeated without effect. */
export interface CitizenStore {
  find(accountId: string, openid: string): Promise<Citizen | null>;
  /** Creates those that are not known yet; leaves the others as they are. */
  ensureMany(contacts: readonly FirstContact[]): Promise<void>;
  /**
   * Keeps the change, once per `change.key`. `subscribed` follows the newest change by its time, so that
   * events that arrive out of order end in the right state. Who follows anew is reachable again; who leaves has no
   * tags any more.
   */
  recordSubscription(accountId: string, openid: string, change: SubscriptionChange): Promise<void>;
}
