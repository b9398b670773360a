import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Rating, Vote } from './rating.js';
import type { RatingStore } from './rating-store.js';

const collectionName = 'votes';

export const ratingMigration: Migration = {
  id: 'ratings-1-votes',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, answer: 1 }, unique: true, name: 'answer' },
      // Holds all that is counted, so that counting reads no documents.
      { key: { accountId: 1, release: -1, reply: 1, useful: 1 }, name: 'count' },
    ]);
  },
};

interface VoteDocument extends Omit<Vote, 'openid' | 'answeredAt'> {
  /** Digest of the citizen and the answer: votes are kept for good, so they lead neither to a person nor to each other. */
  answer: string;
}

export class RatingStoreMongo implements RatingStore {
  readonly #votes: mongo.Collection<VoteDocument>;

  constructor(connection: MongoConnection) {
    this.#votes = databaseOf(connection).collection<VoteDocument>(collectionName);
  }

  async vote({ openid, answeredAt, accountId, ...vote }: Vote): Promise<void> {
    const answer = createHash('sha256').update(`${openid} ${answeredAt.getTime()}`).digest('hex');
    const sooner = { accountId, answer, votedAt: { $lte: vote.votedAt } };
    try {
      await this.#votes.updateOne(sooner, { $set: vote }, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // There is a vote on this answer: said later, or made by another node a moment ago.
      await this.#votes.updateOne(sooner, { $set: vote });
    }
  }

  count(accountId: string, release?: number): Promise<Rating[]> {
    return this.#votes
      .aggregate<Rating>([
        { $match: { accountId, ...(release !== undefined && { release }) } },
        {
          $group: {
            _id: { reply: '$reply', release: '$release' },
            useful: { $sum: { $cond: ['$useful', 1, 0] } },
            useless: { $sum: { $cond: ['$useful', 0, 1] } },
          },
        },
        { $project: { _id: 0, reply: '$_id.reply', release: '$_id.release', useful: 1, useless: 1 } },
        { $sort: { release: -1, useless: -1, reply: 1 } },
      ])
      .toArray();
  }
}
