import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/core/clock.js';
import { auditMigrations, createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import type { AuditTrail } from '../../../src/features/audit/audit-trail.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { connectMongo, databaseOf, type MongoConnection } from '../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../src/storage/transactions-mongo.js';
import { buildEntry } from '../../support/audit-builders.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';

let database: TestDatabase;
let secondNode: MongoConnection;

beforeAll(async () => {
  database = await openTestDatabase(auditMigrations);
  secondNode = await connectMongo(database.uri, silentLogger);
});

afterAll(async () => {
  await secondNode.close();
  await database.close();
});

describe('the audit trail on MongoDB', () => {
  it('makes one unbroken chain of 50 events that two nodes append at once', async () => {
    const accountId = randomUUID();
    const nodes = [openNode(database.connection), openNode(secondNode)];
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        nodes[index % 2]!.append({ accountId, object: { kind: 'reply', id: String(index) } }),
      ),
    );

    const { trail } = nodes[0]!;
    expect(await trail.verify(accountId)).toMatchObject({ intact: true, events: 50 });
    const { events } = await trail.list({ accountId }, 100);
    expect(new Set(events.map(({ object }) => object.id)).size).toBe(50);
  });

  it('verifies what no JSON or UTF-8 keeps as it is', async () => {
    const accountId = randomUUID();
    const { trail, append } = openNode(database.connection);
    await append({
      accountId,
      reason: 'half a pair \uD83D and a 𠮷',
      changes: [
        { path: 'a.b', before: undefined, after: new Date(0) },
        {
          path: 'numbers',
          before: [-0, 1e21, 2 ** 53, 0.1],
          after: { $set: 1, 'a.b': { '\uDC00': undefined } },
        },
      ],
    });

    expect(await trail.verify(accountId)).toMatchObject({ intact: true, events: 1 });
  });

  it('verifies a chain to which others append meanwhile', async () => {
    const accountId = randomUUID();
    const { trail, append } = openNode(database.connection);
    await append({ accountId });
    const [verification] = await Promise.all([
      trail.verify(accountId),
      ...Array.from({ length: 10 }, () => append({ accountId })),
    ]);

    expect(verification.intact).toBe(true);
  });

  it('says of a chain that has not begun that it is whole', async () => {
    const { trail } = openNode(database.connection);
    expect(await trail.verify(randomUUID())).toMatchObject({ intact: true, events: 0 });
  });

  describe.each<[string, (accountId: string) => Promise<unknown>, object]>([
    [
      'altered an event',
      (accountId) => events().updateOne({ accountId, seq: 3 }, { $set: { 'by.name': '别人' } }),
      { seq: 3, fault: 'altered' },
    ],
    [
      'removed an event',
      (accountId) => events().deleteOne({ accountId, seq: 3 }),
      { seq: 3, fault: 'missing' },
    ],
    [
      'removed the last event',
      (accountId) => events().deleteOne({ accountId, seq: 5 }),
      { seq: 5, fault: 'cut_off' },
    ],
    ['removed all events', (accountId) => events().deleteMany({ accountId }), { seq: 1, fault: 'cut_off' }],
    [
      'removed the end of the chain',
      (accountId) => heads().deleteOne({ _id: accountId }),
      { seq: 1, fault: 'beyond_end' },
    ],
    [
      'moved the end of the chain back',
      (accountId) => heads().updateOne({ _id: accountId }, { $set: { seq: 3 } }),
      { seq: 3 + 1, fault: 'beyond_end' },
    ],
    [
      'put another event in its place, sealed anew',
      async (accountId) => {
        const other = randomUUID();
        for (let count = 0; count < 3; count += 1) await openNode(secondNode).append({ accountId: other });
        await events().deleteOne({ accountId, seq: 3 });
        const { trail } = openNode(secondNode);
        const [foreign] = (await trail.list({ accountId: other }, 1)).events;
        await events().insertOne({ ...foreign!, accountId });
      },
      { seq: 3, fault: 'altered' },
    ],
  ])('when somebody %s in the database', (_what, tamper, found) => {
    it('says where the chain breaks', async () => {
      const accountId = randomUUID();
      const { trail, append } = openNode(database.connection);
      for (let count = 0; count < 5; count += 1) await append({ accountId });
      await tamper(accountId);

      expect(await trail.verify(accountId)).toMatchObject({ intact: false, ...found });
    });
  });

  it('exports all events, the oldest first', async () => {
    const accountId = randomUUID();
    const { trail, append } = openNode(database.connection);
    for (let count = 0; count < 3; count += 1) await append({ accountId });
    const seqs: number[] = [];
    for await (const { seq } of trail.export({ accountId })) seqs.push(seq);

    expect(seqs).toEqual([1, 2, 3]);
  });
});

function openNode(connection: MongoConnection) {
  const { trail } = createAuditFeature({ connection, clock: systemClock });
  const runner = new TransactionRunnerMongo(connection);
  const append = (entry: Parameters<typeof buildEntry>[0]) =>
    runner.run((tx) => trail.append(tx, buildEntry(entry)));
  return { trail, append } satisfies { trail: AuditTrail; append: unknown };
}

function events() {
  return databaseOf(database.connection).collection('audit_events');
}

function heads() {
  return databaseOf(database.connection).collection<{ _id: string }>('audit_heads');
}
