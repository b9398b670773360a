import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import { contentMigrations } from '../../src/features/content/content-migrations-store-mongo.js';
import { FrozenContentStoreMongo } from '../../src/features/content/frozen-content-store-mongo.js';
import type { FrozenContentStore } from '../../src/features/content/frozen-content-store.js';
import { freezeContent } from '../../src/features/content/items/frozen-content.js';
import type { Submission } from '../../src/features/content/review/submission.js';
import { SnapshotStoreMongo } from '../../src/features/content/snapshot-store-mongo.js';
import type { Snapshot, SnapshotStore } from '../../src/features/content/snapshot-store.js';
import { SubmissionStoreMongo } from '../../src/features/content/submission-store-mongo.js';
import type { SubmissionStore } from '../../src/features/content/submission-store.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { buildContent, textReply } from '../support/content-builder.js';
import { FrozenContentStoreFake } from '../support/fakes/frozen-content-store-fake.js';
import { SnapshotStoreFake } from '../support/fakes/snapshot-store-fake.js';
import { SubmissionStoreFake } from '../support/fakes/submission-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase(contentMigrations);
});

afterAll(() => database.close());

interface Stores {
  submissions: SubmissionStore;
  contents: FrozenContentStore;
  snapshots: SnapshotStore;
  transactions: TransactionRunner;
}

const kinds: [string, () => Stores][] = [
  [
    'in memory',
    () => ({
      submissions: new SubmissionStoreFake(),
      contents: new FrozenContentStoreFake(),
      snapshots: new SnapshotStoreFake(),
      transactions: new TransactionRunnerFake(),
    }),
  ],
  [
    'on MongoDB',
    () => ({
      submissions: new SubmissionStoreMongo(database.connection),
      contents: new FrozenContentStoreMongo(database.connection),
      snapshots: new SnapshotStoreMongo(database.connection),
      transactions: new TransactionRunnerMongo(database.connection),
    }),
  ],
];

const li = { staffId: 'li', name: '李' };
const at = new Date('2026-11-22T08:00:00Z');
const outcome = { by: li, at, reason: '不对' };

describe.each(kinds)('stores of the review %s', (name, open) => {
  let stores: Stores;
  let accounts = 0;
  let accountId: string;

  beforeEach(() => {
    stores = open();
    accounts += 1;
    accountId = `${name} ${accounts}`;
  });

  const submission = (hash = 'h'): Omit<Submission, 'number'> => ({
    accountId,
    hash,
    draftRevision: 2,
    baseRelease: 1,
    stages: ['first', 'final'],
    note: '',
    submittedBy: li,
    submittedAt: at,
    authors: [li],
    approvals: [],
    state: 'pending',
  });

  const add = (hash?: string) =>
    stores.transactions.run((tx) => stores.submissions.add(tx, submission(hash)));

  it('number submissions from 1 within an account', async () => {
    expect([await add(), await add()]).toEqual([1, 2]);
    expect(await stores.submissions.find(accountId, 2)).toEqual({ ...submission(), number: 2 });
    expect(await stores.submissions.find('another', 2)).toBeNull();
  });

  it('list the newest first, page by page and by state', async () => {
    for (const hash of ['a', 'b', 'c']) await add(hash);
    await stores.transactions.run((tx) => stores.submissions.close(tx, accountId, 2, 'returned', outcome));
    const list = async (page: Parameters<SubmissionStore['list']>[1]) =>
      (await stores.submissions.list(accountId, page)).map(({ number }) => number);

    expect(await list({ limit: 2 })).toEqual([3, 2]);
    expect(await list({ limit: 2, before: 2 })).toEqual([1]);
    expect(await list({ limit: 9, state: 'pending' })).toEqual([3, 1]);
  });

  it('add approvals to what is pending, and nothing to what has ended', async () => {
    await add();
    const approve = () =>
      stores.transactions.run((tx) =>
        stores.submissions.approve(tx, accountId, 1, { stage: 'first', by: li, at }),
      );
    await approve();
    await stores.transactions.run((tx) => stores.submissions.close(tx, accountId, 1, 'rejected', outcome));

    expect(await stores.submissions.find(accountId, 1)).toMatchObject({
      approvals: [{ stage: 'first', by: li, at }],
      state: 'rejected',
      outcome,
    });
    await expect(approve()).rejects.toThrow('not pending');
    expect(await stores.submissions.wasRejected(accountId, 'h')).toBe(true);
    expect(await stores.submissions.wasRejected(accountId, 'other')).toBe(false);
  });

  it('keep frozen content once, whatever its size, and give back its lines in order', async () => {
    const replies = Array.from({ length: 3_000 }, (_, index) => textReply(`long-${index}`, '长'.repeat(200)));
    const frozen = await freezeContent(buildContent({ replies }));
    await Promise.all([stores.contents.keep(accountId, frozen), stores.contents.keep(accountId, frozen)]);
    await stores.contents.keep(accountId, frozen);

    expect(await stores.contents.findLines(accountId, frozen.hash)).toEqual(frozen.lines);
    expect(await stores.contents.findLines('another', frozen.hash)).toBeNull();
  });

  it('keep snapshots, the newest first', async () => {
    const snapshot = (id: string, minutes: number): Snapshot => ({
      id,
      accountId,
      name: id,
      hash: 'h',
      draftRevision: 1,
      by: li,
      at: new Date(at.getTime() + minutes * 60_000),
    });
    await stores.transactions.run((tx) => stores.snapshots.add(tx, snapshot('older', 0)));
    await stores.transactions.run((tx) => stores.snapshots.add(tx, snapshot('newer', 1)));

    expect((await stores.snapshots.list(accountId, 5)).map(({ id }) => id)).toEqual(['newer', 'older']);
    expect(await stores.snapshots.find(accountId, 'older')).toEqual(snapshot('older', 0));
    expect(await stores.snapshots.find('another', 'older')).toBeNull();
  });
});
