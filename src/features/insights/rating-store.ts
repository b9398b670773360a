import type { Rating, Vote } from './rating.js';

export interface RatingStore {
  /** Keeps one vote per answer: the one that was said last. May be repeated, and arrive out of order. */
  vote(vote: Vote): Promise<void>;
  /** The counts by reply and release: the latest release first, then the reply most often found useless. */
  count(accountId: string, release?: number): Promise<Rating[]>;
}
