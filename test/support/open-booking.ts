import type { Service } from '../../src/features/appointments/offer.js';
import type { Slot } from '../../src/features/appointments/slot.js';
import type { SlotPlan } from '../../src/features/appointments/slot-store.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import {
  accountId,
  bookingMigrations,
  buildPlan,
  buildService,
  citizen,
  ClockFake,
  consent,
  OfferFake,
  openDesk,
  person,
} from './booking.js';
import { openTestDatabase } from './test-database.js';

/** A desk on a database of its own, whose clock stands at `monday`. */
export async function openBooking(...services: Service[]) {
  const database = await openTestDatabase(bookingMigrations);
  const { connection } = database;
  const clock = new ClockFake();
  const offers = new OfferFake(...(services.length > 0 ? services : [buildService()]));
  const parts = openDesk(connection, offers, clock);
  const { slots } = parts;
  return {
    ...parts,
    ...database,
    clock,
    offers,
    /** Makes a slot. */
    async plan(overrides: Partial<SlotPlan> = {}): Promise<Slot> {
      const plan = buildPlan(overrides);
      await slots.plan([plan]);
      const { service, venue } = plan;
      const list = await slots.list({ accountId, service, venue, firstDay: plan.day, lastDay: plan.day });
      return list.find(({ startsAt }) => startsAt.getTime() === plan.startsAt.getTime())!;
    },
    async taken({ slotId }: Slot): Promise<number> {
      return (await slots.find(accountId, slotId))!.taken;
    },
    /** Holds and books at once. */
    async book(nth: number, { slotId }: Slot, who = person(nth)) {
      const { appointmentId } = await parts.desk.hold(citizen(nth), slotId);
      return parts.desk.book(citizen(nth), appointmentId, who, consent);
    },
    async close(slot: Slot, because = '系统升级'): Promise<void> {
      await parts.transactions.run((tx) => slots.close(tx, [slot], because));
    },
    /** What citizens are owed, in the order in which it came. */
    async notices(): Promise<{ openid: string; kind: string }[]> {
      const found = await databaseOf(connection).collection('owed_notices').find().toArray();
      return found.map(({ openid, kind }) => ({ openid, kind }));
    },
    /** All that is stored, for a look at what could be read. */
    records: () => databaseOf(connection).collection('appointments').find().toArray(),
    dispose: database.close,
  };
}

export type BookingBench = Awaited<ReturnType<typeof openBooking>>;
