import { Registry } from 'prom-client';
import { businessDay, instantOf } from '../../src/core/business-day.js';
import type { SendOutcome } from '../../src/core/outbound-messenger.js';
import { NodeFieldCipher } from '../../src/core/field-cipher-node.js';
import { createAppointmentsFeature } from '../../src/features/appointments/appointments-feature.js';
import type { Citizen } from '../../src/features/appointments/booking-desk.js';
import { createAppointmentNotices } from '../../src/features/appointments/notices-feature.js';
import type { Slot } from '../../src/features/appointments/slot.js';
import { SlotStoreMongo } from '../../src/features/appointments/slot-store-mongo.js';
import { createOwedNotices } from '../../src/features/owed-notices/owed-notices-feature.js';
import { createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { silentLogger } from '../../src/observability/logger.js';
import { findAnnouncedDatabase } from '../../src/storage/embedded/announce-database.js';
import { findFieldKeys } from '../../src/storage/field-keys.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';
import { accountId, citizen, ClockFake, consent, day, person } from './booking.js';

/** Citizens of a product that runs without the role `worker`: they book whatever the time is. */
export type ProductAppointments = Awaited<ReturnType<typeof openProductAppointments>>;

/** Looks at the database of the product that runs with this DATA_DIR. */
export async function openProductAppointments(dataDir: string) {
  const connection = await connectMongo((await findAnnouncedDatabase(dataDir))!, silentLogger);
  const clock = new ClockFake();
  const today = businessDay(Date.now());
  // The evening before: everything of today lies ahead.
  clock.at = instantOf(today, '00:00').getTime() - day / 8;
  const { trail: audit } = createAuditFeature({ connection, clock });
  const parts = {
    connection,
    audit,
    cipher: new NodeFieldCipher((await findFieldKeys(dataDir))!),
    clock,
    logger: silentLogger,
  };
  const { desk, offers, timetable } = createAppointmentsFeature({
    ...parts,
    accountIds: [accountId],
    registry: new Registry(),
  });
  const slots = new SlotStoreMongo(connection);
  return {
    clock,
    today,
    /** A slot at hall A for identity cards, whatever the weekday. */
    async makeSlot(on: string, from: string, to: string, capacity: number): Promise<Slot> {
      const startsAt = instantOf(on, from);
      const place = { accountId, service: 'id-card', venue: 'hall-a' };
      const bounds = { bookableFrom: new Date(0), bookableUntil: startsAt };
      const times = { day: on, startsAt, endsAt: instantOf(on, to) };
      await slots.plan([{ ...place, ...times, ...bounds, capacity, closed: null }]);
      const ofDay = await slots.list({ ...place, firstDay: on, lastDay: on });
      return ofDay.find((slot) => slot.startsAt.getTime() === startsAt.getTime())!;
    },
    /** The nth citizen books. */
    async book(nth: number, { slotId }: Slot) {
      const { appointmentId } = await desk.hold(citizen(nth), slotId);
      return desk.book(citizen(nth), appointmentId, person(nth), consent);
    },
    /** Of the appointment of a citizen who has one. */
    async dayOf(someone: Citizen): Promise<string> {
      const [mine] = await desk.listOf(someone);
      return mine!.day;
    },
    /** As if the days had passed: the only appointment of a citizen is at this moment's day. */
    async bringToToday(someone: Citizen): Promise<void> {
      const slot = await this.makeSlot(today, '23:30', '23:59', 1);
      const [mine] = await desk.listOf(someone);
      await desk.move(someone, mine!.appointmentId, slot.slotId);
    },
    /** The nth citizen does not come to what they booked, and says why. */
    async missAndObject(nth: number, slot: Slot, text: string): Promise<void> {
      const { appointmentId } = await this.book(nth, slot);
      clock.at = slot.endsAt.getTime() + day;
      await desk.markMissed(clock.at);
      await desk.objectToMiss(citizen(nth), appointmentId, text);
    },
    /** Staff cancel what the nth citizen booked, and telling them ends so. */
    async cancelUntold(nth: number, slot: Slot, outcome: SendOutcome): Promise<void> {
      const { appointmentId } = await this.book(nth, slot);
      const actor = { by: { staffId: 's1', name: '小李' }, from: { address: '127.0.0.1', agent: 'test' } };
      await desk.cancelForCitizen({ accountId, appointmentId, reason: '窗口停电' }, actor);
      const { subject } = createAppointmentNotices({
        ...parts,
        offers,
        timetable,
        templateOf: () => undefined,
        pageOf: () => '',
      });
      const { worker } = createOwedNotices({
        ...parts,
        subjects: [subject],
        messenger: {
          async sendNotice(_accountId, _openid, _notice, { beforeCall }) {
            await beforeCall('customer_service');
            return { channel: 'customer_service', outcome };
          },
        },
        registry: new Registry(),
      });
      await worker.sendDue();
      clock.at += 60_000;
    },
    close: () => connection.close(),
  };
}
