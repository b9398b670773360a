import type { Rating, Vote, VoteSample } from './rating.js';

export interface RatingPage {
  limit: number;
  /** How many go before; 0 if absent. */
  skip?: number;
  /** Only votes on answers of this release. */
  release?: number;
}

export interface RatingStore {
  /** Keeps one vote per answer: the one that was said last. May be repeated, and arrive out of order. */
  vote(vote: Vote): Promise<void>;
  /** The counts by reply and release: what was most often found useless first. */
  list(accountId: string, page: RatingPage): Promise<Rating[]>;
  /** Keeps what was asked beside the vote until `expiresAt`; the last vote on an answer counts here, too. */
  keepSample(vote: Vote, text: string, expiresAt: Date): Promise<void>;
  /** The latest first. */
  listSamples(
    accountId: string,
    reply: string,
    page: Pick<RatingPage, 'limit' | 'release'>,
  ): Promise<VoteSample[]>;
}
