import type { DeliveryState, Delivery, PassedChannel } from './delivery.js';
import type { Notice, NoticeChannel } from './notice.js';

/** The preparation of a notice whose rows are meant. */
export type RowsOf = Pick<Notice, 'accountId' | 'id' | 'preparation'>;

/** What is known about a row after an attempt, or before one. Written only where `claim` still holds the row. */
export interface DeliveryChange {
  delivery: Delivery;
  state: DeliveryState;
  open?: readonly NoticeChannel[];
  passed?: readonly PassedChannel[];
  channel?: NoticeChannel;
  reason?: string;
  messageId?: string;
  call?: number;
  maybeSentAt?: Date;
  dueAt?: Date;
  /** Set: keeps the row until then; absent: lets go of it. */
  leaseUntil?: Date;
}

export interface DeliveryCount {
  state: DeliveryState;
  channel: NoticeChannel | null;
  reason: string | null;
  count: number;
}

export interface DeliveryStore {
  /** Adds rows that follow one another; those that are there already stay as they are. */
  addMany(deliveries: readonly Delivery[]): Promise<void>;
  /** Where a preparation that was cut off goes on. */
  findLast(rows: RowsOf): Promise<Delivery | null>;
  /** Rows of preparations that were given up. */
  removeBefore(rows: RowsOf): Promise<void>;

  /** Takes up to `limit` rows that are due for any of these channels; nobody else gets them until `leaseUntil`. */
  claim(
    rows: RowsOf,
    take: { limit: number; claim: string; now: Date; leaseUntil: Date },
  ): Promise<Delivery[]>;
  /** All at once, in one write. @returns for each whether it was written: false, its claim is void. */
  change(changes: readonly DeliveryChange[]): Promise<boolean[]>;
  /** What dead workers left, by channel: see `Delivery`. @returns how many became unknown. */
  abandonExpired(rows: RowsOf, now: Date, repeatableSince: Date): Promise<{ unknown: number; again: number }>;
  /** All that wait become `cancelled`. @returns how many. */
  cancelWaiting(rows: RowsOf, now: Date): Promise<number>;
  /** Rows that are waiting or being sent. */
  hasUnfinished(rows: RowsOf): Promise<boolean>;
  /** By a person: those whose fate is unknown wait again. @returns how many. */
  repeatUnknown(rows: RowsOf, now: Date): Promise<number>;

  /** The truth, from an index. */
  count(rows: RowsOf): Promise<DeliveryCount[]>;
  list(
    rows: RowsOf,
    page: { after?: number; limit: number; state?: DeliveryState; openid?: string },
  ): Promise<Delivery[]>;
  /** In order of their rows. */
  stream(rows: RowsOf): AsyncIterable<Delivery>;
}
