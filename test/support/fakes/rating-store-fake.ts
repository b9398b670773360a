import type { Rating, Vote } from '../../../src/features/insights/rating.js';
import type { RatingStore } from '../../../src/features/insights/rating-store.js';

/** Votes in memory; the contract test holds it to the real store. */
export class RatingStoreFake implements RatingStore {
  readonly #votes = new Map<string, Vote>();

  async vote(vote: Vote): Promise<void> {
    const answer = `${vote.accountId} ${vote.openid} ${vote.answeredAt.getTime()}`;
    const before = this.#votes.get(answer);
    if (!before || before.votedAt <= vote.votedAt) this.#votes.set(answer, vote);
  }

  async count(accountId: string, release?: number): Promise<Rating[]> {
    const ratings = new Map<string, Rating>();
    for (const vote of this.#votes.values()) {
      if (vote.accountId !== accountId || vote.release !== (release ?? vote.release)) continue;
      const name = `${vote.reply} ${vote.release}`;
      const rating = ratings.get(name) ?? { reply: vote.reply, release: vote.release, useful: 0, useless: 0 };
      rating[vote.useful ? 'useful' : 'useless'] += 1;
      ratings.set(name, rating);
    }
    return [...ratings.values()].sort(
      (a, b) => b.release - a.release || b.useless - a.useless || (a.reply < b.reply ? -1 : 1),
    );
  }
}
