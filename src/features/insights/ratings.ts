import { z } from 'zod';
import { withinTime } from '../../core/with-deadline.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import type { Rating } from './rating.js';
import type { RatingStore } from './rating-store.js';

const votePayloadSchema = z.object({
  reply: z.string(),
  release: z.int(),
  answeredAt: z.number(),
  useful: z.boolean(),
});

/** A citizen does not wait longer than this to be thanked. */
const voteMs = 1_500;

/** What citizens think of the answers. */
export class Ratings {
  readonly #store: RatingStore;

  constructor(store: RatingStore) {
    this.#store = store;
  }

  /** Carries out `feedback.rate`: one vote per answer, the last one counts. */
  readonly rate: RequestHandler = async ({ accountId, openid, sentAt }, payload) => {
    const { answeredAt, ...vote } = votePayloadSchema.parse(payload);
    const times = { answeredAt: new Date(answeredAt), votedAt: new Date(sentAt) };
    await withinTime(this.#store.vote({ ...vote, ...times, accountId, openid }), voteMs);
    return {};
  };

  /** By reply and release; the latest release first, then the reply most often found useless. */
  ratingsOf(accountId: string, release?: number): Promise<Rating[]> {
    return this.#store.count(accountId, release);
  }
}
