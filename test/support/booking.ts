import { createHash } from 'node:crypto';
import type { Clock } from '../../src/core/clock.js';
import { checkDigitOf } from '../../src/core/id-number.js';
import type { Person } from '../../src/features/appointments/appointment.js';
import { AppointmentDesk } from '../../src/features/appointments/booking/appointment-desk.js';
import { secureDraws } from '../../src/features/appointments/booking/booking-parts.js';
import {
  AppointmentStoreMongo,
  appointmentMigration,
} from '../../src/features/appointments/appointment-store-mongo.js';
import { appointmentNoticeBook } from '../../src/features/appointments/appointment-notice-book.js';
import type { Citizen } from '../../src/features/appointments/booking-desk.js';
import type { Service } from '../../src/features/appointments/offer.js';
import type { OfferReader } from '../../src/features/appointments/offer-reader.js';
import type { SlotPlan } from '../../src/features/appointments/slot-store.js';
import { slotMigration, SlotStoreMongo } from '../../src/features/appointments/slot-store-mongo.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import {
  createOwedNoticeBook,
  owedNoticeMigrations,
} from '../../src/features/owed-notices/owed-notices-feature.js';
import type { Migration } from '../../src/storage/migrations.js';
import type { MongoConnection } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { buildFieldCipher } from './builders.js';

export const accountId = 'pingan-meizhou';
/** A Monday, eight in the morning in Asia/Shanghai. */
export const monday = Date.parse('2026-11-23T00:00:00Z');
export const minute = 60_000;
export const day = 1_440 * minute;
export const consent = { notice: 'appointments-1', at: new Date(monday) };

export const bookingMigrations: readonly Migration[] = [
  ...auditMigrations,
  slotMigration,
  appointmentMigration,
  ...owedNoticeMigrations,
];

export function buildService(overrides: Partial<Service> = {}): Service {
  return {
    id: 'id-card',
    name: '身份证',
    materials: [],
    note: '',
    limit: { count: 1, per: 'ahead' },
    leadMinutes: 60,
    horizonDays: 14,
    releasesAt: '08:00',
    cancelUntilMinutes: 120,
    offerMinutes: 30,
    noShow: { count: 2, withinDays: 60, blockDays: 30 },
    isPaused: false,
    ...overrides,
  };
}

/** Half an hour at a hall, tomorrow at nine, unless told otherwise. */
export function buildPlan(overrides: Partial<SlotPlan> = {}): SlotPlan {
  const startsAt = overrides.startsAt ?? new Date(monday + day + 60 * minute);
  return {
    accountId,
    service: 'id-card',
    venue: 'hall-a',
    day: new Date(startsAt.getTime() + 480 * minute).toISOString().slice(0, 10),
    startsAt,
    endsAt: new Date(startsAt.getTime() + 30 * minute),
    capacity: 1,
    bookableFrom: new Date(monday - day),
    bookableUntil: new Date(startsAt.getTime() - 60 * minute),
    closed: null,
    ...overrides,
  };
}

/** The nth citizen. */
export function citizen(nth: number): Citizen {
  return { accountId, openid: `o-${nth}` };
}

/** The nth of some 27 million people, each with a well-formed ID number. */
export function person(nth: number): Person {
  const birth = new Date(Date.UTC(1930, 0, 1 + Math.floor(nth / 1_000))).toISOString().slice(0, 10);
  const digits = `441402${birth.replaceAll('-', '')}${String(nth % 1_000).padStart(3, '0')}`;
  return { name: `市民${nth}`, idNumber: digits + checkDigitOf(digits), phone: '13800000000' };
}

export class OfferFake implements OfferReader {
  readonly list: Service[];

  constructor(...services: Service[]) {
    this.list = services;
  }

  /** Changes a service, as staff do. */
  change(id: string, changes: Partial<Service>): void {
    const position = this.list.findIndex((service) => service.id === id);
    this.list[position] = { ...this.list[position]!, ...changes };
  }

  services = async () => this.list;
  findService = async (_accountId: string, id: string) => this.list.find((one) => one.id === id) ?? null;
  venues = async () => [];
  findVenue = async () => null;
  schedulesOf = async () => [];
}

/** A clock that goes when it is told. */
export class ClockFake implements Clock {
  at = monday;
  now = () => this.at;
  pass(ms: number): void {
    this.at += ms;
  }
}

const key = createHash('sha256').update('booking').digest();
/** The keys are the same in every process of a test. */
export const deskCipher = buildFieldCipher({ key, hashKey: key });

export function openDesk(connection: MongoConnection, offers: OfferReader, clock: Clock) {
  const slots = new SlotStoreMongo(connection);
  const appointments = new AppointmentStoreMongo(connection);
  const transactions = new TransactionRunnerMongo(connection);
  const { trail } = createAuditFeature({ connection, clock });
  const desk = new AppointmentDesk({
    slots,
    appointments,
    transactions,
    offers,
    clock,
    notices: appointmentNoticeBook(createOwedNoticeBook(connection)),
    cipher: deskCipher,
    audit: trail,
    draws: secureDraws,
  });
  return { desk, slots, appointments, transactions, trail };
}

/** The code of what was thrown; `done` if nothing was. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}
