import { Mongoose, type Connection, type mongo } from 'mongoose';
import { OperationalError, describeError } from '../core/errors.js';
import type { Logger } from '../observability/logger.js';

/** A connection of mongoose's, with its pool. Only `storage/` and the stores of the features use what it holds. */
export type MongoConnection = Connection;

/** The driver's own database, for migrations: indexes, validators, moves of data. */
export type MongoDatabase = mongo.Db;

/**
 * Connects to MongoDB and checks that transactions and change streams exist there.
 *
 * Every write is acknowledged by a majority and journaled unless a store asks for less. Indexes and collections
 * are made by migrations, never by the connection. A filter with an unknown field or with an operator that came
 * from outside throws.
 *
 * @throws OperationalError `database_unreachable` after five seconds without an answer;
 *   `database_without_transactions` when the server is neither a replica set nor a sharded cluster.
 */
export async function connectMongo(uri: string, logger: Logger): Promise<MongoConnection> {
  const mongoose = new Mongoose({ strictQuery: 'throw', sanitizeFilter: true });
  const connection = mongoose.createConnection(uri, {
    appName: 'suishen',
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
    ignoreUndefined: true,
    maxPoolSize: 50,
    minPoolSize: 2,
    readConcern: { level: 'majority' },
    retryReads: true,
    retryWrites: true,
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    writeConcern: { w: 'majority', journal: true },
  });
  // An `error` event that nobody listens to would end the process; the driver itself reconnects.
  connection.on('error', (error: unknown) =>
    logger.warn({ reason: describeError(error) }, 'database connection reported an error'),
  );
  try {
    await connection.asPromise();
    await refuseStandalone(connection);
  } catch (error) {
    await connection.close().catch(() => undefined);
    if (error instanceof OperationalError) throw error;
    throw new OperationalError('database_unreachable', `MongoDB cannot be reached: ${describeError(error)}`, {
      cause: error,
    });
  }
  connection.on('disconnected', () => logger.warn('database connection lost'));
  connection.on('reconnected', () => logger.info('database connection is back'));
  return connection;
}

/** The database that the connection's URI names. */
export function databaseOf(connection: MongoConnection): MongoDatabase {
  if (!connection.db)
    throw new OperationalError('database_unreachable', 'the database connection is not open');
  return connection.db;
}

async function refuseStandalone(connection: MongoConnection): Promise<void> {
  const hello = await databaseOf(connection).admin().command({ hello: 1 });
  if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
    throw new OperationalError(
      'database_without_transactions',
      'MongoDB runs as a single server; transactions need a replica set (one member is enough)',
    );
  }
}
