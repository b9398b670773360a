import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { RecipientListStore } from '../../src/features/notices/lists/recipient-list-store.js';
import type { RecipientList } from '../../src/features/notices/lists/recipient-list.js';
import {
  recipientListMigration,
  RecipientListStoreMongo,
} from '../../src/features/notices/recipient-list-store-mongo.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { RecipientListStoreFake } from '../support/fakes/recipient-list-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { noticeAccount } from '../support/notice-builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase([recipientListMigration]);
});
afterAll(() => database.close());

const kinds: [string, () => { lists: RecipientListStore; transactions: TransactionRunner }][] = [
  ['in memory', () => ({ lists: new RecipientListStoreFake(), transactions: new TransactionRunnerFake() })],
  [
    'on MongoDB',
    () => ({
      lists: new RecipientListStoreMongo(database.connection),
      transactions: new TransactionRunnerMongo(database.connection),
    }),
  ],
];

const soon = new Date(Date.now() + 86_400_000);
const later = new Date(Date.now() + 2 * 86_400_000);

describe.each(kinds)('the store of recipient lists %s', (_, open) => {
  let bench: ReturnType<typeof open>;
  let list: RecipientList;

  beforeEach(async () => {
    bench = open();
    list = {
      accountId: noticeAccount,
      id: randomUUID(),
      filename: '名单.csv',
      columns: ['姓名', '备注.一', '$价'],
      rows: 3,
      usable: 2,
      blanks: [{ column: '备注.一', people: 1 }],
      columnFaults: [],
      rowFaults: [{ row: 2, code: 'openid_malformed', column: null, message: 'openid 的格式不对' }],
      faultCounts: { openid_malformed: 1 },
      confirmed: false,
      uploadedBy: { staffId: 'li', name: '李' },
      createdAt: new Date(),
      expiresAt: soon,
    };
    await bench.transactions.run((tx) => bench.lists.add(tx, list));
  });

  it('keeps a list as it is, for its account', async () => {
    expect(await bench.lists.find(list)).toEqual(list);
    expect(await bench.lists.find({ ...list, accountId: 'meizhou-traffic' })).toBeNull();
  });

  it('keeps its rows page by page', async () => {
    const rows = [{ openid: 'o1', sealed: 'sealed' }, { openid: 'o2' }];
    await bench.lists.addRows(list, 0, rows);
    await bench.lists.addRows(list, 1, [{ openid: 'o3' }]);
    expect(await bench.lists.readRows(list, 0)).toEqual(rows);
    expect(await bench.lists.readRows(list, 1)).toEqual([{ openid: 'o3' }]);
    expect(await bench.lists.readRows(list, 2)).toEqual([]);
    expect(await bench.lists.readRows({ ...list, accountId: 'meizhou-traffic' }, 0)).toEqual([]);
    await bench.lists.removeRows(list);
    expect(await bench.lists.readRows(list, 0)).toEqual([]);
  });

  it('is confirmed once', async () => {
    const confirm = () => bench.transactions.run((tx) => bench.lists.confirm(tx, list));
    expect(await confirm()).toBe(true);
    expect(await confirm()).toBe(false);
    expect(await bench.lists.find(list)).toEqual({ ...list, confirmed: true });
  });

  it('is kept for longer, never for less', async () => {
    const keepUntil = (at: Date) => bench.transactions.run((tx) => bench.lists.keepUntil(tx, list, at));
    await keepUntil(later);
    await keepUntil(soon);
    expect(await bench.lists.find(list)).toMatchObject({ expiresAt: later });
  });
});
