import type { OperationalError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import { announceDatabase, withdrawDatabase } from './announce-database.js';
import { EmbeddedMongo } from './embedded-mongo.js';
import { findMongod } from './find-mongod.js';

/** Where a database is had, and what is to be ended with it. */
export interface OpenedDatabase {
  uri: string;
  stop(): Promise<void>;
}

/**
 * The database of a program that was given none: finds or fetches a `mongod`, runs it on `dataDir`, and tells the
 * command lines where it listens.
 *
 * @param options.report receives the progress of a download, for the operator.
 * @param options.onGiveUp is called once `mongod` has ended too often.
 * @throws OperationalError where there is no `mongod`, or where it does not start
 */
export async function openEmbeddedDatabase(options: {
  dataDir: string;
  env: NodeJS.ProcessEnv;
  report: (progress: string) => void;
  logger: Logger;
  onGiveUp: (error: OperationalError) => void;
}): Promise<OpenedDatabase> {
  const { dataDir, env, report, logger, onGiveUp } = options;
  const binary = await findMongod(env, report);
  const mongo = await EmbeddedMongo.start({ dataDir, binary, logger, onGiveUp });
  await announceDatabase(dataDir, mongo.uri);
  return {
    uri: mongo.uri,
    stop: async () => {
      await withdrawDatabase(dataDir);
      await mongo.stop();
    },
  };
}
