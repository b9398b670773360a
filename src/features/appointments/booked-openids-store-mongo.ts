import type { mongo } from 'mongoose';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Appointment } from './appointment.js';
import type { BookedOpenids, BookedVisit, BookingCondition, VisitCondition } from './booked-openids.js';

const collectionName = 'appointments';

/** Holds all that is asked about the users of a service, in order of openid, without a look at the records. */
export const bookedOpenidsMigration: Migration = {
  id: 'appointments-7-booked-openids',
  async up(db) {
    const key = { accountId: 1, service: 1, openid: 1, state: 1, day: 1 } as const;
    await db.collection(collectionName).createIndex(key, { name: 'users_of_service' });
  },
};

/** A booking has a code, which a form, a wait or an offer that a closure ended never got. */
const closedBooking = { state: 'closed', code: { $exists: true } } as const;

/** The bookings that closures ended, which are few, in order of openid. */
export const closedOpenidsMigration: Migration = {
  id: 'appointments-10-closed-openids',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndex(
        { accountId: 1, day: 1, openid: 1 },
        { partialFilterExpression: closedBooking, name: 'closed_bookings' },
      );
  },
};

export class BookedOpenidsStoreMongo implements BookedOpenids {
  readonly #appointments: mongo.Collection<Appointment>;

  constructor(connection: MongoConnection) {
    this.#appointments = databaseOf(connection).collection<Appointment>(collectionName);
  }

  async list(
    accountId: string,
    condition: BookingCondition,
    {
      after = '',
      limit = Infinity,
      among,
    }: { after?: string; limit?: number; among?: readonly string[] } = {},
  ): Promise<string[]> {
    const cursor = this.#appointments
      .find(
        { ...queryOf(accountId, condition), openid: { $gt: after, ...(among && { $in: [...among] }) } },
        { projection: { _id: 0, openid: 1 } },
      )
      .sort({ openid: 1 });
    const openids: string[] = [];
    for await (const { openid } of cursor) {
      if (openid === openids.at(-1)) continue;
      if (openids.length >= limit) break;
      openids.push(openid);
    }
    return openids;
  }

  async firstVisits(
    accountId: string,
    condition: VisitCondition,
    openids: readonly string[],
  ): Promise<BookedVisit[]> {
    const found = await this.#appointments
      .find(
        { ...queryOf(accountId, condition), openid: { $in: [...openids] } },
        { projection: { _id: 0, openid: 1, service: 1, venue: 1, startsAt: 1 } },
      )
      .sort({ startsAt: 1 })
      .toArray();
    const first = new Map<string, BookedVisit>();
    for (const { openid, service, venue, startsAt } of found)
      if (startsAt && !first.has(openid)) first.set(openid, { openid, service, venue, startsAt });
    return [...first.values()];
  }
}

function queryOf(accountId: string, condition: BookingCondition): mongo.Filter<Appointment> {
  if (condition.kind !== 'used_service') {
    const { kind, ...place } = condition;
    return { accountId, ...(kind === 'booked' ? { state: kind } : closedBooking), ...place };
  }
  const { services, since } = condition;
  return {
    accountId,
    service: { $in: [...services] },
    state: { $in: ['booked', 'arrived'] },
    ...(since !== undefined && { day: { $gte: since } }),
  };
}
