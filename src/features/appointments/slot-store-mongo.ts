import { randomBytes } from 'node:crypto';
import type { mongo } from 'mongoose';
import { UserError } from '../../core/errors.js';
import type { Transaction } from '../../core/transaction-runner.js';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Slot } from './slot.js';
import type { SlotPlan, SlotRange, SlotStore } from './slot-store.js';

interface SlotDocument extends Slot {
  /** Whether anybody has ever stood in it: then the record of where they were stays. */
  wasTaken: boolean;
  /** Counts bookings that relied on it being open; only written, so that a closing meets them. */
  reliances?: number;
}

const collectionName = 'appointment_slots';

export const slotMigration: Migration = {
  id: 'appointments-1-slots',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, service: 1, venue: 1, startsAt: 1 }, unique: true, name: 'time' },
      { key: { accountId: 1, slotId: 1 }, unique: true, name: 'slot' },
      { key: { accountId: 1, day: 1, startsAt: 1 }, name: 'day' },
      {
        key: { accountId: 1, endsAt: 1 },
        partialFilterExpression: { closed: { $type: 'string' } },
        name: 'closed',
      },
    ]);
  },
};

export class SlotStoreMongo implements SlotStore {
  readonly #slots: mongo.Collection<SlotDocument>;

  constructor(connection: MongoConnection) {
    this.#slots = databaseOf(connection).collection<SlotDocument>(collectionName);
  }

  find(accountId: string, slotId: string, tx?: Transaction): Promise<Slot | null> {
    return this.#slots.findOne({ accountId, slotId }, { ...slotOnly, ...(tx && { session: sessionOf(tx) }) });
  }

  list({ firstDay, lastDay, ...fields }: SlotRange): Promise<Slot[]> {
    return this.#slots
      .find({ ...fields, day: { $gte: firstDay, $lte: lastDay } }, slotOnly)
      .sort({ startsAt: 1, service: 1, venue: 1 })
      .toArray();
  }

  async plan(slots: readonly SlotPlan[], tx?: Transaction): Promise<void> {
    if (slots.length === 0) return;
    const operations = slots.map(upsertOf);
    const write = () =>
      this.#slots.bulkWrite(operations, { ordered: false, ...(tx && { session: sessionOf(tx) }) });
    await write().catch(async (error: unknown) => {
      if (tx) return runAgainOnDuplicate(error);
      // Another process has just made some of them: they are there to be brought up to date now.
      if (!isDuplicateKey(error)) throw error;
      return write();
    });
  }

  async close(tx: Transaction, slots: readonly SlotName[], because: string): Promise<void> {
    if (slots.length === 0) return;
    const session = sessionOf(tx);
    await this.#slots.updateMany(anyOf(slots), { $set: { closed: because } }, { session });
  }

  async withdraw(slots: readonly SlotName[], because: string): Promise<void> {
    if (slots.length === 0) return;
    await this.#slots.deleteMany({ ...anyOf(slots), taken: 0, wasTaken: false });
    await this.#slots.updateMany({ ...anyOf(slots), closed: null }, { $set: { closed: because } });
  }

  async take(tx: Transaction, accountId: string, slotId: string, now: number): Promise<boolean> {
    const at = new Date(now);
    const { matchedCount } = await this.#slots.updateOne(
      {
        accountId,
        slotId,
        closed: null,
        bookableFrom: { $lte: at },
        bookableUntil: { $gt: at },
        $expr: { $lt: ['$taken', '$capacity'] },
      },
      takePlace,
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  async takeBeyondRules(tx: Transaction, accountId: string, slotId: string): Promise<Slot> {
    const slot = await this.#slots.findOneAndUpdate({ accountId, slotId }, takePlace, {
      session: sessionOf(tx),
      returnDocument: 'after',
      ...slotOnly,
    });
    if (slot === null) throw new UserError('no_such_slot', '没有这个时段', { status: 404 });
    return slot;
  }

  async release(tx: Transaction, accountId: string, slotId: string, places: number): Promise<void> {
    const { matchedCount } = await this.#slots.updateOne(
      { accountId, slotId, taken: { $gte: places } },
      { $inc: { taken: -places } },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1) throw new Error(`slot ${slotId} has no ${places} places to give back`);
  }

  async holdOpen(tx: Transaction, accountId: string, slotId: string): Promise<boolean> {
    const { matchedCount } = await this.#slots.updateOne(
      { accountId, slotId, closed: null },
      { $inc: { reliances: 1 } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  listClosedTaken(accountId: string, now: number, limit: number): Promise<Slot[]> {
    return this.#slots
      .find(
        { accountId, closed: { $type: 'string' }, endsAt: { $gt: new Date(now) }, taken: { $gt: 0 } },
        slotOnly,
      )
      .sort({ endsAt: 1 })
      .limit(limit)
      .toArray();
  }
}

type SlotName = Pick<Slot, 'accountId' | 'slotId'>;

const slotOnly = { projection: { _id: 0, wasTaken: 0, reliances: 0 } } as const;
const takePlace = { $inc: { taken: 1 }, $set: { wasTaken: true } } as const;
const slotIdBytes = 9;

function upsertOf({ accountId, service, venue, startsAt, ...rest }: SlotPlan) {
  return {
    updateOne: {
      filter: { accountId, service, venue, startsAt },
      update: {
        $set: rest,
        $setOnInsert: {
          slotId: randomBytes(slotIdBytes).toString('base64url'),
          taken: 0,
          wasTaken: false,
        },
      },
      upsert: true,
    },
  };
}

function anyOf(slots: readonly SlotName[]) {
  return { $or: slots.map(({ accountId, slotId }) => ({ accountId, slotId })) };
}
