import type { mongo } from 'mongoose';
import type { ExpiringRecords } from '../core/expiring-records.js';
import { databaseOf, type MongoConnection } from './mongo-connection.js';

export interface ExpiringCollection {
  collection: string;
  /** The indexed field with the time that the end is reckoned from. */
  expiry: string;
  /** How long after it a record may be deleted, in milliseconds; absent: at once. */
  keptMs?: number;
  /** The field with the time at which a record was made; absent: it has none. */
  madeAt?: string;
}

/** The records of a collection, in the order in which their time is over. */
export class ExpiringRecordsMongo implements ExpiringRecords {
  readonly #records: mongo.Collection;
  readonly #rule: ExpiringCollection;

  constructor(connection: MongoConnection, rule: ExpiringCollection) {
    this.#records = databaseOf(connection).collection(rule.collection);
    this.#rule = rule;
  }

  /** From the collection's own figures: chat records are millions. */
  count(): Promise<number> {
    return this.#records.estimatedDocumentCount();
  }

  async findOldest(): Promise<Date | null> {
    const { expiry, madeAt } = this.#rule;
    if (madeAt === undefined) return null;
    const first = await this.#records.findOne(
      { [expiry]: { $type: 'date' } },
      { sort: { [expiry]: 1 }, projection: { _id: 0, [madeAt]: 1 } },
    );
    const at: unknown = first?.[madeAt];
    return at instanceof Date ? at : null;
  }

  async removeExpired(now: Date, limit: number): Promise<number> {
    const { expiry, keptMs = 0 } = this.#rule;
    const before = new Date(now.getTime() - keptMs);
    const found = await this.#records
      .find({ [expiry]: { $lte: before } }, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
    if (found.length === 0) return 0;
    const { deletedCount } = await this.#records.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
    return deletedCount;
  }
}
