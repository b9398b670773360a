import type { CountSum, DailyCount } from './daily-count.js';

export interface DailyCountStore {
  /** How far the journal has been counted; `beginning` where that has not begun. */
  findPosition(beginning: string): Promise<string>;
  /**
   * Adds the counts and moves the position, both or neither.
   * @returns false, with nothing written, when the position is not `from` any more: somebody else counted.
   */
  record(progress: { from: string; to: string }, counts: readonly DailyCount[]): Promise<boolean>;
  /** Everything since a day, that day included. */
  sumSince(accountId: string, day: string): Promise<CountSum[]>;
}
