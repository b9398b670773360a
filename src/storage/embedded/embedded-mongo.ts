import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperationalError, describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { FoundProgram } from './find-program.js';
import { launchMongod, type MongodProcess } from './mongod-process.js';
import { operatorText } from './operator-text.js';
import { findFreePort, keepPort, readKeptPort } from './port.js';
import { ensurePrimary, replicaSetName } from './replica-set.js';
import { RestartBudget } from './restart-budget.js';

export interface EmbeddedMongoOptions {
  /** The database lies in `mongo/` below it, and lasts. */
  dataDir: string;
  binary: FoundProgram;
  logger: Logger;
  /** mongod keeps dying and is not started again: the process cannot go on. Called at most once. */
  onGiveUp(error: OperationalError): void;
}

/** A predecessor that was killed needs about three seconds: two to be noticed, one to shut down. */
const folderPatienceMs = 10_000;
const retryMs = 500;
const restartsAllowed = { times: 5, withinMs: 60_000 };

/**
 * The database of a Suishen that was given none: a private, real `mongod`, a replica set of one, supervised.
 * It listens on 127.0.0.1 without a password, so it is for one's own machine and never for production.
 *
 * A mongod that dies is started again on the same port and data, so `uri` holds as long as the process lives;
 * what was acknowledged with a majority write is there again. A mongod outlives a killed process by seconds.
 */
export class EmbeddedMongo {
  /** Names the replica set and the database `suishen`. */
  readonly uri: string;
  readonly #options: EmbeddedMongoOptions;
  readonly #port: number;
  readonly #budget = new RestartBudget(restartsAllowed);
  #mongod: MongodProcess;
  #stopping = false;
  readonly #supervision: Promise<void>;

  private constructor(options: EmbeddedMongoOptions, port: number, mongod: MongodProcess) {
    this.uri = `mongodb://127.0.0.1:${port}/suishen?replicaSet=${replicaSetName}`;
    this.#options = options;
    this.#port = port;
    this.#mongod = mongod;
    this.#supervision = this.#supervise();
  }

  /**
   * Resolves when the database accepts writes; half a second where nothing needs repair.
   *
   * @throws OperationalError, with a message for the operator: `embedded_database_in_production`,
   *   `folder_in_use`, `mongod_other_version`, `mongod_start_failed`, `no_primary`.
   */
  static async start(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
    if (process.env.NODE_ENV === 'production') {
      throw new OperationalError('embedded_database_in_production', operatorText.notInProduction);
    }
    await mkdir(databaseFolder(options), { recursive: true });
    const { mongod, port } = await launchWhenFolderIsFree(options);
    return new EmbeddedMongo(options, port, mongod);
  }

  /** Shuts the database down in good order; about a second. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#mongod.stop();
    await this.#supervision;
  }

  async #supervise(): Promise<void> {
    for (;;) {
      const { code, signal } = await this.#mongod.exited;
      if (this.#stopping) return;
      this.#options.logger.error({ code, signal }, 'the embedded mongod died; starting it again');
      await this.#mongod.stop();
      if (!(await this.#restart())) return;
    }
  }

  /** False: given up, or stopped meanwhile. */
  async #restart(): Promise<boolean> {
    while (!this.#stopping) {
      if (!this.#budget.take(performance.now())) {
        const text = `the embedded mongod died more than ${restartsAllowed.times} times within a minute`;
        this.#options.onGiveUp(new OperationalError('mongod_keeps_dying', text));
        return false;
      }
      try {
        this.#mongod = await launchPrimary(this.#options, this.#port);
        if (this.#stopping) {
          await this.#mongod.stop();
          return false;
        }
        this.#options.logger.warn({ port: this.#port }, 'the embedded mongod is back');
        return true;
      } catch (error) {
        this.#options.logger.error({ reason: describeError(error) }, 'the embedded mongod did not come back');
        await sleep(retryMs);
      }
    }
    return false;
  }
}

async function launchWhenFolderIsFree(
  options: EmbeddedMongoOptions,
): Promise<{ mongod: MongodProcess; port: number }> {
  const portFile = join(options.dataDir, 'mongo.port');
  const deadline = performance.now() + folderPatienceMs;
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(await readKeptPort(portFile));
    try {
      const mongod = await launchPrimary(options, port);
      await keepPort(portFile, port);
      return { mongod, port };
    } catch (error) {
      const inUse = error instanceof OperationalError && error.code === 'folder_in_use';
      if (!inUse || performance.now() > deadline) throw error;
      if (attempt === 1) options.logger.warn('a previous mongod still holds the data folder; waiting for it');
      await sleep(retryMs);
    }
  }
}

async function launchPrimary(options: EmbeddedMongoOptions, port: number): Promise<MongodProcess> {
  const mongod = await launchMongod({ binary: options.binary, dbPath: databaseFolder(options), port });
  try {
    await ensurePrimary(port);
    return mongod;
  } catch (error) {
    await mongod.stop();
    throw error;
  }
}

function databaseFolder(options: EmbeddedMongoOptions): string {
  return resolve(options.dataDir, 'mongo');
}
