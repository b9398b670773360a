/**
 * A time at a venue for a service, with so many places. Made ahead of time from the schedule; its id is what clients
 * name it by, never a text that holds a time.
 */
export interface Slot {
  accountId: string;
  /** Opaque; unique within the account. */
  slotId: string;
  service: string;
  venue: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string;
  /** UTC. */
  startsAt: Date;
  endsAt: Date;
  /** Places there are. Can be made smaller than `taken` by staff: then nobody gets in until it is larger again. */
  capacity: number;
  /** Places that an appointment stands in: always the number of those in a state that occupies one. */
  taken: number;
  /** From when and until when citizens can book it, UTC; copied from the service when the slot is made or changed. */
  bookableFrom: Date;
  bookableUntil: Date;
  /** Why it is closed, for citizens; null: open. */
  closed: string | null;
}

/** How a slot looks to a citizen now. */
export type SlotState = 'free' | 'full' | 'closed' | 'not_yet' | 'over';

export interface SlotView {
  slotId: string;
  service: string;
  venue: string;
  day: string;
  startsAt: Date;
  endsAt: Date;
  state: SlotState;
  /** Places left; 0 unless `state` is `free`. */
  free: number;
}

/** A day of a service at a venue. */
export interface DayView {
  day: string;
  /** `closed`: nothing is given that day; `full`: the waiting list is open. */
  state: SlotState;
  free: number;
  /** Of a closed day, why: 国庆节. */
  reason?: string;
}
