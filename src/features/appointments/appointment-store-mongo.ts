import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import { occupyingStates, type Appointment, type AppointmentState } from './appointment.js';
import type {
  AppointmentStore,
  ClaimKey,
  DaySelection,
  PlaceDifference,
  Presence,
  StateCount,
  WaitingDay,
} from './appointment-store.js';
import type { Citizen } from './booking-desk.js';

const collectionName = 'appointments';
const slotsName = 'appointment_slots';

/** Nothing is deleted by an index: what has had its time goes with the nightly purge, which reports it. */
export const appointmentMigration: Migration = {
  id: 'appointments-2-appointments',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, appointmentId: 1 }, unique: true, name: 'appointment' },
      uniqueWhere('code', { accountId: 1, code: 1 }, { code: { $exists: true } }),
      uniqueWhere('one_hold', { accountId: 1, openid: 1 }, { state: 'held' }),
      uniqueWhere(
        'person_limit',
        { accountId: 1, service: 1, 'claim.period': 1, personKey: 1, 'claim.ordinal': 1 },
        { claim: { $exists: true } },
      ),
      uniqueWhere('person_busy', { accountId: 1, personKey: 1, busyAt: 1 }, { busyAt: { $exists: true } }),
      uniqueWhere(
        'one_wait',
        { accountId: 1, service: 1, venue: 1, day: 1, personKey: 1 },
        { state: 'waiting' },
      ),
      {
        key: { accountId: 1, service: 1, venue: 1, day: 1, createdAt: 1, appointmentId: 1 },
        partialFilterExpression: { state: 'waiting' },
        name: 'waiting_order',
      },
      { key: { until: 1 }, partialFilterExpression: { until: { $exists: true } }, name: 'expiring' },
      indexWhere('places', { accountId: 1, slotId: 1, state: 1 }, { slotId: { $exists: true } }),
      { key: { accountId: 1, day: 1, startsAt: 1 }, name: 'day' },
      { key: { day: 1 }, partialFilterExpression: { state: 'booked' }, name: 'unvisited' },
      { key: { accountId: 1, openid: 1, createdAt: -1 }, name: 'citizen' },
      indexWhere('missed', { accountId: 1, personKey: 1, service: 1, startsAt: -1 }, { state: 'missed' }),
      indexWhere('objections', { accountId: 1, 'objection.at': 1 }, { 'objection.at': { $exists: true } }),
      { key: { expiresAt: 1 }, name: 'retention' },
    ]);
  },
};

export class AppointmentStoreMongo implements AppointmentStore {
  readonly #appointments: mongo.Collection<Appointment>;
  readonly #slots: mongo.Collection;

  constructor(connection: MongoConnection) {
    this.#appointments = databaseOf(connection).collection<Appointment>(collectionName);
    this.#slots = databaseOf(connection).collection(slotsName);
  }

  async add(tx: Transaction, appointment: Appointment): Promise<void> {
    const session = sessionOf(tx);
    await this.#appointments.insertOne({ ...appointment }, { session }).catch(runAgainOnDuplicate);
  }

  async replace(tx: Transaction, before: Appointment, after: Appointment): Promise<void> {
    const { accountId, appointmentId, state } = before;
    const { matchedCount } = await this.#appointments
      .replaceOne({ accountId, appointmentId, state }, { ...after }, { session: sessionOf(tx) })
      .catch(runAgainOnDuplicate);
    if (matchedCount !== 1) throw new Error(`appointment ${appointmentId} is not ${state}`);
  }

  find(accountId: string, appointmentId: string, tx?: Transaction): Promise<Appointment | null> {
    return this.#appointments.findOne({ accountId, appointmentId }, within(tx));
  }

  findByCode(tx: Transaction, accountId: string, code: string): Promise<Appointment | null> {
    return this.#appointments.findOne({ accountId, code }, within(tx));
  }

