import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import { emptyChain, sealEvent } from '../../src/features/audit/audit-chain.js';
import type { AuditEntry } from '../../src/features/audit/audit-event.js';
import { AuditStoreMongo, auditMigration } from '../../src/features/audit/audit-store-mongo.js';
import type { AuditStore } from '../../src/features/audit/audit-store.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { buildActor, buildEntry } from '../support/audit-builders.js';
import { AuditStoreFake } from '../support/fakes/audit-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase([auditMigration]);
});

afterAll(() => database.close());

interface Adapter {
  store: AuditStore;
  runner: TransactionRunner;
}

const adapters: [string, () => Adapter][] = [
  ['in memory', () => ({ store: new AuditStoreFake(), runner: new TransactionRunnerFake() })],
  [
    'on MongoDB',
    () => ({
      store: new AuditStoreMongo(database.connection),
      runner: new TransactionRunnerMongo(database.connection),
    }),
  ],
];

describe.each(adapters)('an audit store %s', (_name, open) => {
  it('knows no end of a chain that has not begun', async () => {
    expect(await open().store.findHead(randomUUID())).toBeNull();
  });

  it('gives back events as they were sealed, and where their chain ends', async () => {
    const { store, add, accountId } = await openChain(open(), 0);
    const event = await add({ reason: '更正', changes: [{ path: 'text', after: { 深: [1, null, true] } }] });

    expect(await store.list({ accountId }, 10)).toEqual([event]);
    expect(await store.findHead(accountId)).toEqual({ seq: 1, hash: event.hash });
  });

  it('keeps nothing of a transaction that failed', async () => {
    const { store, runner, accountId } = await openChain(open(), 1);
    const failed = runner.run(async (tx) => {
      await store.append(tx, sealEvent(buildEntry({ accountId }), (await store.findHead(accountId))!, now));
      throw new Error('no');
    });

    await expect(failed).rejects.toThrow('no');
    expect(await store.list({ accountId }, 10)).toHaveLength(1);
    expect(await store.findHead(accountId)).toMatchObject({ seq: 1 });
  });

  it('lists the newest first, page by page', async () => {
    const { store, accountId } = await openChain(open(), 5);
    const seqs = async (limit: number, before?: number) =>
      (await store.list({ accountId }, limit, before)).map(({ seq }) => seq);

    expect([await seqs(3), await seqs(3, 3)]).toEqual([
      [5, 4, 3],
      [2, 1],
    ]);
  });

  it('streams the oldest first', async () => {
    const { store, accountId } = await openChain(open(), 3);
    const seqs: number[] = [];
    for await (const { seq } of store.stream({ accountId })) seqs.push(seq);

    expect(seqs).toEqual([1, 2, 3]);
  });

  it.each<[string, object, number]>([
    ['by who did it', { staffId: 'wang' }, 2],
    ['by what was done', { action: 'notice.send' }, 3],
    ['by the kind of its object', { objectKind: 'notice' }, 4],
    ['by its object', { objectKind: 'notice', objectId: 'n5' }, 5],
    ['from a time on', { from: new Date('2026-11-22T09:00:00Z') }, 6],
    ['up to a time', { to: new Date('2026-11-22T07:00:00Z') }, 1],
  ])('finds events %s', async (_what, selection, seq) => {
    const { store, add, accountId } = await openChain(open(), 0);
    await add({}, new Date('2026-11-22T06:59:59Z'));
    await add({ ...buildActor('wang') });
    await add({ action: 'notice.send' });
    await add({ object: { kind: 'notice', id: 'n4' } });
    await add({ object: { kind: 'notice', id: 'n5' } });
    await add({}, new Date('2026-11-22T09:00:00Z'));

    expect((await store.list({ accountId, ...selection }, 10)).map((event) => event.seq)).toContain(seq);
    expect(await store.list({ accountId, ...selection }, 10)).toHaveLength(
      'objectKind' in selection && !('objectId' in selection) ? 2 : 1,
    );
  });

  it('keeps the chains of two accounts apart', async () => {
    const adapter = open();
    const one = await openChain(adapter, 2);
    const other = await openChain(adapter, 1);

    expect(await adapter.store.findHead(one.accountId)).toMatchObject({ seq: 2 });
    expect(await adapter.store.list({ accountId: other.accountId }, 10)).toHaveLength(1);
  });
});

const now = new Date('2026-11-22T08:00:00Z');

/** A chain of its own with `length` events, and a way to add more. */
async function openChain({ store, runner }: Adapter, length: number) {
  const accountId = randomUUID();
  const add = (overrides: Partial<AuditEntry> = {}, at = now) =>
    runner.run(async (tx) => {
      const head = (await store.findHead(accountId, tx)) ?? emptyChain;
      const event = sealEvent(buildEntry({ accountId, ...overrides }), head, at);
      await store.append(tx, event);
      return event;
    });
  for (let count = 0; count < length; count += 1) await add();
  return { store, runner, add, accountId };
}
