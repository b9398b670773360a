/** A visit of a day, `YYYY-MM-DD` in Asia/Shanghai; all that is given must apply. */
export interface VisitCondition {
  /** `booked`: it lies ahead; `closed_visit`: it was booked until a closure ended it. */
  kind: 'booked' | 'closed_visit';
  day: string;
  venue?: string;
  service?: string;
}

/** Whose bookings are meant; all that is given must apply. Days are `YYYY-MM-DD` in Asia/Shanghai. */
export type BookingCondition =
  | VisitCondition
  /** Has been served, or is booked, since that day. */
  | { kind: 'used_service'; services: readonly string[]; since?: string };

export interface BookedVisit {
  openid: string;
  service: string;
  venue: string;
  /** UTC. */
  startsAt: Date;
}

/** Which citizens have booked, or had. Whoever was booked at the counter, without an openid, is none of them. */
export interface BookedOpenids {
  /** Each once, in order. @param range those behind `after`, at most `limit`, and only `among` these. */
  list(
    accountId: string,
    condition: BookingCondition,
    range?: { after?: string; limit?: number; among?: readonly string[] },
  ): Promise<string[]>;
  /** The first such visit of each of these citizens who has one. */
  firstVisits(
    accountId: string,
    condition: VisitCondition,
    openids: readonly string[],
  ): Promise<BookedVisit[]>;
}