  findHold({ accountId, openid }: Citizen, tx?: Transaction): Promise<Appointment | null> {
    return this.#appointments.findOne({ accountId, openid, state: 'held' }, within(tx));
  }

  findWait(day: WaitingDay, personKey: string, tx?: Transaction): Promise<Appointment | null> {
    const state = { $in: waitingOrOffered };
    return this.#appointments.findOne({ ...keyOf(day), personKey, state }, within(tx));
  }

  findBusy(tx: Transaction, { accountId, personKey, busyAt }: Presence): Promise<Appointment | null> {
    return this.#appointments.findOne({ accountId, personKey, busyAt }, within(tx));
  }

  findFirstWaiting(tx: Transaction, day: WaitingDay, now: number): Promise<Appointment | null> {
    return this.#appointments.findOne(
      { ...keyOf(day), state: 'waiting', until: { $gt: new Date(now) } },
      { ...within(tx), sort: inOrder },
    );
  }

  listClaims(tx: Transaction, { accountId, service, period, personKey }: ClaimKey): Promise<Appointment[]> {
    return this.#appointments
      .find({ accountId, service, 'claim.period': period, personKey, claim: { $exists: true } }, within(tx))
      .toArray();
  }

  listMissed(
    tx: Transaction,
    { since, ...person }: { accountId: string; service: string; personKey: string; since: Date },
  ): Promise<Appointment[]> {
    return this.#appointments
      .find(
        { ...person, state: 'missed', startsAt: { $gte: since }, isExcused: { $exists: false } },
        within(tx),
      )
      .sort({ startsAt: -1 })
      .toArray();
  }

  listLapsed(tx: Transaction, accountId: string, slotId: string, now: number): Promise<Appointment[]> {
    return this.#appointments
      .find({ accountId, slotId, ...lapsedAt(now) }, within(tx))
      .sort({ until: 1 })
      .toArray();
  }

  listUnvisited(day: string, limit: number, tx?: Transaction): Promise<Appointment[]> {
    return this.#appointments
      .find({ state: 'booked', day: { $lt: day } }, within(tx))
      .sort({ day: 1 })
      .limit(limit)
      .toArray();
  }

  listExpired(now: number, limit: number): Promise<Appointment[]> {
    return this.#appointments
      .find({ until: { $lte: new Date(now) } }, withoutId)
      .sort({ until: 1 })
      .limit(limit)
      .toArray();
  }

  listWaitingDays(now: number, limit: number): Promise<WaitingDay[]> {
    return this.#appointments
      .aggregate<WaitingDay>([
        { $match: { until: { $gt: new Date(now) }, state: 'waiting' } },
        { $group: { _id: { accountId: '$accountId', service: '$service', venue: '$venue', day: '$day' } } },
        { $limit: limit },
        { $replaceRoot: { newRoot: '$_id' } },
      ])
      .toArray();
  }

  listStanding(accountId: string, slotIds: readonly string[], limit: number): Promise<Appointment[]> {
    return this.#appointments
      .find({ accountId, slotId: { $in: [...slotIds] }, state: { $in: displaceable } }, withoutId)
      .limit(limit)
      .toArray();
  }

  listWaiting(day: WaitingDay, limit: number): Promise<Appointment[]> {
    return this.#appointments
      .find({ ...keyOf(day), state: 'waiting' }, withoutId)
      .sort(inOrder)
      .limit(limit)
      .toArray();
  }

  listOfCitizen({ accountId, openid }: Citizen, limit: number): Promise<Appointment[]> {
    return this.#appointments
      .find({ accountId, openid }, withoutId)
      .sort({ createdAt: -1 })
      .limit(limit)
      .toArray();
  }

  async listOfDay(selection: DaySelection): Promise<Appointment[]> {
    const found = await this.#appointments
      .find({ ...selection }, withoutId)
      .sort({ startsAt: 1, createdAt: 1 })
      .toArray();
    // MongoDB sorts what has no time first.
    return found.toSorted((a, b) => Number(!a.startsAt) - Number(!b.startsAt));
  }

  listObjections(accountId: string, limit: number): Promise<Appointment[]> {
    return this.#appointments
      .find(
        { accountId, 'objection.at': { $exists: true }, 'objection.decision': { $exists: false } },
        withoutId,
      )
      .sort({ 'objection.at': 1 })
      .limit(limit)
      .toArray();
  }

  async countLapsed(
    accountId: string,
    slotIds: readonly string[],
    now: number,
  ): Promise<ReadonlyMap<string, number>> {
    const counts = await this.#appointments
      .aggregate<{ _id: string; count: number }>([
        { $match: { accountId, slotId: { $in: [...slotIds] }, ...lapsedAt(now) } },
        { $group: { _id: '$slotId', count: { $sum: 1 } } },
      ])
      .toArray();
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  }

  countBefore(appointment: Appointment): Promise<number> {
    const { createdAt, appointmentId } = appointment;
    const before = [{ createdAt: { $lt: createdAt } }, { createdAt, appointmentId: { $lt: appointmentId } }];
    return this.#appointments.countDocuments({ ...keyOf(appointment), state: 'waiting', $or: before });
  }

  countByState(accountId: string, firstDay: string, lastDay: string): Promise<StateCount[]> {
    return this.#appointments
      .aggregate<StateCount>([
        { $match: { accountId, day: { $gte: firstDay, $lte: lastDay } } },
        {
          $group: {
            _id: { day: '$day', service: '$service', venue: '$venue', state: '$state' },
            count: { $sum: 1 },
          },
        },
        { $replaceRoot: { newRoot: { $mergeObjects: ['$_id', { count: '$count' }] } } },
        { $sort: { day: 1, service: 1, venue: 1, state: 1 } },
      ])
      .toArray();
  }

  reconcile(accountId?: string): Promise<PlaceDifference[]> {
    const account = accountId === undefined ? {} : { accountId };
    const standing = { ...account, state: { $in: [...occupyingStates] } };
    const fields = { _id: 0, accountId: 1, slotId: 1 };
    return this.#slots
      .aggregate<PlaceDifference>(
        [
          { $match: account },
          { $project: { ...fields, taken: 1 } },
          {
            $unionWith: {
              coll: collectionName,
              pipeline: [{ $match: standing }, { $project: { ...fields, records: { $literal: 1 } } }],
            },
          },
          {
            $group: {
              _id: { accountId: '$accountId', slotId: '$slotId' },
              taken: { $sum: '$taken' },
              records: { $sum: '$records' },
            },
          },
          { $match: { $expr: { $ne: ['$taken', '$records'] } } },
          { $project: { _id: 0, accountId: '$_id.accountId', slotId: '$_id.slotId', taken: 1, records: 1 } },
        ],
        { readConcern: { level: 'snapshot' }, allowDiskUse: true },
      )
      .toArray();
  }
}

const withoutId = { projection: { _id: 0 } } as const;
const kept: AppointmentState[] = ['held', 'offered'];
const displaceable: AppointmentState[] = [...kept, 'booked'];
const waitingOrOffered: AppointmentState[] = ['waiting', 'offered'];
/** Of the waiting list: who came first. */
const inOrder = { createdAt: 1, appointmentId: 1 } as const;

function within(tx: Transaction | undefined) {
  return { ...withoutId, ...(tx && { session: sessionOf(tx) }) };
}

function keyOf({ accountId, service, venue, day }: WaitingDay): WaitingDay {
  return { accountId, service, venue, day };
}

function lapsedAt(now: number) {
  return { state: { $in: kept }, until: { $lte: new Date(now) } };
}

function indexWhere(name: string, key: Record<string, 1 | -1>, partialFilterExpression: object) {
  return { key, partialFilterExpression, name };
}

function uniqueWhere(...index: Parameters<typeof indexWhere>) {
  return { ...indexWhere(...index), unique: true };
}
