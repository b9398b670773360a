import type { mongo } from 'mongoose';
import type { Target } from '../../dialog/content-model.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { addCounts, dailyCountsOf, type DailyCountDocument } from './daily-count-store-mongo.js';
import {
  unansweredGroupsOf,
  unansweredWordingsOf,
  type GroupDocument,
  type WordingDocument,
} from './unanswered-group-store-mongo.js';
import type { Progress, StandingTally, UnansweredStore, WordingTally } from './unanswered-store.js';

const groupsName = 'unanswered_groups';
const wordingsName = 'unanswered_wordings';
export const askersName = 'unanswered_askers';
const positionsName = 'unanswered_positions';
const leaseName = 'unanswered_lease';

export const unansweredMigration: Migration = {
  id: 'unanswered-1-collections',
  async up(db) {
    const expiry = { key: { expiresAt: 1 as const }, expireAfterSeconds: 0, name: 'expiry' };
    await db
      .collection(groupsName)
      .createIndexes([
        { key: { accountId: 1, terms: 1 }, name: 'terms' },
        { key: { accountId: 1, state: 1, messages: -1 }, name: 'list' },
        expiry,
      ]);
    await db
      .collection(wordingsName)
      .createIndexes([
        { key: { accountId: 1, form: 1 }, unique: true, name: 'form' },
        { key: { groupId: 1, messages: -1 }, name: 'group' },
        expiry,
      ]);
    await db
      .collection(askersName)
      .createIndexes([{ key: { accountId: 1, groupId: 1, asker: 1 }, unique: true, name: 'asker' }, expiry]);
    // There from the beginning, so that taking it is one update with a condition.
    await db
      .collection<LeaseDocument>(leaseName)
      .updateOne({ _id: 'lease' }, { $setOnInsert: { until: new Date(0) } }, { upsert: true });
  },
};

export interface AskerDocument {
  accountId: string;
  groupId: string;
  asker: string;
  expiresAt: Date;
}

interface PositionDocument extends Position {
  _id: Stream;
}

type Stream = Progress['stream'];
type Position = Progress['from'];

interface LeaseDocument {
  _id: 'lease';
  owner?: string;
  until: Date;
}

export class UnansweredStoreMongo implements UnansweredStore {
  readonly #connection: MongoConnection;
  readonly #groups: mongo.Collection<GroupDocument>;
  readonly #wordings: mongo.Collection<WordingDocument>;
  readonly #askers: mongo.Collection<AskerDocument>;
  readonly #positions: mongo.Collection<PositionDocument>;
  readonly #lease: mongo.Collection<LeaseDocument>;
  readonly #dailyCounts: mongo.Collection<DailyCountDocument>;

  constructor(connection: MongoConnection) {
    const db = databaseOf(connection);
    this.#connection = connection;
    this.#groups = unansweredGroupsOf(connection);
    this.#wordings = unansweredWordingsOf(connection);
    this.#askers = db.collection(askersName);
    this.#positions = db.collection(positionsName);
    this.#lease = db.collection(leaseName);
    this.#dailyCounts = dailyCountsOf(connection);
  }

