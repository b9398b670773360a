import type { mongo } from 'mongoose';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { deliveriesName, deliveryId, expiryFrom, type DeliveryRecord } from './delivery-record.js';
import type { RowsOf } from './delivery-store.js';
import type { DeliveryState } from './delivery.js';
import { personalChannels } from './notice-platform-port.js';
import type { MassRow, MassRowEnding, MassRowStore } from './mass-row-store.js';

/** The view of `notice_deliveries` of those who send by mass. */
export class MassRowStoreMongo implements MassRowStore {
  readonly #rows: mongo.Collection<DeliveryRecord>;

  constructor(connection: MongoConnection) {
    this.#rows = databaseOf(connection).collection<DeliveryRecord>(deliveriesName);
  }

  async listWaiting(rows: RowsOf, now: Date): Promise<MassRow[]> {
    const found: MassRow[] = [];
    const cursor = this.#rows.find<MassRow>(
      { ...waitingForMass(rows), dueAt: { $lte: now } },
      // In portions: what the driver reads at once nothing can interrupt.
      { projection: { _id: 0, row: 1, openid: 1 }, batchSize: 4_000 },
    );
    for await (const row of cursor) found.push(row);
    return found.sort((one, other) => one.row - other.row);
  }

  async isPersonalOver({ id: noticeId, preparation }: RowsOf): Promise<boolean> {
    const unfinished = await this.#rows.findOne(
      {
        noticeId,
        preparation,
        $or: [{ state: 'sending' }, { state: 'waiting', channel: { $in: [...personalChannels] } }],
      },
      { projection: { _id: 1 } },
    );
    return unfinished === null;
  }

  async passOn(rows: RowsOf, numbers: readonly number[], reason: string, now: Date): Promise<void> {
    const others = { $filter: { input: '$open', cond: { $ne: ['$$this', 'mass'] } } };
    const passed = { $concatArrays: ['$passed', [{ channel: 'mass', reason: { $literal: reason } }]] };
    await this.#updateEach(
      rows,
      numbers,
      ['waiting'],
      [
        { $set: { open: others, passed, updatedAt: now, expiresAt: expiryFrom(now) } },
        {
          $set: {
            channel: { $ifNull: [{ $first: '$open' }, 'mass'] },
            state: { $cond: [{ $eq: ['$open', []] }, 'refused', 'waiting'] },
            reason: { $cond: [{ $eq: ['$open', []] }, { $literal: reason }, '$$REMOVE'] },
            dueAt: now,
          },
        },
      ],
    );
  }

  async settle(rows: RowsOf, numbers: readonly number[], ending: MassRowEnding, now: Date): Promise<void> {
    const reason = 'reason' in ending ? ending.reason : undefined;
    await this.#updateEach(rows, numbers, settledFrom[ending.state], {
      $set: { ...ending, channel: 'mass', updatedAt: now, expiresAt: expiryFrom(now) },
      ...(reason === undefined && { $unset: { reason: '' } }),
    });
  }

  async rehearse(rows: RowsOf, now: Date): Promise<number> {
    const { modifiedCount } = await this.#rows.updateMany(waitingForMass(rows), {
      $set: { state: 'rehearsed', updatedAt: now, expiresAt: expiryFrom(now) },
    });
    return modifiedCount;
  }

  async #updateEach(
    rows: RowsOf,
    numbers: readonly number[],
    states: readonly DeliveryState[],
    update: mongo.UpdateFilter<DeliveryRecord> | mongo.Document[],
  ): Promise<void> {
    for (let from = 0; from < numbers.length; from += rowsAtOnce) {
      const ids = numbers.slice(from, from + rowsAtOnce).map((row) => deliveryId(rows, row));
      await this.#rows.updateMany(
        { _id: { $in: ids }, channel: 'mass', state: { $in: [...states] } },
        update,
      );
    }
  }
}

/** So that an update ends well within the server's patience, and others get their turn. */
const rowsAtOnce = 2_500;

/** A call that was made counts, even where somebody called its rows off meanwhile. */
const settledFrom: Record<MassRowEnding['state'], readonly DeliveryState[]> = {
  accepted: ['waiting', 'cancelled', 'unknown'],
  unknown: ['waiting', 'cancelled'],
  failed: ['waiting', 'cancelled', 'accepted'],
};

function waitingForMass({ id: noticeId, preparation }: RowsOf) {
  return { noticeId, preparation, state: 'waiting' as const, channel: 'mass' as const };
}
