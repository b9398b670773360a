import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../../../src/core/clock.js';
import { UserError } from '../../../src/core/errors.js';
import { NodeFieldCipher } from '../../../src/core/field-cipher-node.js';
import { checkDigitOf } from '../../../src/core/id-number.js';
import type { Person } from '../../../src/features/appointments/appointment.js';
import {
  AppointmentStoreMongo,
  appointmentMigration,
} from '../../../src/features/appointments/appointment-store-mongo.js';
import { appointmentNoticeBook } from '../../../src/features/appointments/appointment-notice-book.js';
import {
  createOwedNoticeBook,
  owedNoticeMigrations,
} from '../../../src/features/owed-notices/owed-notices-feature.js';
import { AppointmentDesk } from '../../../src/features/appointments/booking/appointment-desk.js';
import { secureDraws } from '../../../src/features/appointments/booking/booking-parts.js';
import type { Service } from '../../../src/features/appointments/offer.js';
import type { OfferReader } from '../../../src/features/appointments/offer-reader.js';
import { slotMigration, SlotStoreMongo } from '../../../src/features/appointments/slot-store-mongo.js';
import { auditMigrations, createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { migrate } from '../../../src/storage/migrations.js';
import { connectMongo, databaseOf, type MongoConnection } from '../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../src/storage/transactions-mongo.js';
import type { Bench, BenchOptions, BenchOutcome } from '../bench-definition.js';
import { describeMachine, formatTable, formatVerdicts, whole } from '../report.js';
import { startBenchDatabase } from '../servers/bench-database.js';
import { CheckThenInsert } from './check-then-insert.js';

const accountId = 'pingan-meizhou';
const slots = 8;
const capacity = 50;
/** Requests that a server works on at the same time. */
const atOnce = 200;
const rushes = [1_000, 4_000] as const;

/** What one rush of citizens came to. */
interface Rush {
  what: string;
  attempts: number;
  seconds: number;
  booked: number;
  refused: number;
  /** More than there are places. */
  overbooked: number;
}

/**
 * A rush of citizens for 400 places in eight slots, 200 at the same time: each holds a place and books it, or is told
 * that it is full. Then the same rush the check-then-insert way. All of it on one desk, without HTTP.
 */
export const bookingBench: Bench = {
  name: 'booking',
  summary: 'citizens who want the same places at once, and the check-then-insert way on the same data',
  run,
};

async function run({ say }: BenchOptions): Promise<BenchOutcome> {
  const database = await startBenchDatabase(say);
  const connections: MongoConnection[] = [];
  const connect = async (name: string) => {
    const connection = await connectMongo(database.uriOf(name), silentLogger);
    connections.push(connection);
    return connection;
  };
  try {
    say(await describeMachine(database));
    await rushDesk(await connect('warm'), 500);
    const results: Rush[] = [];
    let differences = 0;
    for (const citizens of rushes) {
      const desk = await rushDesk(await connect(`desk_${citizens}`), citizens);
      differences += desk.differences;
      results.push(desk.rush, await rushCheckThenInsert(await connect(`naive_${citizens}`), citizens));
    }
    return report(say, results, differences);
  } finally {
    for (const connection of connections) await connection.close();
    await database.stop();
  }
}

async function rushDesk(
  connection: MongoConnection,
  citizens: number,
): Promise<{ rush: Rush; differences: number }> {
  const { desk, slotIds } = await openDesk(connection, systemClock);
  const rush = await time('Suishen', citizens, async (nth) => {
    const citizen = { accountId, openid: `o-${nth}` };
    try {
      const { appointmentId } = await desk.hold(citizen, slotIds[nth % slots] ?? '');
      await desk.book(citizen, appointmentId, personOf(nth), { notice: 'bench', at: new Date() });
      return true;
    } catch (error) {
      if (error instanceof UserError && error.code === 'slot_full') return false;
      throw error;
    }
  });
  return { rush, differences: (await desk.reconcile(accountId)).length };
}

async function rushCheckThenInsert(connection: MongoConnection, citizens: number): Promise<Rush> {
  const bookings = await CheckThenInsert.open(databaseOf(connection), capacity);
  return time('check, then insert', citizens, (nth) => bookings.book({ slotId: `${nth % slots}`, nth }));
}

async function time(
  what: string,
  citizens: number,
  attempt: (nth: number) => Promise<boolean>,
): Promise<Rush> {
  const startedAt = performance.now();
  const outcomes: boolean[] = [];
  let next = 0;
  const worker = async () => {
    while (next < citizens) {
      next += 1;
      outcomes.push(await attempt(next));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - startedAt) / 1_000;
  const booked = outcomes.filter(Boolean).length;
  const overbooked = Math.max(0, booked - slots * capacity);
  return { what, attempts: citizens, seconds, booked, refused: citizens - booked, overbooked };
}

function report(say: BenchOptions['say'], results: readonly Rush[], differences: number): BenchOutcome {
  say(
    `\n${formatTable(
      ['', 'citizens', 'attempts/s', 'places', 'booked', 'told that it is full', 'overbooked'],
      results.map(({ what, attempts, seconds, booked, refused, overbooked }) => [
        what,
        whole(attempts),
        whole(attempts / seconds),
        whole(slots * capacity),
        whole(booked),
        whole(refused),
        whole(overbooked),
      ]),
    )}`,
  );
  const ours = results.filter(({ what }) => what === 'Suishen');
  const wrong = ours.filter(({ booked }) => booked !== slots * capacity).length;
  say(
    `\n${formatVerdicts([
      {
        what: 'every place given, and none twice',
        measured: ours.map(({ booked }) => whole(booked)).join(' · '),
        goal: ours.map(() => whole(slots * capacity)).join(' · '),
        met: wrong === 0,
      },
      {
        what: 'slots whose count is not their records',
        measured: whole(differences),
        goal: '0',
        met: differences === 0,
      },
    ])}`,
  );
  const figures = Object.fromEntries(
    results.flatMap(({ what, attempts, seconds, booked, overbooked }) => {
      const name = `${what === 'Suishen' ? 'desk' : 'check_then_insert'}_${attempts}`;
      return [
        [`${name}_attempts_per_second`, attempts / seconds],
        [`${name}_booked`, booked],
        [`${name}_overbooked`, overbooked],
      ];
    }),
  );
  return { figures: { places: slots * capacity, differences, ...figures }, faulty: wrong + differences > 0 };
}

async function openDesk(connection: MongoConnection, clock: Clock) {
  const migrations = [...auditMigrations, slotMigration, appointmentMigration, ...owedNoticeMigrations];
  await migrate(connection, migrations);
  const slotStore = new SlotStoreMongo(connection);
  const key = randomBytes(32);
  const desk = new AppointmentDesk({
    slots: slotStore,
    appointments: new AppointmentStoreMongo(connection),
    notices: appointmentNoticeBook(createOwedNoticeBook(connection)),
    transactions: new TransactionRunnerMongo(connection),
    cipher: new NodeFieldCipher({ key, hashKey: key }),
    audit: createAuditFeature({ connection, clock }).trail,
    offers: offerOf(service),
    draws: secureDraws,
    clock,
  });
  const range = await planSlots(slotStore, clock.now());
  return { desk, slotIds: (await slotStore.list(range)).map(({ slotId }) => slotId) };
}

async function planSlots(store: SlotStoreMongo, now: number) {
  const day = new Date(now + 2 * dayMs).toISOString().slice(0, 10);
  const opensAt = Date.parse(`${day}T09:00:00+08:00`);
  await store.plan(
    Array.from({ length: slots }, (_, nth) => {
      const startsAt = new Date(opensAt + nth * 30 * 60_000);
      const times = { startsAt, endsAt: new Date(startsAt.getTime() + 30 * 60_000), bookableUntil: startsAt };
      const where = { accountId, service: service.id, venue: 'hall', day };
      return { ...where, ...times, capacity, bookableFrom: new Date(now), closed: null };
    }),
  );
  return { accountId, firstDay: day, lastDay: day };
}

const dayMs = 86_400_000;

const service: Service = {
  id: 'id-card',
  name: '身份证',
  materials: [],
  note: '',
  limit: { count: 1, per: 'ahead' },
  leadMinutes: 0,
  horizonDays: 14,
  releasesAt: '00:00',
  cancelUntilMinutes: 0,
  offerMinutes: 30,
  noShow: { count: 3, withinDays: 90, blockDays: 30 },
  isPaused: false,
};

function offerOf(only: Service): OfferReader {
  return {
    services: async () => [only],
    findService: async () => only,
    venues: async () => [],
    findVenue: async () => null,
    schedulesOf: async () => [],
  };
}

function personOf(nth: number): Person {
  const digits = `441402${1950 + Math.floor(nth / 1_000)}0101${String(nth % 1_000).padStart(3, '0')}`;
  return { name: '市民', idNumber: digits + checkDigitOf(digits), phone: '13800000000' };
}
