import type { Delivery, DeliveryState, PassedChannel } from './delivery.js';
import type { Notice, NoticeChannel } from './notice.js';

/** The preparation of a notice whose rows are meant. */
export type RowsOf = Pick<Notice, 'accountId' | 'id' | 'preparation'>;

/** What is known about a row before or after an attempt. Written only where `delivery.claim` still holds the row. */
export interface DeliveryChange {
  /** As it was claimed. */
  delivery: Delivery;
  /** `sending` counts as one attempt. */
  state: DeliveryState;
  open?: readonly NoticeChannel[];
  passed?: readonly PassedChannel[];
  /** Of a row that waits: the one to be tried next. */
  channel?: NoticeChannel;
  /** Absent: none, whatever it was before. */
  reason?: string;
  messageId?: string;
  /** Absent: no doubt is left. */
  maybeSentAt?: Date;
  dueAt?: Date;
  /** While it is sent: keeps the row until then. */
  leaseUntil?: Date;
  at: Date;
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

  /** Takes up to `limit` rows that are due by a personal channel; nobody else gets them until `leaseUntil`. */
  claim(
    rows: RowsOf,
    take: { limit: number; claim: string; now: Date; leaseUntil: Date },
  ): Promise<Delivery[]>;
  /**
   * All at once, in one durable write; may be repeated without effect.
   * @returns for each whether it was written: false, its claim is void.
   */
  change(changes: readonly DeliveryChange[]): Promise<boolean[]>;
  /**
   * What workers that died have left: template messages that were first asked for after `repeatableSince` wait again,
   * everything else has become unknown.
   */
  abandonExpired(rows: RowsOf, now: Date, repeatableSince: Date): Promise<{ unknown: number; again: number }>;
  /**
   * All that wait become `cancelled`, or unknown where an earlier attempt may have arrived; what is being sent ends as
   * it ends. @returns how many.
   */
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
