import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { AuditEvent, ChainHead } from './audit-event.js';
import type { AuditSelection, AuditStore } from './audit-store.js';

interface HeadDocument extends ChainHead {
  /** The account. */
  _id: string;
}

const eventsName = 'audit_events';
const headsName = 'audit_heads';

export const auditMigration: Migration = {
  id: 'audit-0001-chains',
  async up(db) {
    await db.collection(eventsName).createIndexes([
      { key: { accountId: 1, seq: 1 }, unique: true, name: 'place' },
      { key: { accountId: 1, 'by.staffId': 1, seq: -1 }, name: 'person' },
      { key: { accountId: 1, action: 1, seq: -1 }, name: 'action' },
      { key: { accountId: 1, 'object.kind': 1, 'object.id': 1, seq: -1 }, name: 'object' },
      { key: { accountId: 1, at: 1 }, name: 'time' },
    ]);
    const present = await db.listCollections({ name: headsName }).toArray();
    // A transaction that has to make a collection locks out the others.
    if (present.length === 0) await db.createCollection(headsName);
  },
};

/** Events in `audit_events`, the ends of the chains in `audit_heads`. */
export class AuditStoreMongo implements AuditStore {
  readonly #events: mongo.Collection<AuditEvent>;
  readonly #heads: mongo.Collection<HeadDocument>;

  constructor(connection: MongoConnection) {
    this.#events = databaseOf(connection).collection<AuditEvent>(eventsName);
    this.#heads = databaseOf(connection).collection<HeadDocument>(headsName);
  }

  findHead(accountId: string, tx?: Transaction): Promise<ChainHead | null> {
    return this.#heads.findOne(
      { _id: accountId },
      { projection: { _id: 0 }, ...(tx && { session: sessionOf(tx) }) },
    );
  }

  /** The head goes first: a conflict shows there before anything else is written. */
  async append(tx: Transaction, event: AuditEvent): Promise<void> {
    const session = sessionOf(tx);
    const { accountId, seq, hash } = event;
    if (seq === 1)
      await this.#heads.insertOne({ _id: accountId, seq, hash }, { session }).catch(runAgainOnDuplicate);
    else await this.#moveHead(accountId, { seq, hash }, session);
    await this.#events.insertOne({ ...event }, { session });
  }

  async #moveHead(accountId: string, { seq, hash }: ChainHead, session: mongo.ClientSession): Promise<void> {
    const last = { _id: accountId, seq: seq - 1 };
    const { matchedCount } = await this.#heads.updateOne(last, { $set: { seq, hash } }, { session });
    if (matchedCount !== 1) throw new Error(`the audit chain ${accountId} does not end at ${seq - 1}`);
  }

  list(selection: AuditSelection, limit: number, before?: number): Promise<AuditEvent[]> {
    return this.#events
      .find({ ...filterOf(selection), ...(before !== undefined && { seq: { $lt: before } }) }, withoutId)
      .sort({ seq: -1 })
      .limit(limit)
      .toArray();
  }

  stream(selection: AuditSelection): AsyncIterable<AuditEvent> {
    return this.#events.find(filterOf(selection), withoutId).sort({ seq: 1 });
  }
}

const withoutId = { projection: { _id: 0 } };

function filterOf({ accountId, staffId, action, objectKind, objectId, from, to }: AuditSelection) {
  return {
    accountId,
    ...(staffId !== undefined && { 'by.staffId': staffId }),
    ...(action !== undefined && { action }),
    ...(objectKind !== undefined && { 'object.kind': objectKind }),
    ...(objectId !== undefined && { 'object.id': objectId }),
    ...((from ?? to) !== undefined && { at: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
}
