import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { Appointment } from '../../src/features/appointments/appointment.js';
import {
  AppointmentStoreMongo,
  appointmentMigration,
} from '../../src/features/appointments/appointment-store-mongo.js';
import type { OwnRecordStore } from '../../src/features/appointments/own-record-store.js';
import { OwnRecordStoreMongo } from '../../src/features/appointments/own-record-store-mongo.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { OwnRecordStoreFake } from '../support/fakes/own-record-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Hall {
  runner: TransactionRunner;
  records: OwnRecordStore;
  add(appointment: Appointment): Promise<void>;
}

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([appointmentMigration]);
});
afterAll(() => database.close());

const adapters: [string, () => Hall][] = [
  [
    'in memory',
    () => {
      const records = new OwnRecordStoreFake();
      return {
        runner: new TransactionRunnerFake(),
        records,
        add: async (appointment) => void records.all.push(appointment),
      };
    },
  ],
  [
    'on MongoDB',
    () => {
      const runner = new TransactionRunnerMongo(database.connection);
      const appointments = new AppointmentStoreMongo(database.connection);
      return {
        runner,
        records: new OwnRecordStoreMongo(database.connection),
        add: (appointment) => runner.run((tx) => appointments.add(tx, appointment)),
      };
    },
  ],
];

const at = new Date('2026-11-22T08:00:00Z');

describe.each(adapters)('a citizen’s own records %s', (_name, open) => {
  let hall: Hall;
  let amei: { accountId: string; openid: string };
  beforeEach(() => {
    hall = open();
    amei = { accountId: 'meizhou', openid: `o${randomUUID()}` };
  });

  async function add(state: Appointment['state'], changes: Partial<Appointment> = {}): Promise<Appointment> {
    const appointment: Appointment = {
      ...amei,
      appointmentId: randomUUID(),
      state,
      service: 'id-card',
      venue: 'hall-a',
      day: '2026-11-20',
      slotId: 'slot',
      personKey: 'digest',
      sealed: 'sealed',
      code: randomUUID(),
      consent: { notice: '2026-11-22', at },
      movedFrom: [],
      createdAt: at,
      changedAt: at,
      expiresAt: at,
      ...changes,
    };
    await hall.add(appointment);
    return appointment;
  }

  const erase = () => hall.runner.run((tx) => hall.records.erase(tx, amei));

  it('are listed, the latest made first, and nobody else’s', async () => {
    const old = await add('arrived');
    const recent = await add('booked', { createdAt: new Date(at.getTime() + 1) });
    await add('booked', { openid: 'somebody else' });
    await add('booked', { accountId: 'elsewhere' });
    expect(await hall.records.list(amei)).toEqual([recent, old]);
  });

  it('are deleted where they came to nothing, and what lies ahead is left alone', async () => {
    for (const state of ['cancelled', 'closed', 'lapsed'] as const) await add(state);
    const ahead = [await add('booked'), await add('offered'), await add('waiting')];
    expect(await erase()).toEqual({ deleted: 3, anonymised: 0 });
    expect(await hall.records.list(amei)).toHaveLength(ahead.length);
  });

  it('of visits lose their person, and keep what the rules count by', async () => {
    await add('arrived', { claim: { period: '2026-11', ordinal: 0 }, personKey: randomUUID() });
    await add('missed');
    const others = await add('arrived', { openid: 'somebody else', service: 'passport' });
    expect(await erase()).toEqual({ deleted: 0, anonymised: 2 });
    expect(await hall.records.list(amei)).toEqual([]);
    expect(await erase()).toEqual({ deleted: 0, anonymised: 0 });
    const nobody = await hall.records.list({ accountId: 'meizhou', openid: '' });
    const theirs = nobody.filter(({ slotId }) => slotId === 'slot');
    for (const record of theirs) {
      expect(record.personKey).toBeDefined();
      for (const field of ['sealed', 'code', 'consent', 'objection'])
        expect(record).not.toHaveProperty(field);
    }
    expect(await hall.records.list({ accountId: 'meizhou', openid: 'somebody else' })).toContainEqual(others);
  });
});
