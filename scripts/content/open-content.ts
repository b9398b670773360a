import { systemClock } from '../../src/core/clock.js';
import { OperationalError } from '../../src/core/errors.js';
import { createContentFeature } from '../../src/features/content/content-feature.js';
import type { ContentService } from '../../src/features/content/content-service.js';
import { createLogger } from '../../src/observability/logger.js';
import { findAnnouncedDatabase } from '../../src/storage/embedded/announce-database.js';
import { migrate } from '../../src/storage/migrations.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';

/**
 * Opens the content of the database that `MONGODB_URI` names, else of the embedded one that runs on `DATA_DIR`,
 * for as long as `work` takes.
 *
 * @throws OperationalError `no_database` when neither is there.
 */
export async function withContent<T>(
  env: NodeJS.ProcessEnv,
  work: (content: ContentService) => Promise<T>,
): Promise<T> {
  const logger = createLogger('silent');
  const connection = await connectMongo(await findDatabase(env), logger);
  try {
    const { migrations, contentService } = createContentFeature({ connection, logger, clock: systemClock });
    await migrate(connection, migrations);
    return await work(contentService);
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
