/** Whose bookings are meant; all that is given must apply. Days are `YYYY-MM-DD` in Asia/Shanghai. */
export type BookingCondition =
  /** Booked on the day. */
  | { kind: 'booked'; day: string; venue?: string; service?: string }
  /** Has been served, or is booked, since that day. */
  | { kind: 'used_service'; services: readonly string[]; since?: string };

export interface BookedVisit {
  openid: string;
  service: string;
  venue: string;
  /** UTC. */
  startsAt: Date;
}

/** Which citizens have booked. Whoever was booked at the counter, without an openid, is none of them. */
export interface BookedOpenids {
  /** Each once, in order. @param range those behind `after`, at most `limit`, and only `among` these. */
  list(
    accountId: string,
    condition: BookingCondition,
    range?: { after?: string; limit?: number; among?: readonly string[] },
  ): Promise<string[]>;
  /** The first visit of that day of each of these citizens who is booked. */
  firstVisits(
    accountId: string,
    condition: BookingCondition & { kind: 'booked' },
    openids: readonly string[],
  ): Promise<BookedVisit[]>;
}
