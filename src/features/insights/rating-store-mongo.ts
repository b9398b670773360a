import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Rating, Vote, VoteSample } from './rating.js';
import type { RatingPage, RatingStore } from './rating-store.js';

export const votesName = 'votes';
export const samplesName = 'vote_samples';

export const ratingMigration: Migration = {
  id: 'ratings-1-votes',
  async up(db) {
    await db.collection(votesName).createIndexes([
      { key: { accountId: 1, answer: 1 }, unique: true, name: 'answer' },
      // Holds all that is counted, so that counting reads no documents.
      { key: { accountId: 1, release: -1, reply: 1, useful: 1 }, name: 'count' },
    ]);
  },
};

export const voteSampleMigration: Migration = {
  id: 'ratings-2-samples',
  async up(db) {
    await db.collection(samplesName).createIndexes([
      { key: { accountId: 1, answer: 1 }, unique: true, name: 'answer' },
      { key: { accountId: 1, reply: 1, votedAt: -1 }, name: 'latest' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

export interface VoteDocument extends Omit<Vote, 'openid' | 'answeredAt'> {
  /**
   * Digest of the citizen and the answer: votes are kept for good, so they lead neither to a person nor to each other.
   */
  answer: string;
}

/** Apart from the votes, because it goes when the chat records go. */
export interface SampleDocument extends VoteDocument, VoteSample {
  expiresAt: Date;
}

export class RatingStoreMongo implements RatingStore {
  readonly #votes: mongo.Collection<VoteDocument>;
  readonly #samples: mongo.Collection<SampleDocument>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#votes = db.collection(votesName);
    this.#samples = db.collection(samplesName);
  }

  vote(vote: Vote): Promise<void> {
    return keepLatest(vote, (sooner, said, upsert) =>
      this.#votes.updateOne(sooner, { $set: said }, { upsert }),
    );
  }

  list(accountId: string, { limit, skip = 0, release }: RatingPage): Promise<Rating[]> {
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
        { $sort: { useless: -1, useful: 1, release: -1, reply: 1 } },
        { $skip: skip },
        { $limit: limit },
      ])
      .toArray();
  }

  keepSample(vote: Vote, text: string, expiresAt: Date): Promise<void> {
    return keepLatest(vote, (sooner, said, upsert) =>
      this.#samples.updateOne(sooner, { $set: { ...said, text, expiresAt } }, { upsert }),
    );
  }

  listSamples(
    accountId: string,
    reply: string,
    { limit, release }: Pick<RatingPage, 'limit' | 'release'>,
  ): Promise<VoteSample[]> {
    return this.#samples
      .find({ accountId, reply, ...(release !== undefined && { release }) })
      .project<VoteSample>({ _id: 0, reply: 1, release: 1, useful: 1, votedAt: 1, text: 1 })
      .sort({ votedAt: -1 })
      .limit(limit)
      .toArray();
  }
}

type Said = Pick<Vote, 'reply' | 'release' | 'useful' | 'votedAt'>;
type Sooner = Pick<VoteDocument, 'accountId' | 'answer'> & { votedAt: { $lte: Date } };

/** @param write puts down what was said, over what was said on the same answer no later. */
async function keepLatest(
  { openid, answeredAt, accountId, ...said }: Vote,
  write: (sooner: Sooner, said: Said, upsert: boolean) => Promise<unknown>,
): Promise<void> {
  const answer = answerDigest(openid, answeredAt);
  const sooner = { accountId, answer, votedAt: { $lte: said.votedAt } };
  try {
    await write(sooner, said, true);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // There is one on this answer: said later, or made by another node a moment ago.
    await write(sooner, said, false);
  }
}

/** What stands for an answer to a citizen in the votes. @param answeredAt when it was given. */
export function answerDigest(openid: string, answeredAt: Date): string {
  return createHash('sha256').update(`${openid} ${answeredAt.getTime()}`).digest('hex');
}
