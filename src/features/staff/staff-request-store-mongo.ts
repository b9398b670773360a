import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { StaffRequest, StaffRequestDecision } from './staff-request.js';
import type { StaffRequestSelection, StaffRequestStore } from './staff-request-store.js';

interface RequestDocument extends Omit<StaffRequest, 'id'> {
  _id: string;
}

const collectionName = 'staff_requests';

export const staffRequestMigration: Migration = {
  id: 'staff-0003-requests',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      {
        key: { 'details.kind': 1, subject: 1 },
        unique: true,
        partialFilterExpression: { state: 'pending' },
        name: 'one-pending',
      },
      { key: { at: -1 }, name: 'newest' },
    ]);
  },
};

export class StaffRequestStoreMongo implements StaffRequestStore {
  readonly #requests: mongo.Collection<RequestDocument>;

  constructor(connection: MongoConnection) {
    this.#requests = databaseOf(connection).collection<RequestDocument>(collectionName);
  }

  async find(id: string): Promise<StaffRequest | null> {
    const found = await this.#requests.findOne({ _id: id });
    return found && toRequest(found);
  }

  async list({ open, after }: StaffRequestSelection, limit: number): Promise<StaffRequest[]> {
    const last = after === undefined ? null : await this.#requests.findOne({ _id: after });
    const filters: mongo.Filter<RequestDocument>[] = [
      ...(last ? [{ $or: [{ at: { $lt: last.at } }, { at: last.at, _id: { $gt: last._id } }] }] : []),
      ...(open ? [whichAre(open)] : []),
    ];
    const found = this.#requests.find(filters.length > 0 ? { $and: filters } : {});
    return (await found.sort({ at: -1, _id: 1 }).limit(limit).toArray()).map(toRequest);
  }

  async insert(tx: Transaction, { id, ...request }: StaffRequest): Promise<boolean> {
    const session = sessionOf(tx);
    const { details, subject, at } = request;
    const rival = { 'details.kind': details.kind, subject, state: 'pending' } as const;
    await this.#requests.updateOne(
      { ...rival, expiresAt: { $lte: at } },
      { $set: { state: 'expired' } },
      { session },
    );
    if (await this.#requests.findOne(rival, { session })) return false;
    await this.#requests.insertOne({ _id: id, ...request }, { session }).catch(runAgainOnDuplicate);
    return true;
  }

  async decide(
    tx: Transaction,
    id: string,
    state: 'approved' | 'refused' | 'withdrawn',
    decision: StaffRequestDecision,
  ): Promise<boolean> {
    const { matchedCount } = await this.#requests.updateOne(
      { _id: id, state: 'pending', expiresAt: { $gt: decision.at } },
      { $set: { state, decision } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }
}

function whichAre({ is, at }: { is: boolean; at: Date }): mongo.Filter<RequestDocument> {
  return is
    ? { state: 'pending', expiresAt: { $gt: at } }
    : { $or: [{ state: { $ne: 'pending' } }, { expiresAt: { $lte: at } }] };
}

function toRequest({ _id, ...request }: RequestDocument): StaffRequest {
  return { id: _id, ...request };
}
