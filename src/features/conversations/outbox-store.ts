import type { OutboxEntry, OutboxProgress, Promised } from './outbox.js';

/** Names one entry's message. */
export interface MessageRef {
  accountId: string;
  openid: string;
  key: string;
}

export type ClaimedEntry = OutboxEntry & {
  id: string;
  /** Proves that this sender holds the entry; a later claim makes it void. */
  claim: string;
};

/** The outbox's storage. A claim ends by a time in the condition, never by a job having run. */
export interface OutboxStore {
  /** Keeps the promise durably. False: this message has one already. */
  promise(entry: Promised): Promise<boolean>;
  hasPromise(message: MessageRef): Promise<boolean>;
  /** The answer is in the journal: the promise may be kept from now on. */
  makeDue(message: MessageRef, now: Date): Promise<void>;
  /**
   * Takes the entry that has waited longest, hides it from others until `hiddenUntil`; null: nothing is due.
   * A remainder stays behind the promise of the same message.
   */
  claimDue(now: Date, hiddenUntil: Date): Promise<ClaimedEntry | null>;
  /** Writes down that the platform is about to be asked. False: the claim is void, do not send. */
  beginPart(entry: ClaimedEntry, leaseUntil: Date): Promise<boolean>;
  /** Ends what `beginPart` began, or gives the claim back. */
  settle(
    entry: ClaimedEntry,
    progress: Pick<OutboxProgress, 'state' | 'partsSent'> & Settlement,
  ): Promise<void>;
  /** Turns what a dead sender left in `sending` into `unknown`; returns how many. */
  abandonExpired(now: Date): Promise<number>;
}

export interface Settlement {
  reason?: string;
  /** Where the entry goes back to `waiting`: not before this moment. */
  notBefore?: Date;
}
