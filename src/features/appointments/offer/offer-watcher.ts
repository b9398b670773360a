/** Told of what happens to the offer in the background. */
export interface OfferWatcher {
  /** The slots of an account could not be brought up to date; the job `slots.plan` makes up for it. */
  planFailed(accountId: string, error: unknown): void;
  /** What has to be done about appointments in the background could not be; it is tried again. */
  roundFailed(error: unknown): void;
  /** So many were moved out of closed slots. */
  displaced(accountId: string, count: number): void;
  /** The years whose holidays should be known by now; none: all is well. */
  calendarChecked(accountId: string, missing: readonly number[]): void;
}
