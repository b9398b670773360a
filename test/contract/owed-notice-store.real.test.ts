import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { OwedNotice, OwedNoticeBook } from '../../src/features/owed-notices/owed-notice.js';
import { movedNoticeMigration } from '../../src/features/owed-notices/owed-notice-migrations-store-mongo.js';
import { owedNoticeMigrations } from '../../src/features/owed-notices/owed-notices-feature.js';
import { OwedNoticeStoreMongo } from '../../src/features/owed-notices/owed-notice-store-mongo.js';
import { OwnNoticeStoreMongo } from '../../src/features/owed-notices/own-notice-store-mongo.js';
import type { OwnNotice, OwnNoticeStore } from '../../src/features/owed-notices/own-notice-store.js';
import { migrate } from '../../src/storage/migrations.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { OwedNoticeBookFake } from '../support/fakes/owed-notice-book-fake.js';
import { OwnNoticeStoreFake } from '../support/fakes/own-notice-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Office {
  runner: TransactionRunner;
  book: OwedNoticeBook;
  own: OwnNoticeStore;
  /** As it stands somewhere on its way. */
  put(notice: OwnNotice): Promise<void>;
}

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(owedNoticeMigrations);
});
afterAll(() => database.close());

const adapters: [string, () => Office][] = [
  [
    'in memory',
    () => {
      const own = new OwnNoticeStoreFake();
      return {
        runner: new TransactionRunnerFake(),
        book: new OwedNoticeBookFake(),
        own,
        put: async (notice) => void own.all.push(notice),
      };
    },
  ],
  [
    'on MongoDB',
    () => ({
      runner: new TransactionRunnerMongo(database.connection),
      book: new OwedNoticeStoreMongo(database.connection),
      own: new OwnNoticeStoreMongo(database.connection),
      async put(notice) {
        await databaseOf(database.connection)
          .collection('owed_notices')
          .insertOne({ ...notice });
      },
    }),
  ],
];

const at = new Date('2026-11-22T08:00:00Z');
const later = new Date(at.getTime() + 1);

function build(changes: Partial<OwnNotice> = {}): OwnNotice {
  return {
    accountId: 'meizhou',
    subject: { kind: 'appointment', id: randomUUID() },
    openid: 'o-1',
    kind: 'reminder_day',
    about: at,
    dueAt: at,
    until: at,
    ...changes,
  };
}

describe.each(adapters)('messages that are owed %s', (_name, open) => {
  let office: Office;
  beforeEach(() => {
    office = open();
  });
  const owe = (notice: OwedNotice) => office.runner.run((tx) => office.book.add(tx, notice));

  it('are new until they are owed, each by its subject, its kind and what it is about', async () => {
    const notice = build();
    const { subject } = notice;
    const others = [
      build({ subject: { kind: 'registration', id: subject.id } }),
      build({ subject, kind: 'cancelled' }),
      build({ subject, about: later }),
      build({ subject, accountId: 'elsewhere' }),
    ];
    expect(await office.book.listNew([notice, ...others])).toEqual([notice, ...others]);
    await owe(notice);
    await owe({ ...notice, dueAt: later });
    expect(await office.book.listNew([notice, ...others])).toEqual(others);
    expect(await office.book.listNew([])).toEqual([]);
  });

  it('are not owed where the transaction fails', async () => {
    const notice = build();
    const failing = office.runner.run(async (tx) => {
      await office.book.add(tx, notice);
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(await office.book.listNew([notice])).toEqual([notice]);
  });

  it('are shown to their citizen, the latest first, and go but for what is on its way', async () => {
    const mine = { accountId: 'meizhou', openid: `o${randomUUID()}` };
    const waiting = build({ ...mine, dueAt: later });
    const sending = build({ ...mine, state: 'sending' });
    const others = build({ openid: `o${randomUUID()}`, state: 'sent' });
    for (const one of [sending, waiting, others]) await office.put(one);
    expect(await office.own.list(mine)).toEqual([waiting, sending]);
    expect(await office.runner.run((tx) => office.own.erase(tx, mine))).toBe(1);
    expect(await office.own.list(mine)).toEqual([sending]);
    expect(await office.own.list(others)).toEqual([others]);
    expect(await office.own.list({ ...mine, accountId: 'elsewhere' })).toEqual([]);
  });
});

describe('messages about appointments that stood by themselves', () => {
  it('are moved with their ids, also when the move was cut off, and nothing that went on meanwhile is lost', async () => {
    const old = await openTestDatabase([]);
    const db = databaseOf(old.connection);
    const { subject: _subject, ...rest } = build();
    const earlier = db.collection('appointment_notices');
    await earlier.createIndex(
      { accountId: 1, appointmentId: 1, kind: 1, about: 1 },
      { unique: true, name: 'notice' },
    );
    const { insertedIds } = await earlier.insertMany([
      { ...rest, appointmentId: 'a1', state: 'sent', endedAt: at, messageId: '9007199254740993' },
      { ...rest, appointmentId: 'a2' },
    ]);
    await migrate(old.connection, owedNoticeMigrations);
    const moved = db.collection('owed_notices');
    expect(await moved.find().sort({ 'subject.id': 1 }).toArray()).toEqual([
      {
        _id: insertedIds[0],
        ...rest,
        subject: { kind: 'appointment', id: 'a1' },
        state: 'sent',
        endedAt: at,
        messageId: '9007199254740993',
      },
      { _id: insertedIds[1], ...rest, subject: { kind: 'appointment', id: 'a2' } },
    ]);
    expect(await db.listCollections({ name: 'appointment_notices' }).toArray()).toEqual([]);

    await moved.updateOne({ _id: insertedIds[1]! }, { $set: { state: 'unknown' } });
    await earlier.insertMany([
      { _id: insertedIds[1]!, ...rest, appointmentId: 'a2' },
      { ...rest, appointmentId: 'a3' },
    ]);
    await movedNoticeMigration.up(db);
    await movedNoticeMigration.up(db);
    expect(await moved.distinct('subject.id')).toEqual(['a1', 'a2', 'a3']);
    expect(await moved.findOne({ _id: insertedIds[1]! })).toMatchObject({ state: 'unknown' });
    await old.close();
  });
});
