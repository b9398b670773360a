import { MongoInstance } from 'mongodb-memory-server-core';
import { OperationalError, describeError } from '../../core/errors.js';
import type { FoundProgram } from './find-program.js';
import { operatorText } from './operator-text.js';
import { replicaSetName } from './replica-set.js';

export interface MongodOptions {
  binary: FoundProgram;
  /** Absolute. */
  dbPath: string;
  /** On 127.0.0.1. */
  port: number;
}

export interface MongodExit {
  code: number | null;
  signal: string | null;
}

/** A `mongod` that accepts connections. */
export interface MongodProcess {
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<MongodExit>;
  /** Ends it in good order; SIGKILL after ten seconds. Harmless when it has ended already. */
  stop(): Promise<void>;
}

/** Replaying the journal of a large database after a crash takes its time. */
const launchTimeoutMs = 120_000;

/** mongod's exit code "the data files belong to another version". */
const needsOtherVersionCode = 62;

/**
 * Starts a `mongod` and waits until it accepts connections. It dies with this process: if this process is
 * killed, the library's watcher notices within two seconds and ends `mongod` in good order.
 *
 * @throws OperationalError `folder_in_use` while another mongod holds `dbPath`, `mongod_other_version`,
 *   `mongod_start_failed`.
 */
export async function launchMongod(options: MongodOptions): Promise<MongodProcess> {
  const mongod = new SupervisedInstance(options);
  try {
    await mongod.start();
  } catch (error) {
    await mongod.stop();
    throw explainFailure(error, mongod, options);
  }
  return { exited: mongod.exited, stop: async () => void (await mongod.stop()) };
}

class SupervisedInstance extends MongoInstance {
  readonly exited: Promise<MongodExit>;
  /** What mongod said before it accepted connections: where the reason for a failed start is. */
  startLog = '';
  exit: MongodExit | undefined;
  #resolveExited: (exit: MongodExit) => void = () => undefined;

  constructor({ binary, dbPath, port }: MongodOptions) {
    super({
      instance: {
        port,
        dbPath,
        ip: '127.0.0.1',
        replSet: replicaSetName,
        storageEngine: 'wiredTiger',
        launchTimeout: launchTimeoutMs,
        args: mongodArguments(),
      },
      binary: { systemBinary: binary.path, version: binary.version },
      // Its own process group: Ctrl-C in the terminal reaches Suishen alone, which drains before it stops mongod.
      spawn: { detached: true, windowsHide: true },
    });
    this.exited = new Promise((resolve) => (this.#resolveExited = resolve));
  }

  override stdoutHandler(message: string | Buffer): void {
    if (!this.isInstanceReady) this.startLog += message.toString();
    super.stdoutHandler(message);
  }

  override closeHandler(code: number | null, signal: string | null): void {
    this.exit = { code, signal };
    super.closeHandler(code, signal);
    this.#resolveExited(this.exit);
  }

  /**
   * Off. The library would stop mongod for phrases that it finds in any log line, and throws outside of every
   * promise when several lines arrive together. How mongod ended says what went wrong.
   */
  protected override checkErrorInLine(): void {}
}

function mongodArguments(): string[] {
  return [
    // A neighbour of the application on a small machine; mongod would take half of the memory.
    '--wiredTigerCacheSizeGB=0.25',
    // In MB. mongod would take 5 % of the free disk; change streams need minutes of history, not days.
    '--oplogSize=512',
    // Slow operations would be logged with what citizens wrote.
    '--slowOpSampleRate=0',
    // There is no other member to hand over to.
    '--setParameter=shutdownTimeoutMillisForSignaledShutdown=100',
    // What a killed process left open blocks others until it expires; no transaction of ours takes over ten seconds.
    '--setParameter=transactionLifetimeLimitSeconds=12',
    '--quiet',
    ...(process.platform === 'win32' ? [] : ['--nounixsocket']),
  ];
}

function explainFailure(
  error: unknown,
  mongod: SupervisedInstance,
  options: MongodOptions,
): OperationalError {
  if (mongod.startLog.includes('DBPathInUse')) {
    return new OperationalError('folder_in_use', operatorText.folderInUse(options.dbPath), { cause: error });
  }
  if (mongod.exit?.code === needsOtherVersionCode) {
    const text = operatorText.otherVersion(options.dbPath, options.binary.version);
    return new OperationalError('mongod_other_version', text, { cause: error });
  }
  const reason = lastError(mongod.startLog) ?? describeError(error);
  return new OperationalError('mongod_start_failed', operatorText.startFailed(reason), { cause: error });
}

/** mongod logs one JSON object a line; severities E and F are errors. */
function lastError(log: string): string | undefined {
  return log
    .split('\n')
    .filter((line) => /"s":"[EF]"/.test(line))
    .at(-1);
}
