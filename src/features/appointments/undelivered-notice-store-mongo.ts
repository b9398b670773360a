import { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { AppointmentNotice } from './appointment-notice.js';
import type { NoticeProgress } from './notices/owed-notice.js';
import {
  undeliveredStates,
  type NoticeReport,
  type UndeliveredNotice,
  type UndeliveredNoticeStore,
} from './undelivered-notice-store.js';

const collectionName = 'appointment_notices';

export const undeliveredNoticeMigration: Migration = {
  id: 'appointments-9-undelivered',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      {
        key: { accountId: 1, state: 1, endedAt: -1, _id: -1 },
        partialFilterExpression: { endedAt: { $exists: true } },
        name: 'undelivered',
      },
      {
        key: { accountId: 1, messageId: 1 },
        partialFilterExpression: { messageId: { $exists: true } },
        name: 'report',
      },
    ]);
  },
};

type NoticeDocument = AppointmentNotice & NoticeProgress;

const isUndelivered = { state: { $in: [...undeliveredStates] } };

export class UndeliveredNoticeStoreMongo implements UndeliveredNoticeStore {
  readonly #notices: mongo.Collection<NoticeDocument>;

  constructor(connection: MongoConnection) {
    this.#notices = databaseOf(connection).collection<NoticeDocument>(collectionName);
  }

  async list(
    accountId: string,
    { limit, after }: { limit: number; after?: string },
  ): Promise<UndeliveredNotice[]> {
    const last = after === undefined ? undefined : await this.#findPlace(accountId, after);
    // It was sent once more meanwhile, and stands in the list no longer.
    if (last === null) return [];
    const found = await this.#notices
      .find({
        accountId,
        ...isUndelivered,
        endedAt: { $exists: true },
        ...(last && { $or: placesBefore(last) }),
      })
      .sort({ endedAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return found.flatMap(toUndelivered);
  }

  async find(tx: Transaction, accountId: string, id: string): Promise<UndeliveredNotice | null> {
    if (!mongo.ObjectId.isValid(id)) return null;
    const found = await this.#notices.findOne(
      { _id: new mongo.ObjectId(id), accountId, ...isUndelivered },
      { session: sessionOf(tx) },
    );
    return (found && toUndelivered(found)[0]) ?? null;
  }

  async repeat(tx: Transaction, { id, accountId, state }: UndeliveredNotice, now: Date): Promise<boolean> {
    const { matchedCount } = await this.#notices.updateOne(
      { _id: new mongo.ObjectId(id), accountId, state },
      {
        $set: { dueAt: now, attempts: 0 },
        $unset: { state: 1, endedAt: 1, reason: 1, messageId: 1, maybeSentAt: 1, claim: 1, leaseUntil: 1 },
        // What may have arrived keeps its name, by which the platform still recognises it for a while.
        ...(state !== 'unknown' && { $inc: { repeats: 1 } }),
      },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  async settle(reports: readonly NoticeReport[]): Promise<ReadonlySet<string>> {
    if (reports.length === 0) return new Set();
    const named = reports.map(({ accountId, messageId }) => ({ accountId, messageId }));
    const found = await this.#notices
      .find({ $or: named }, { projection: { _id: 0, accountId: 1, messageId: 1 } })
      .toArray();
    const known = new Set(found.flatMap(({ messageId }) => messageId ?? []));
    const about = reports.filter(({ messageId }) => known.has(messageId));
    if (about.length > 0)
      await this.#notices.bulkWrite(
        about.map(({ accountId, messageId, state, reason }) => ({
          updateOne: {
            filter: { accountId, messageId, state: 'sent' },
            update: { $set: { state, ...(reason !== undefined && { reason }) } },
          },
        })),
        { ordered: false },
      );
    return known;
  }

  #findPlace(accountId: string, id: string): Promise<mongo.WithId<NoticeDocument> | null> {
    if (!mongo.ObjectId.isValid(id)) return Promise.resolve(null);
    return this.#notices.findOne({ _id: new mongo.ObjectId(id), accountId });
  }
}

function placesBefore({ _id, endedAt }: mongo.WithId<NoticeDocument>) {
  const at = endedAt ?? new Date();
  return [{ endedAt: { $lt: at } }, { endedAt: at, _id: { $lt: _id } }];
}

function toUndelivered({
  _id,
  state,
  endedAt,
  ...notice
}: mongo.WithId<NoticeDocument>): UndeliveredNotice[] {
  const undelivered = undeliveredStates.find((one) => one === state);
  return undelivered && endedAt ? [{ ...notice, id: _id.toHexString(), state: undelivered, endedAt }] : [];
}
