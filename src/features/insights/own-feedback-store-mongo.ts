import type { mongo } from 'mongoose';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { OwnFeedbackStore, OwnVote } from './own-feedback-store.js';
import {
  answerDigest,
  samplesName,
  votesName,
  type SampleDocument,
  type VoteDocument,
} from './rating-store-mongo.js';
import { askerDigest } from './short-digest.js';
import { unansweredGroupsOf, type GroupDocument } from './unanswered-group-store-mongo.js';
import { askersName, type AskerDocument } from './unanswered-store-mongo.js';

interface Owner {
  accountId: string;
  openid: string;
}

const groupsAtOnce = 1_000;

export class OwnFeedbackStoreMongo implements OwnFeedbackStore {
  readonly #votes: mongo.Collection<VoteDocument>;
  readonly #samples: mongo.Collection<SampleDocument>;
  readonly #groups: mongo.Collection<GroupDocument>;
  readonly #askers: mongo.Collection<AskerDocument>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#votes = db.collection(votesName);
    this.#samples = db.collection(samplesName);
    this.#groups = unansweredGroupsOf(connection);
    this.#askers = db.collection(askersName);
  }

  async listVotes(citizen: Owner, answeredAt: readonly Date[]): Promise<OwnVote[]> {
    const filter = votesOn(citizen, answeredAt);
    const [votes, samples] = await Promise.all([
      this.#votes.find(filter).sort({ votedAt: 1 }).toArray(),
      this.#samples.find(filter).toArray(),
    ]);
    return votes.map(({ answer, reply, release, useful, votedAt }) => {
      const text = samples.find((sample) => sample.answer === answer)?.text ?? null;
      return { reply, release, useful, votedAt, text };
    });
  }

  async removeVotes(citizen: Owner, answeredAt: readonly Date[]): Promise<number> {
    const filter = votesOn(citizen, answeredAt);
    await this.#samples.deleteMany(filter);
    return (await this.#votes.deleteMany(filter)).deletedCount;
  }

  async removeAsker({ accountId, openid }: Owner): Promise<void> {
    let after = '';
    for (;;) {
      const groups = await this.#groups
        .find({ accountId, _id: { $gt: after } }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(groupsAtOnce)
        .toArray();
      const ids = groups.map(({ _id }) => _id);
      const asker = { $in: ids.map((id) => askerDigest(id, openid)) };
      await this.#askers.deleteMany({ accountId, groupId: { $in: ids }, asker });
      if (groups.length < groupsAtOnce) return;
      after = ids.at(-1) ?? after;
    }
  }
}

function votesOn({ accountId, openid }: Owner, answeredAt: readonly Date[]) {
  return { accountId, answer: { $in: answeredAt.map((at) => answerDigest(openid, at)) } };
}
