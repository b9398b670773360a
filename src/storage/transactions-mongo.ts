import { mongo } from 'mongoose';
import { OperationalError } from '../core/errors.js';
import { Transaction, type TransactionRunner } from '../core/transaction-runner.js';
import { isDuplicateKey } from './duplicate-key.js';
import type { MongoConnection } from './mongo-connection.js';

/** Retries included. A person waits for the answer; a batch is cut into transactions that are shorter than this. */
const patienceMs = 10_000;

class MongoTransaction extends Transaction {
  readonly session: mongo.ClientSession;

  constructor(session: mongo.ClientSession) {
    super();
    this.session = session;
  }
}

/** The driver's session behind a transaction, for the `session` option of a store's operations. */
export function sessionOf(tx: Transaction): mongo.ClientSession {
  if (tx instanceof MongoTransaction) return tx.session;
  throw new TypeError('this transaction was not made by MongoDB');
}

/**
 * For the `catch` of a write under a unique index, after a look in the same transaction that found nothing in its way:
 * another transaction has just put it there. This one is lost by that; run again, it will see it.
 */
export function runAgainOnDuplicate(error: unknown): never {
  if (error instanceof mongo.MongoError && isDuplicateKey(error)) {
    error.addErrorLabel('TransientTransactionError');
  }
  throw error;
}

/**
 * Transactions of a replica set. They read one snapshot; the driver runs again what met a conflict, with pauses.
 * MongoDB fails a conflict at once instead of letting it wait, and many at once that want one record would mostly
 * run in vain: so those that have met a conflict go one by one within this process.
 */
export class TransactionRunnerMongo implements TransactionRunner {
  readonly #connection: MongoConnection;
  readonly #secondTries = new Queue();

  constructor(connection: MongoConnection) {
    this.#connection = connection;
  }

  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const session = await this.#connection.startSession();
    const tx = new MongoTransaction(session);
    let tries = 0;
    let leaveQueue: () => void = () => undefined;
    const attempt = async () => {
      tries += 1;
      if (tries === 2) leaveQueue = await this.#secondTries.enter();
      return work(tx);
    };
    try {
      return await session.withTransaction(attempt, transactionOptions);
    } catch (error) {
      if (!(error instanceof mongo.MongoOperationTimeoutError)) throw error;
      throw new OperationalError('timed_out', `a transaction took longer than ${patienceMs} ms`, {
        cause: error,
      });
    } finally {
      leaveQueue();
      await session.endSession();
    }
  }
}

const transactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  timeoutMS: patienceMs,
} as const;

/** One at a time, in the order of arrival. */
class Queue {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when everybody before has left. @returns how to leave. */
  async enter(): Promise<() => void> {
    const before = this.#last;
    let leave: () => void = () => undefined;
    this.#last = new Promise((resolve) => (leave = resolve));
    await before;
    return leave;
  }
}
