import type { RowsOf } from './delivery-store.js';
import type { MassCall, MassCallState, MassCallView, MassReport } from './mass-call.js';

export interface MassCallRef {
  accountId: string;
  noticeId: string;
  preparation: number;
  call: number;
}

/** How an attempt ends. */
export interface MassCallEnding {
  state: Exclude<MassCallState, 'sending' | 'reported'>;
  /** Why it is not accepted. */
  reason?: string;
  messageId?: string;
  acceptedAt?: Date;
  /** The platform may have taken it: absent, no doubt is left. */
  maybeSentAt?: Date;
  /** Of one that is pending again. */
  dueAt?: Date;
  at: Date;
}

/** A follower, and how many mass messages of a month are on record for them. */
export type MassLedger = ReadonlyMap<string, number>;

/** The calls of the mass interface, and the lane that lets one planner of an account through at a time. */
export interface MassCallStore {
  /** The calls of a preparation, in their order. */
  list(rows: RowsOf): Promise<MassCallView[]>;

  /** Where the account's lane stands; for `add`. */
  readLane(accountId: string): Promise<number>;
  /** Of calls of the month that were, or may have been or yet be, accepted. @param month `YYYY-MM`. */
  countOf(accountId: string, month: string): Promise<MassLedger>;
  /** All of them, while the lane stands where it stood. False: another planner was faster, nothing was added. */
  add(accountId: string, lane: number, calls: readonly MassCall[]): Promise<boolean>;

  /** Calls of a preparation whose rows do not say yet what became of them. */
  listUnsettled(rows: RowsOf): Promise<MassCall[]>;
  /** Takes a pending call that is due; null: it no longer is. @returns the call as it was taken. */
  begin(call: MassCall, take: { claim: string; now: Date; leaseUntil: Date }): Promise<MassCall | null>;
  /** @returns false: its claim is void. */
  end(call: MassCall, ending: MassCallEnding): Promise<boolean>;
  /** Calls of senders that died wait again. @returns how many. */
  abandonExpired(rows: RowsOf, now: Date): Promise<number>;
  /** Those that nobody has begun. */
  cancelPending(rows: RowsOf, now: Date): Promise<void>;
  /** While it is as it was when it was settled. */
  markSettled(call: MassCallRef & Pick<MassCall, 'state'>): Promise<void>;

  /** The first report of a call counts. @returns false: no call is known by this id. */
  report(accountId: string, messageId: string, report: MassReport): Promise<boolean>;
  /** Of any notice: calls whose rows do not say what has been known of them since before then. */
  listUntold(before: Date, limit: number): Promise<MassCall[]>;
  /** Accepted before then, and no report has come. */
  listUnreported(before: Date, limit: number): Promise<MassCall[]>;
  /** What the platform says when it is asked; it tells no counts. @param state such as `asked:sent`. */
  closeUnreported(call: MassCallRef, state: string, at: Date): Promise<void>;
  /** Takes the openids out of settled calls of earlier months. @param month the present one. @returns of how many. */
  forgetOpenids(month: string): Promise<number>;
}
