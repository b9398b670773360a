import { z } from 'zod';
import { withinTime } from '../../core/with-deadline.js';
import { normaliseText } from '../../text/normalise.js';
import type { AskedReader } from '../conversations/asked-reader.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { putPlaceholders } from './personal-placeholders.js';
import type { Rating, Vote, VoteSample } from './rating.js';
import type { RatingPage, RatingStore } from './rating-store.js';

const votePayloadSchema = z.object({
  reply: z.string(),
  release: z.int(),
  answeredAt: z.number(),
  useful: z.boolean(),
});

/** A citizen does not wait longer than this to be thanked. */
const voteMs = 1_500;
/** The beginning of a question says what it is about. */
const longestSample = 200;

/** What citizens think of the answers. */
export class Ratings {
  readonly #store: RatingStore;
  readonly #asked: AskedReader;

  constructor({ store, asked }: { store: RatingStore; asked: AskedReader }) {
    this.#store = store;
    this.#asked = asked;
  }

  /** Carries out `feedback.rate`: one vote per answer, the last one counts. */
  readonly rate: RequestHandler = async ({ accountId, openid, sentAt }, payload) => {
    const { answeredAt, ...said } = votePayloadSchema.parse(payload);
    const times = { answeredAt: new Date(answeredAt), votedAt: new Date(sentAt) };
    const vote = { ...said, ...times, accountId, openid };
    await withinTime(Promise.all([this.#store.vote(vote), this.#keepSample(vote)]), voteMs);
    return {};
  };

  /** By reply and release; what was most often found useless first. */
  list(accountId: string, page: RatingPage): Promise<Rating[]> {
    return this.#store.list(accountId, page);
  }

  /** What those had asked who judged a reply, the latest first. */
  listSamples(
    accountId: string,
    reply: string,
    page: Pick<RatingPage, 'limit' | 'release'>,
  ): Promise<VoteSample[]> {
    return this.#store.listSamples(accountId, reply, page);
  }

  async #keepSample(vote: Vote): Promise<void> {
    const asked = await this.#asked.findAsked(vote.accountId, vote.openid, vote.answeredAt);
    if (!asked) return;
    const text = putPlaceholders(normaliseText(asked.text)).slice(0, longestSample);
    if (text !== '') await this.#store.keepSample(vote, text, asked.expiresAt);
  }
}
