import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../src/observability/logger.js';
import { migrate, type Migration } from '../../src/storage/migrations.js';
import { connectMongo, databaseOf, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { testDatabaseUri } from '../support/test-database.js';

const uri = testDatabaseUri('migrations');
let connection: MongoConnection;
let ran: string[];

beforeAll(async () => {
  connection = await connectMongo(uri, silentLogger);
});

beforeEach(async () => {
  await databaseOf(connection).dropDatabase();
  ran = [];
});

afterAll(() => connection.close());

function step(id: string): Migration {
  return {
    id,
    up: async () => {
      ran.push(id);
    },
  };
}

describe('migrations', () => {
  it('run in their order, each once', async () => {
    expect(await migrate(connection, [step('b'), step('a')])).toEqual(['b', 'a']);
    expect(await migrate(connection, [step('b'), step('a'), step('c')])).toEqual(['c']);
    expect(ran).toEqual(['b', 'a', 'c']);
  });

  it('run once when several processes start together', async () => {
    const elsewhere = await connectMongo(uri, silentLogger);
    const steps = [step('a'), step('b')];
    await Promise.all([migrate(connection, steps), migrate(elsewhere, steps), migrate(connection, steps)]);
    await elsewhere.close();

    expect(ran).toEqual(['a', 'b']);
  });

  it('name the step that failed, and begin there the next time', async () => {
    const failing: Migration = { id: 'b', up: () => Promise.reject(new Error('no room')) };

    await expect(migrate(connection, [step('a'), failing, step('c')])).rejects.toMatchObject({
      code: 'migration_failed',
      message: 'migration b: no room',
    });
    expect(await migrate(connection, [step('a'), step('b'), step('c')])).toEqual(['b', 'c']);
  });

  it('go on when the process that held the lease has died', async () => {
    await databaseOf(connection)
      .collection<{ _id: string; until: Date }>('migration_lease')
      .insertOne({ _id: 'lease', until: new Date(Date.now() - 1) });

    expect(await migrate(connection, [step('a')])).toEqual(['a']);
  });

  it('refuse two steps of one name', async () => {
    await expect(migrate(connection, [step('a'), step('a')])).rejects.toThrow('two migrations are called a');
  });
});
