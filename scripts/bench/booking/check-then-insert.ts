import type { mongo } from 'mongoose';

export interface Attempt {
  slotId: string;
  nth: number;
}

/**
 * The way of the widely used booking systems, on the same server: read how many there are, and insert if there is
 * room. (Easy!Appointments has neither lock nor transaction; cal.com has some 850 lines between check and insert.)
 */
export class CheckThenInsert {
  readonly #bookings: mongo.Collection<Attempt>;
  readonly #capacity: number;

  private constructor(bookings: mongo.Collection<Attempt>, capacity: number) {
    this.#bookings = bookings;
    this.#capacity = capacity;
  }

  static async open(database: mongo.Db, capacity: number): Promise<CheckThenInsert> {
    const bookings = database.collection<Attempt>('bookings');
    await bookings.createIndex({ slotId: 1 });
    return new CheckThenInsert(bookings, capacity);
  }

  /** @returns false: full. */
  async book(attempt: Attempt): Promise<boolean> {
    const { slotId } = attempt;
    if ((await this.#bookings.countDocuments({ slotId })) >= this.#capacity) return false;
    await this.#bookings.insertOne({ ...attempt }, { writeConcern: { w: 'majority', journal: true } });
    return true;
  }

  count(): Promise<number> {
    return this.#bookings.countDocuments();
  }
}
