import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { OutboxEntry, OutboxProgress, Promised, Remainder } from './outbox.js';
import type { ClaimedEntry, MessageRef, OutboxStore, Settlement } from './outbox-store.js';

const collectionName = 'outbox';
/** Entries are kept as long as a chat record by default, in days. */
export const outboxRetentionDays = 90;
/** How much later a remainder is looked at again while its promise is not kept yet. */
const behindPromiseMs = 2_000;

export const outboxMigration: Migration = {
  id: 'outbox-1-indexes',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, openid: 1, key: 1, kind: 1 }, unique: true, name: 'message' },
      { key: { state: 1, notBefore: 1 }, name: 'due' },
      { key: { createdAt: 1 }, expireAfterSeconds: outboxRetentionDays * 86_400, name: 'expiry' },
    ]);
  },
};

export type OutboxDocument = OutboxEntry & { claim?: string };

export function outboxCollection(db: mongo.Db): mongo.Collection<OutboxDocument> {
  return db.collection<OutboxDocument>(collectionName);
}

export function freshEntry(entry: Promised | Remainder): OutboxDocument {
  return { ...entry, state: 'waiting', partsSent: 0, attempts: 0 };
}

export class OutboxStoreMongo implements OutboxStore {
  readonly #entries: mongo.Collection<OutboxDocument>;

  constructor(connection: MongoConnection) {
    this.#entries = outboxCollection(databaseOf(connection));
  }

  async promise(entry: Promised): Promise<boolean> {
    try {
      await this.#entries.insertOne(freshEntry(entry));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async hasPromise(message: MessageRef): Promise<boolean> {
    return (
      (await this.#entries.findOne({ ...refOf(message), kind: 'promise' }, { projection: { _id: 1 } })) !==
      null
    );
  }

  async makeDue(message: MessageRef, now: Date): Promise<void> {
    await this.#entries.updateOne(
      { ...refOf(message), kind: 'promise', state: 'waiting', claim: { $exists: false } },
      { $set: { notBefore: now } },
    );
  }

  async claimDue(now: Date, hiddenUntil: Date): Promise<ClaimedEntry | null> {
    for (;;) {
      const claim = randomUUID();
      const entry = await this.#entries.findOneAndUpdate(
        { state: 'waiting', notBefore: { $lte: now } },
        { $set: { notBefore: hiddenUntil, claim }, $inc: { attempts: 1 } },
        { sort: { notBefore: 1 }, returnDocument: 'after' },
      );
      if (!entry) return null;
      const { _id, ...rest } = entry;
      const claimed = { ...rest, id: _id.toHexString(), claim };
      if (!(await this.#isBehindPromise(claimed))) return claimed;
      await this.settle(claimed, {
        state: 'waiting',
        partsSent: entry.partsSent,
        notBefore: new Date(now.getTime() + behindPromiseMs),
      });
    }
  }

  async beginPart(entry: ClaimedEntry, leaseUntil: Date): Promise<boolean> {
    const { matchedCount } = await this.#entries.updateOne(
      { ...entryOf(entry), state: 'waiting', claim: entry.claim },
      { $set: { state: 'sending', leaseUntil } },
    );
    return matchedCount === 1;
  }

  async settle(
    entry: ClaimedEntry,
    { state, partsSent, reason, notBefore }: Pick<OutboxProgress, 'state' | 'partsSent'> & Settlement,
  ): Promise<void> {
    await this.#entries.updateOne(
      { ...entryOf(entry), claim: entry.claim },
      {
        $set: { state, partsSent, ...(reason !== undefined && { reason }), ...(notBefore && { notBefore }) },
        $unset: { leaseUntil: '' },
      },
    );
  }

  async abandonExpired(now: Date): Promise<number> {
    const { modifiedCount } = await this.#entries.updateMany(
      { state: 'sending', leaseUntil: { $lte: now } },
      {
        $set: { state: 'unknown', reason: 'the sender died while the platform was being asked' },
        $unset: { leaseUntil: '' },
      },
    );
    return modifiedCount;
  }

  async #isBehindPromise(entry: ClaimedEntry): Promise<boolean> {
    if (entry.kind === 'promise') return false;
    const promise = await this.#entries.findOne(
      { ...refOf(entry), kind: 'promise', state: { $in: ['waiting', 'sending'] } },
      { projection: { _id: 1 } },
    );
    return promise !== null;
  }
}

function refOf({ accountId, openid, key }: MessageRef): MessageRef {
  return { accountId, openid, key };
}

function entryOf(entry: ClaimedEntry): MessageRef & { kind: 'promise' | 'remainder' } {
  return { ...refOf(entry), kind: entry.kind };
}
