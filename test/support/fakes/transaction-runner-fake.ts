import { Transaction, type TransactionRunner } from '../../../src/core/transaction-runner.js';

class FakeTransaction extends Transaction {
  readonly undo: (() => void)[] = [];
}

/** Runs one transaction after the other; what the fakes of the stores noted with `onRollback` is undone on an error. */
export class TransactionRunnerFake implements TransactionRunner {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const result = this.#last.then(() => attempt(work));
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** For a store's fake: how to take back what it has just written. */
export function onRollback(tx: Transaction, undo: () => void): void {
  if (!(tx instanceof FakeTransaction)) throw new TypeError('this transaction was not made by the fake');
  tx.undo.push(undo);
}

async function attempt<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const tx = new FakeTransaction();
  try {
    return await work(tx);
  } catch (error) {
    for (const undo of tx.undo.reverse()) undo();
    throw error;
  }
}
