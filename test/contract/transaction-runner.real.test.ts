import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UserError } from '../../src/core/errors.js';
import type { Transaction, TransactionRunner } from '../../src/core/transaction-runner.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo, databaseOf, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo, sessionOf } from '../../src/storage/transactions-mongo.js';
import { onRollback, TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { testDatabaseUri } from '../support/test-database.js';

/** The least that a store can be: two counters. */
interface Counters {
  read(name: string, tx?: Transaction): Promise<number>;
  write(tx: Transaction, name: string, value: number): Promise<void>;
}

const uri = testDatabaseUri('transactions');
let connection: MongoConnection;
let secondNode: MongoConnection;

beforeAll(async () => {
  connection = await connectMongo(uri, silentLogger);
  secondNode = await connectMongo(uri, silentLogger);
  await databaseOf(connection).createCollection('counters');
});

afterAll(async () => {
  await connection.close();
  await secondNode.close();
});

/** A node: its transactions, and its way to the counters that all nodes share. */
interface Node {
  runner: TransactionRunner;
  counters: Counters;
}

const adapters: [string, () => Node[]][] = [
  ['in memory', () => [{ runner: new TransactionRunnerFake(), counters: memoryCounters() }]],
  [
    'on MongoDB, from two nodes',
    () =>
      [connection, secondNode].map((node) => ({
        runner: new TransactionRunnerMongo(node),
        counters: mongoCounters(node),
      })),
  ],
];

describe.each(adapters)('transactions %s', (adapter, open) => {
  it('keep everything that was written, and give back the result', async () => {
    const [{ runner, counters }] = open() as [Node];
    const result = await runner.run(async (tx) => {
      await counters.write(tx, `${adapter} one`, 1);
      await counters.write(tx, `${adapter} two`, 2);
      return 'done';
    });

    expect(result).toBe('done');
    expect([await counters.read(`${adapter} one`), await counters.read(`${adapter} two`)]).toEqual([1, 2]);
  });

  it('keep nothing of what was written before an error, and let the error through', async () => {
    const [{ runner, counters }] = open() as [Node];
    const refused = runner.run(async (tx) => {
      await counters.write(tx, `${adapter} undone`, 1);
      throw new UserError('refused', '不行');
    });

    await expect(refused).rejects.toMatchObject({ code: 'refused' });
    expect(await counters.read(`${adapter} undone`)).toBe(0);
  });

  it('read what they themselves have written', async () => {
    const [{ runner, counters }] = open() as [Node];
    const seen = await runner.run(async (tx) => {
      await counters.write(tx, `${adapter} own`, 7);
      return counters.read(`${adapter} own`, tx);
    });

    expect(seen).toBe(7);
  });

  it('lose no update when many read and write the same record at once', async () => {
    const nodes = open();
    const name = `${adapter} contested`;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const { runner, counters } = nodes[index % nodes.length]!;
        return runner.run(async (tx) => counters.write(tx, name, (await counters.read(name, tx)) + 1));
      }),
    );

    expect(await nodes[0]!.counters.read(name)).toBe(20);
  });
});

describe('a transaction of another making', () => {
  it('is refused by the stores on MongoDB', async () => {
    await new TransactionRunnerFake().run(async (tx) => {
      expect(() => sessionOf(tx)).toThrow(TypeError);
    });
  });
});

function memoryCounters(): Counters {
  const values = new Map<string, number>();
  return {
    read: async (name) => values.get(name) ?? 0,
    async write(tx, name, value) {
      const before = values.get(name) ?? 0;
      onRollback(tx, () => values.set(name, before));
      values.set(name, value);
    },
  };
}

function mongoCounters(node: MongoConnection): Counters {
  const counters = databaseOf(node).collection<{ _id: string; value: number }>('counters');
  const inside = (tx?: Transaction) => (tx ? { session: sessionOf(tx) } : {});
  return {
    read: async (name, tx) => (await counters.findOne({ _id: name }, inside(tx)))?.value ?? 0,
    async write(tx, name, value) {
      await counters.updateOne({ _id: name }, { $set: { value } }, { ...inside(tx), upsert: true });
    },
  };
}
