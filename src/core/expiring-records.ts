/** Records of one kind that are kept for a time only. */
export interface ExpiringRecords {
  /** How many there are; near enough where counting them would take long. */
  count(): Promise<number>;
  /** When the one was made that goes next, UTC; null: there is none, or they do not say. */
  findOldest(): Promise<Date | null>;
  /** Deletes up to `limit` whose time was over at `now`. @returns how many. */
  removeExpired(now: Date, limit: number): Promise<number>;
}
