import type { mongo } from 'mongoose';
import { z } from 'zod';
import { OperationalError } from '../../core/errors.js';
import { insertMissing } from '../../storage/insert-missing.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Delivery, DeliveryState } from './delivery.js';
import {
  deliveriesName,
  expiryFrom,
  fromRecord,
  idOfDelivery,
  idsBefore,
  idsOf,
  toRecord,
  type DeliveryRecord,
} from './delivery-record.js';
import { toUpdates } from './delivery-updates.js';
import type { DeliveryChange, DeliveryCount, DeliveryStore, RowsOf } from './delivery-store.js';
import type { NoticeChannel } from './notice.js';
import { personalChannels } from './notice-platform-port.js';

/**
 * `progress` serves the counts and the claims alike: one index that a change of state costs, instead of two.
 */
export const deliveryMigration: Migration = {
  id: 'notices-1-deliveries',
  async up(db) {
    await db.collection(deliveriesName).createIndexes([
      {
        key: { noticeId: 1, preparation: 1, state: 1, channel: 1, reason: 1, dueAt: 1 },
        name: 'progress',
      },
      {
        key: { messageId: 1 },
        partialFilterExpression: { messageId: { $exists: true } },
        name: 'platform_message',
      },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

/** The part of the server's answer to `update` that we read. */
const updateResultSchema = z.object({
  n: z.int(),
  writeErrors: z.array(z.object({ errmsg: z.string() })).default([]),
  writeConcernError: z.object({ errmsg: z.string() }).optional(),
});

/** A command does not inherit the connection's write concern. */
const durable = { w: 'majority', j: true };

/** Rows that a stream asks for at a time. */
const streamBatch = 2_000;

/** Deliveries in MongoDB. `change` is sent as a command: every recipient goes through it twice. */
export class DeliveryStoreMongo implements DeliveryStore {
  readonly #db: mongo.Db;
  readonly #rows: mongo.Collection<DeliveryRecord>;

  constructor(connection: MongoConnection) {
    this.#db = databaseOf(connection);
    this.#rows = this.#db.collection<DeliveryRecord>(deliveriesName);
  }

  async addMany(deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length > 0) await insertMissing(this.#rows, deliveries.map(toRecord));
  }

  async findLast(rows: RowsOf): Promise<Delivery | null> {
    const last = await this.#rows.findOne({ _id: idsOf(rows) }, { sort: { _id: -1 } });
    return last && fromRecord(last);
  }

  async removeBefore(rows: RowsOf): Promise<void> {
    await this.#rows.deleteMany({ _id: idsBefore(rows) });
  }

  async claim(
    rows: RowsOf,
    { limit, claim, now, leaseUntil }: Parameters<DeliveryStore['claim']>[1],
  ): Promise<Delivery[]> {
    for (;;) {
      const due = { ...inState(rows, 'waiting'), channel: { $in: personal }, dueAt: { $lte: now } };
      const found = await this.#rows.find(due, { limit }).toArray();
      if (found.length === 0) return [];
      const ids = found.map(({ _id }) => _id);
      const { modifiedCount } = await this.#rows.updateMany(
        { _id: { $in: ids }, state: 'waiting', dueAt: { $lte: now } },
        { $set: { claim, dueAt: leaseUntil } },
      );
      const isAlone = modifiedCount === found.length;
      const taken = isAlone ? found : await this.#rows.find({ _id: { $in: ids }, claim }).toArray();
      if (taken.length > 0) return taken.map((row) => ({ ...fromRecord(row), claim, dueAt: leaseUntil }));
    }
  }

  async change(changes: readonly DeliveryChange[]): Promise<boolean[]> {
    const updates = toUpdates(changes);
    const { n, writeErrors, writeConcernError } = updateResultSchema.parse(
      await this.#db.command({ update: deliveriesName, updates, ordered: false, writeConcern: durable }),
    );
    const fault = writeErrors[0] ?? writeConcernError;
    if (fault) throw new OperationalError('write_refused', fault.errmsg);
    return n === changes.length ? changes.map(() => true) : this.#areHeld(changes);
  }

  async abandonExpired(
    rows: RowsOf,
    now: Date,
    repeatableSince: Date,
  ): Promise<{ unknown: number; again: number }> {
    const expired = { ...inState(rows, 'sending'), leaseUntil: { $lte: now } };
    const repeatable = { channel: 'template' as const, maybeSentAt: { $gt: repeatableSince } };
    const stamp = { updatedAt: now, expiresAt: expiryFrom(now) };
    const again = await this.#rows.updateMany(
      { ...expired, ...repeatable },
      { $set: { state: 'waiting', dueAt: now, reason: 'worker_lost', ...stamp }, $unset: { leaseUntil: '' } },
    );
    const unknown = await this.#rows.updateMany(
      { ...expired, $nor: [repeatable] },
      { $set: { state: 'unknown', reason: 'worker_lost', ...stamp }, $unset: { leaseUntil: '' } },
    );
    return { again: again.modifiedCount, unknown: unknown.modifiedCount };
  }

  async cancelWaiting(rows: RowsOf, now: Date): Promise<number> {
    const stamp = { updatedAt: now, expiresAt: expiryFrom(now) };
    const waiting = inState(rows, 'waiting');
    const inDoubt = await this.#rows.updateMany(
      { ...waiting, maybeSentAt: { $exists: true } },
      { $set: { state: 'unknown', reason: 'cancelled_in_doubt', ...stamp }, $unset: { claim: '' } },
    );
    const others = await this.#rows.updateMany(waiting, {
      $set: { state: 'cancelled', ...stamp },
      $unset: { claim: '', reason: '' },
    });
    return inDoubt.modifiedCount + others.modifiedCount;
  }

  async hasUnfinished(rows: RowsOf): Promise<boolean> {
    const { id: noticeId, preparation } = rows;
    const filter = { noticeId, preparation, state: { $in: unfinished } };
    return (await this.#rows.findOne(filter, { projection: { _id: 1 } })) !== null;
  }

  async repeatUnknown(rows: RowsOf, now: Date): Promise<number> {
    const { modifiedCount } = await this.#rows.updateMany(inState(rows, 'unknown'), {
      $set: { state: 'waiting', dueAt: now, updatedAt: now, expiresAt: expiryFrom(now) },
      $unset: { claim: '', reason: '', maybeSentAt: '', call: '' },
    });
    return modifiedCount;
  }

  async count({ id: noticeId, preparation }: RowsOf): Promise<DeliveryCount[]> {
    return this.#rows
      .aggregate<DeliveryCount>([
        { $match: { noticeId, preparation } },
        {
          $group: {
            _id: { state: '$state', channel: '$channel', reason: '$reason' },
            count: { $sum: 1 },
          },
        },
        {
          $project: {
            _id: 0,
            state: '$_id.state',
            channel: { $ifNull: ['$_id.channel', null] },
            reason: { $ifNull: ['$_id.reason', null] },
            count: 1,
          },
        },
      ])
      .toArray();
  }

  async list(
    rows: RowsOf,
    { after = -1, limit, state, openid }: Parameters<DeliveryStore['list']>[1],
  ): Promise<Delivery[]> {
    const found = await this.#rows
      .find(
        { _id: idsOf(rows, after), ...(state && { state }), ...(openid !== undefined && { openid }) },
        { sort: { _id: 1 }, limit },
      )
      .toArray();
    return found.map(fromRecord);
  }

  async *stream(rows: RowsOf): AsyncIterable<Delivery> {
    const cursor = this.#rows.find({ _id: idsOf(rows) }, { sort: { _id: 1 }, batchSize: streamBatch });
    for await (const row of cursor) yield fromRecord(row);
  }

  /** Which of them the claims that were to change them still hold. */
  async #areHeld(changes: readonly DeliveryChange[]): Promise<boolean[]> {
    const ids = changes.map(({ delivery }) => idOfDelivery(delivery));
    const found = await this.#rows.find({ _id: { $in: ids } }, { projection: { claim: 1 } }).toArray();
    const claims = new Map(found.map(({ _id, claim }) => [_id, claim]));
    return changes.map(
      ({ delivery }) => delivery.claim !== undefined && claims.get(idOfDelivery(delivery)) === delivery.claim,
    );
  }
}

const personal: NoticeChannel[] = [...personalChannels];
const unfinished: DeliveryState[] = ['waiting', 'sending'];

function inState({ id: noticeId, preparation }: RowsOf, state: DeliveryState) {
  return { noticeId, preparation, state };
}