  async takeLease(owner: string, leaseMs: number): Promise<boolean> {
    const { matchedCount } = await this.#lease.updateOne(
      { _id: 'lease', $or: [{ owner }, { $expr: { $lte: ['$until', '$$NOW'] } }] },
      [{ $set: { owner: { $literal: owner }, until: { $add: ['$$NOW', leaseMs] } } }],
    );
    return matchedCount === 1;
  }

  async endLease(owner: string): Promise<void> {
    await this.#lease.updateOne({ _id: 'lease', owner }, { $set: { until: new Date(0) } });
  }

  async findPosition(stream: Stream, beginning: Position): Promise<Position> {
    const found = await this.#positions.findOneAndUpdate(
      { _id: stream },
      { $setOnInsert: beginning },
      { upsert: true, returnDocument: 'after', projection: { _id: 0 } },
    );
    return found ?? beginning;
  }

  async findGroupsOf(accountId: string, forms: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await this.#wordings
      .find({ accountId, form: { $in: [...forms] } }, { projection: { _id: 0, form: 1, groupId: 1 } })
      .toArray();
    return new Map(found.map(({ form, groupId }) => [form, groupId]));
  }

  async findSimilar(
    accountId: string,
    terms: readonly string[],
    limit: number,
  ): Promise<{ id: string; terms: readonly string[] }[]> {
    const found = await this.#groups
      .aggregate<Pick<GroupDocument, '_id' | 'terms'>>([
        { $match: { accountId, terms: { $in: terms } } },
        { $project: { terms: 1, shared: { $size: { $setIntersection: ['$terms', { $literal: terms }] } } } },
        { $sort: { shared: -1, _id: 1 } },
        { $limit: limit },
      ])
      .toArray();
    return found.map(({ _id, terms }) => ({ id: _id, terms }));
  }

  async record(
    { stream, from, to }: Progress,
    tallies: readonly WordingTally[],
    standings: readonly StandingTally[] = [],
  ): Promise<boolean> {
    let isMine = false;
    await this.#connection.transaction(async (session) => {
      // First of all: two that count the same stretch collide here, before either has written more.
      const { matchedCount } = await this.#positions.updateOne(
        { _id: stream, at: from.at, id: from.id },
        { $set: { at: to.at, id: to.id } },
        { session },
      );
      isMine = matchedCount === 1;
      if (!isMine || tallies.length === 0) return;
      await addCounts(this.#dailyCounts, standings.map(toDailyCount), session);
      const citizens = await this.#recordAskers(tallies, session);
      await this.#wordings.bulkWrite(tallies.map(countWording), { session, ordered: false });
      await this.#groups.bulkWrite(
        tallies.map((tally, index) => countInGroup(tally, citizens[index] ?? 0)),
        // In order: the first tally of a new group makes it.
        { session, ordered: true },
      );
    });
    return isMine;
  }

  /** How many citizens, by tally, have asked in the group for the first time. */
  async #recordAskers(tallies: readonly WordingTally[], session: mongo.ClientSession): Promise<number[]> {
    const asked = tallies.flatMap(({ askers, ...tally }, index) =>
      askers.map((asker) => ({ ...tally, asker, index })),
    );
    const { upsertedIds } = await this.#askers.bulkWrite(
      asked.map(({ accountId, groupId, asker, expiresAt }) => ({
        updateOne: {
          filter: { accountId, groupId, asker },
          update: { $max: { expiresAt } },
          upsert: true,
        },
      })),
      { session, ordered: true },
    );
    const citizens = tallies.map(() => 0);
    for (const position of Object.keys(upsertedIds)) {
      const index = asked[Number(position)]?.index;
      if (index !== undefined) citizens[index] = (citizens[index] ?? 0) + 1;
    }
    return citizens;
  }
}

function toDailyCount({ accountId, day, node, messages }: StandingTally) {
  return { accountId, day, kind: 'node' as const, id: node, unanswered: messages };
}

function countWording({ accountId, form, groupId, text, messages, lastSeenAt, expiresAt }: WordingTally) {
  return {
    updateOne: {
      filter: { accountId, form },
      update: {
        $setOnInsert: { groupId, text },
        $inc: { messages },
        $max: { lastSeenAt, expiresAt },
      },
      upsert: true,
    },
  };
}

function countInGroup(tally: WordingTally, citizens: number) {
  const { accountId, groupId, text, terms, messages, firstSeenAt, lastSeenAt, expiresAt } = tally;
  const nearest: Target[] = [...tally.nearest];
  return {
    updateOne: {
      filter: { _id: groupId },
      update: {
        $setOnInsert: {
          accountId,
          title: text,
          terms: [...terms],
          state: 'open' as const,
          version: 0,
          ...(nearest.length === 0 && { nearest }),
        },
        $inc: { messages, citizens },
        $min: { firstSeenAt },
        $max: { lastSeenAt, expiresAt },
        ...(nearest.length > 0 && { $set: { nearest } }),
      },
      upsert: true,
    },
  };
}
