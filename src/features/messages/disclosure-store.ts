/** Who looked at what a citizen wrote in full, and why. */
export interface Disclosure {
  accountId: string;
  /** The receipt number of the message. */
  receipt: string;
  openid: string;
  by: string;
  reason: string;
  at: Date;
}

/** Append-only: nothing is ever changed or removed here. */
export interface DisclosureStore {
  /** Durable once it resolves. */
  append(disclosure: Disclosure): Promise<void>;
}
