import { OperationalError } from '../src/core/errors.js';
import { createLogger, type Logger } from '../src/observability/logger.js';
import { findAnnouncedDatabase } from '../src/storage/embedded/announce-database.js';
import { connectMongo, type MongoConnection } from '../src/storage/mongo-connection.js';

/**
 * Connects to the database that `MONGODB_URI` names, else to the embedded one that runs on `DATA_DIR`, for as long
 * as `work` takes.
 *
 * @throws OperationalError `no_database` when neither is there.
 */
export async function withDatabase<T>(
  env: NodeJS.ProcessEnv,
  work: (connection: MongoConnection, logger: Logger) => Promise<T>,
): Promise<T> {
  const logger = createLogger('silent');
  const connection = await connectMongo(await findDatabase(env), logger);
  try {
    return await work(connection, logger);
  } finally {
    await connection.close();
  }
}

async function findDatabase(env: NodeJS.ProcessEnv): Promise<string> {
  const dataDir = env['DATA_DIR'] || './data';
  const uri = env['MONGODB_URI'] || (await findAnnouncedDatabase(dataDir));
  if (uri) return uri;
  throw new OperationalError(
    'no_database',
    `没有数据库：请设置 MONGODB_URI，或先用 npm start 启动（数据在 ${dataDir}）`,
  );
}
