import { randomBytes } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { mongo } from 'mongoose';
import { silentLogger } from '../../src/observability/logger.js';
import { migrate, type Migration } from '../../src/storage/migrations.js';
import { connectMongo, databaseOf, type MongoConnection } from '../../src/storage/mongo-connection.js';

/** The address of the test server, with a database that no other test uses; dropped after the file's tests. */
export function testDatabaseUri(name = 'test'): string {
  const uri = freshDatabaseUri(name);
  afterAll(() => dropDatabase(uri));
  return uri;
}

export interface TestDatabase {
  connection: MongoConnection;
  uri: string;
  /** Drops the database. */
  close: () => Promise<void>;
}

/** A database that no other test uses, migrated; for inside a test or a hook. */
export async function openTestDatabase(migrations: readonly Migration[]): Promise<TestDatabase> {
  const uri = freshDatabaseUri('test');
  const connection = await connectMongo(uri, silentLogger);
  await migrate(connection, migrations);
  return {
    connection,
    uri,
    async close() {
      await databaseOf(connection).dropDatabase();
      await connection.close();
    },
  };
}

export function freshDatabaseUri(name: string): string {
  const server = process.env.TEST_MONGODB_URI;
  if (!server) throw new Error('TEST_MONGODB_URI is not set: is this a *.real.test.ts or *.browser.test.ts?');
  return withDatabase(server, `${name}_${randomBytes(6).toString('hex')}`);
}

function withDatabase(uri: string, database: string): string {
  const { server, options } = /^(?<server>mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(?<options>.*)$/.exec(
    uri,
  )!.groups!;
  return `${server}/${database}${options}`;
}

async function dropDatabase(uri: string): Promise<void> {
  const client = await mongo.MongoClient.connect(uri);
  await client.db().dropDatabase();
  await client.close();
}
