import type { Rating, Vote, VoteSample } from '../../../src/features/insights/rating.js';
import type { RatingPage, RatingStore } from '../../../src/features/insights/rating-store.js';

/** Votes in memory; the contract test holds it to the real store. */
export class RatingStoreFake implements RatingStore {
  readonly #votes = new Map<string, Vote>();
  readonly #samples = new Map<string, Vote & { text: string }>();

  async vote(vote: Vote): Promise<void> {
    keepLatest(this.#votes, vote);
  }

  async list(accountId: string, { limit, skip = 0, release }: RatingPage): Promise<Rating[]> {
    const ratings = new Map<string, Rating>();
    for (const vote of this.#votes.values()) {
      if (vote.accountId !== accountId || vote.release !== (release ?? vote.release)) continue;
      const name = `${vote.reply} ${vote.release}`;
      const rating = ratings.get(name) ?? { reply: vote.reply, release: vote.release, useful: 0, useless: 0 };
      rating[vote.useful ? 'useful' : 'useless'] += 1;
      ratings.set(name, rating);
    }
    return [...ratings.values()]
      .sort(
        (a, b) =>
          b.useless - a.useless ||
          a.useful - b.useful ||
          b.release - a.release ||
          (a.reply < b.reply ? -1 : 1),
      )
      .slice(skip, skip + limit);
  }

  async keepSample(vote: Vote, text: string): Promise<void> {
    keepLatest(this.#samples, { ...vote, text });
  }

  async listSamples(
    accountId: string,
    reply: string,
    { limit, release }: Pick<RatingPage, 'limit' | 'release'>,
  ): Promise<VoteSample[]> {
    return [...this.#samples.values()]
      .filter((one) => one.accountId === accountId && one.reply === reply)
      .filter((one) => one.release === (release ?? one.release))
      .sort((a, b) => b.votedAt.getTime() - a.votedAt.getTime())
      .slice(0, limit)
      .map(({ reply, release, useful, votedAt, text }) => ({ reply, release, useful, votedAt, text }));
  }
}

function keepLatest<Kept extends Vote>(kept: Map<string, Kept>, vote: Kept): void {
  const answer = `${vote.accountId} ${vote.openid} ${vote.answeredAt.getTime()}`;
  const before = kept.get(answer);
  if (!before || before.votedAt <= vote.votedAt) kept.set(answer, vote);
}
