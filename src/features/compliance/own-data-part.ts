import type { JsonValue } from '../../core/scheduler.js';
import type { Transaction } from '../../core/transaction-runner.js';

/** The person whose data it is, as the platform names them. */
export interface DataSubject {
  accountId: string;
  openid: string;
}

/** A record as its citizen takes it along, everything readable. */
export type OwnRecord = Readonly<Record<string, JsonValue>>;

/** What became of a citizen's records of one kind. */
export interface Erased {
  /** Records that are gone. */
  deleted: number;
  /** Records that stay without anything that leads to the person. */
  anonymised: number;
  /** What stays as it is, and why; sentences for the citizen. */
  kept: readonly string[];
}

export const nothingErased: Erased = { deleted: 0, anonymised: 0, kept: [] };

/** What a feature holds of a citizen, for their rights to a copy and to erasure (个人信息保护法 §45, §47). */
export interface OwnDataPart {
  /** Names the records in the copy; unique. */
  name: string;
  /** All of the citizen's records; there may be many. */
  copy(citizen: DataSubject): AsyncIterable<OwnRecord>;
  /**
   * Deletes, in the transaction in which all parts do, what is little.
   * @throws UserError where something must be ended first; then no part has erased anything.
   */
  erase?(tx: Transaction, citizen: DataSubject): Promise<Erased>;
  /**
   * Deletes, after that transaction, what is too much for one. It may be cut off and is then repeated, and must carry
   * on from what it finds.
   */
  eraseMany?(citizen: DataSubject): Promise<Erased>;
}
