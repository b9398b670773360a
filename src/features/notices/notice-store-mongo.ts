import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Notice, NoticeHold, NoticeSize, NoticeState } from './notice.js';
import type { NoticeRef, NoticeStore } from './notice-store.js';

interface NoticeRecord extends Omit<Notice, 'id'> {
  _id: string;
  /** Of the worker that prepares it. */
  leaseUntil?: Date;
  /** Cancelled, and its rows do not know it yet. */
  isUnsettled?: true;
}

const collectionName = 'notices';

export const noticeMigration: Migration = {
  id: 'notices-0001-notices',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, createdAt: -1, _id: -1 }, name: 'latest' },
      { key: { state: 1, kind: 1, submittedAt: 1 }, name: 'work' },
      { key: { isUnsettled: 1 }, partialFilterExpression: { isUnsettled: true }, name: 'unsettled' },
    ]);
  },
};

export class NoticeStoreMongo implements NoticeStore {
  readonly #notices: mongo.Collection<NoticeRecord>;

  constructor(connection: MongoConnection) {
    this.#notices = databaseOf(connection).collection<NoticeRecord>(collectionName);
  }

  async add(tx: Transaction, notice: Notice): Promise<void> {
    await this.#notices.insertOne(toRecord(notice), { session: sessionOf(tx) });
  }

  async find({ accountId, id }: NoticeRef, tx?: Transaction): Promise<Notice | null> {
    const options = tx ? { session: sessionOf(tx) } : {};
    const record = await this.#notices.findOne({ _id: id, accountId }, options);
    return record && toNotice(record);
  }

  async list(
    accountId: string,
    { limit, before, states }: { limit: number; before?: string; states?: readonly NoticeState[] },
  ): Promise<Notice[]> {
    const last = before === undefined ? undefined : await this.find({ accountId, id: before });
    if (last === null) return [];
    const records = await this.#notices
      .find({
        accountId,
        ...(states && { state: { $in: [...states] } }),
        ...(last && {
          $or: [{ createdAt: { $lt: last.createdAt } }, { createdAt: last.createdAt, _id: { $lt: last.id } }],
        }),
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return records.map(toNotice);
  }

  async replace(tx: Transaction, before: Notice, after: Notice): Promise<boolean> {
    const isUnsettled = after.state === 'cancelled' && before.preparation > 0;
    const { _id, ...record } = toRecord(after);
    const { matchedCount } = await this.#notices.replaceOne(
      unchanged(before),
      { ...record, ...(isUnsettled && { isUnsettled }) },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  async remove(tx: Transaction, before: Notice): Promise<boolean> {
    const { deletedCount } = await this.#notices.deleteOne(unchanged(before), { session: sessionOf(tx) });
    return deletedCount === 1;
  }

  async claimPreparing(now: Date, leaseUntil: Date): Promise<Notice | null> {
    const record = await this.#notices.findOneAndUpdate(
      { state: 'preparing', $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: now } }] },
      { $set: { leaseUntil } },
      { sort: urgentFirst, returnDocument: 'after' },
    );
    return record && toNotice(record);
  }

  finishPreparing(notice: Notice, { size, hash }: { size: NoticeSize; hash: string }): Promise<boolean> {
    return this.#update(
      { ...unchanged(notice), state: 'preparing' },
      { $set: { state: 'pending', size, hash }, $unset: { leaseUntil: '' } },
    );
  }

  async failPreparing(notice: Notice, remark: string): Promise<void> {
    await this.#update(
      { ...unchanged(notice), state: 'preparing' },
      { $set: { state: 'draft', remark, submittedAt: null, submittedBy: null }, $unset: { leaseUntil: '' } },
    );
  }

  async listDue(now: Date): Promise<Notice[]> {
    const records = await this.#notices
      .find({
        $or: [
          { state: 'scheduled', startsAt: { $lte: now } },
          { state: 'paused', 'hold.until': { $lte: now } },
        ],
      })
      .sort(urgentFirst)
      .toArray();
    return records.map(toNotice);
  }

  start(due: Notice, now: Date): Promise<boolean> {
    return this.#update(unchanged(due), {
      $set: { state: 'sending', hold: null, startsAt: null, startedAt: due.startedAt ?? now },
    });
  }

  postpone(due: Notice, until: Date): Promise<boolean> {
    const later = due.state === 'scheduled' ? { startsAt: until } : { 'hold.until': until };
    return this.#update(unchanged(due), { $set: later });
  }

  async listSending(): Promise<Notice[]> {
    return (await this.#notices.find({ state: 'sending' }).sort(urgentFirst).toArray()).map(toNotice);
  }

  hold(ref: NoticeRef, hold: NoticeHold): Promise<boolean> {
    return this.#update({ ...idOf(ref), state: 'sending' }, { $set: { state: 'paused', hold } });
  }

  finish(ref: NoticeRef, at: Date): Promise<boolean> {
    return this.#update({ ...idOf(ref), state: 'sending' }, { $set: { state: 'finished', endedAt: at } });
  }

  async listUnsettled(): Promise<Notice[]> {
    return (await this.#notices.find({ isUnsettled: true }).toArray()).map(toNotice);
  }

  async settle(ref: NoticeRef): Promise<void> {
    await this.#update(idOf(ref), { $unset: { isUnsettled: '' } });
  }

  async #update(
    filter: mongo.Filter<NoticeRecord>,
    update: mongo.UpdateFilter<NoticeRecord>,
  ): Promise<boolean> {
    return (await this.#notices.updateOne(filter, update)).matchedCount === 1;
  }
}

/** `emergency` comes before `routine`. */
const urgentFirst = { kind: 1, submittedAt: 1 } as const;

function toRecord({ id, ...notice }: Notice): NoticeRecord {
  return { _id: id, ...notice };
}

function toNotice({ _id, leaseUntil: _lease, isUnsettled: _flag, ...notice }: NoticeRecord): Notice {
  return { id: _id, ...notice };
}

function idOf({ accountId, id }: NoticeRef) {
  return { _id: id, accountId };
}

function unchanged({ revision, state, preparation, approvals, ...ref }: Notice) {
  return { ...idOf(ref), revision, state, preparation, approvals: { $size: approvals.length } };
}
