import { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import { owedNoticesName } from './owed-notice-migrations-store-mongo.js';
import type { NoticeProgress, OwedNotice } from './owed-notice.js';
import {
  undeliveredStates,
  type NoticeReport,
  type NoticesOf,
  type UndeliveredNotice,
  type UndeliveredNoticeStore,
} from './undelivered-notice-store.js';

type NoticeDocument = OwedNotice & NoticeProgress;

const isUndelivered = { state: { $in: [...undeliveredStates] } };

export class UndeliveredNoticeStoreMongo implements UndeliveredNoticeStore {
  readonly #notices: mongo.Collection<NoticeDocument>;

  constructor(connection: MongoConnection) {
    this.#notices = databaseOf(connection).collection<NoticeDocument>(owedNoticesName);
  }

  async list(
    of: NoticesOf,
    { limit, after }: { limit: number; after?: string },
  ): Promise<UndeliveredNotice[]> {
    const last = after === undefined ? undefined : await this.#findPlace(of, after);
    // It was sent once more meanwhile, and stands in the list no longer.
    if (last === null) return [];
    const found = await this.#notices
      .find({
        ...among(of),
        ...isUndelivered,
        endedAt: { $exists: true },
        ...(last && { $or: placesBefore(last) }),
      })
      .sort({ endedAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return found.flatMap(toUndelivered);
  }

  async find(tx: Transaction, of: NoticesOf, id: string): Promise<UndeliveredNotice | null> {
    if (!mongo.ObjectId.isValid(id)) return null;
    const found = await this.#notices.findOne(
      { _id: new mongo.ObjectId(id), ...among(of), ...isUndelivered },
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

  #findPlace(of: NoticesOf, id: string): Promise<mongo.WithId<NoticeDocument> | null> {
    if (!mongo.ObjectId.isValid(id)) return Promise.resolve(null);
    return this.#notices.findOne({ _id: new mongo.ObjectId(id), ...among(of) });
  }
}

function among({ accountId, subjectKind }: NoticesOf) {
  return { accountId, 'subject.kind': subjectKind };
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
