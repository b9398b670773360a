import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { UnansweredGroup, Wording } from './unanswered.js';
import type {
  StateChange,
  UnansweredFilter,
  UnansweredGroupStore,
  UnansweredOrder,
  UnansweredPage,
} from './unanswered-group-store.js';

const groupsName = 'unanswered_groups';
const wordingsName = 'unanswered_wordings';

/** For the list in either order. Before that there were no versions, names of staff alone, and another word. */
export const unansweredGroupMigration: Migration = {
  id: 'unanswered-2-groups',
  async up(db) {
    const groups = db.collection(groupsName);
    const isIgnored = { $eq: ['$state', 'ignored'] };
    await groups.updateMany({ version: { $exists: false } }, [
      { $set: { version: 0, state: { $cond: [isIgnored, 'dismissed', '$state'] } } },
    ]);
    await groups.updateMany({ 'decision.by': { $type: 'string' } }, [
      { $set: { 'decision.by': { staffId: '$decision.by', name: '$decision.by' } } },
    ]);
    await groups.createIndex({ accountId: 1, state: 1, lastSeenAt: -1 }, { name: 'latest' });
  },
};

export interface GroupDocument extends Omit<UnansweredGroup, 'id'> {
  _id: string;
  terms: string[];
  expiresAt: Date;
}

export interface WordingDocument extends Wording {
  accountId: string;
  groupId: string;
  form: string;
  expiresAt: Date;
}

export function unansweredGroupsOf(connection: MongoConnection): mongo.Collection<GroupDocument> {
  return databaseOf(connection).collection(groupsName);
}

export function unansweredWordingsOf(connection: MongoConnection): mongo.Collection<WordingDocument> {
  return databaseOf(connection).collection(wordingsName);
}

export class UnansweredGroupStoreMongo implements UnansweredGroupStore {
  readonly #groups: mongo.Collection<GroupDocument>;
  readonly #wordings: mongo.Collection<WordingDocument>;

  constructor(connection: MongoConnection) {
    this.#groups = unansweredGroupsOf(connection);
    this.#wordings = unansweredWordingsOf(connection);
  }

  async find(id: string, tx?: Transaction): Promise<UnansweredGroup | null> {
    const found = await this.#groups.findOne({ _id: id }, tx ? { session: sessionOf(tx) } : {});
    return found && toGroup(found);
  }

  async list(
    { accountId, state, text }: UnansweredFilter,
    { limit, order = 'count', after }: UnansweredPage,
  ): Promise<UnansweredGroup[]> {
    const last = after === undefined ? null : await this.#groups.findOne({ _id: after });
    // The group has expired meanwhile, and with it all that was older.
    if (after !== undefined && last === null) return [];
    const filter = { ...(accountId !== undefined && { accountId }), ...(state !== undefined && { state }) };
    const ids = text === undefined ? undefined : await this.#findIdsByText(text, accountId);
    const found = await this.#groups
      .find({
        ...filter,
        ...(ids && { _id: { $in: ids } }),
        ...(last && { $or: placesAfter(last, order) }),
      })
      .sort(order === 'count' ? { messages: -1, lastSeenAt: -1, _id: 1 } : { lastSeenAt: -1, _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(toGroup);
  }

  /** The text is data, never an operator or a pattern. */
  async #findIdsByText(text: string, accountId?: string): Promise<string[]> {
    return this.#wordings.distinct('groupId', {
      ...(accountId !== undefined && { accountId }),
      $expr: { $gte: [{ $indexOfCP: ['$text', { $literal: text }] }, 0] },
    });
  }

  countOpen(accountId: string): Promise<number> {
    return this.#groups.countDocuments({ accountId, state: 'open' });
  }

  listWordings(groupId: string, limit: number): Promise<Wording[]> {
    return this.#wordings
      .find({ groupId })
      .project<Wording>({ _id: 0, text: 1, messages: 1, lastSeenAt: 1 })
      .sort({ messages: -1, lastSeenAt: -1, form: 1 })
      .limit(limit)
      .toArray();
  }

  async setState(tx: Transaction, group: UnansweredGroup, change: StateChange): Promise<UnansweredGroup> {
    const { id, version } = group;
    const after = await this.#groups.findOneAndUpdate({ _id: id, version }, stateUpdate(change), {
      returnDocument: 'after',
      session: sessionOf(tx),
    });
    if (!after) throw new Error(`the group ${id} is not at version ${version}`);
    return toGroup(after);
  }
}

/** What comes after a group in the order of the list. */
function placesAfter({ messages, lastSeenAt, _id }: GroupDocument, order: UnansweredOrder) {
  const latest = [{ lastSeenAt: { $lt: lastSeenAt } }, { lastSeenAt, _id: { $gt: _id } }];
  if (order === 'latest') return latest;
  return [{ messages: { $lt: messages } }, ...latest.map((place) => ({ messages, ...place }))];
}

function stateUpdate(change: StateChange): mongo.Document[] {
  const version = { $add: ['$version', 1] };
  if (change.state === 'open') return [{ $set: { state: 'open', version } }, { $unset: 'decision' }];
  const decision = { $mergeObjects: [{ $literal: change.decision }, { messages: '$messages' }] };
  return [{ $set: { state: change.state, version, decision } }];
}

function toGroup({ _id, terms, expiresAt, ...group }: GroupDocument): UnansweredGroup {
  return { id: _id, ...group };
}
