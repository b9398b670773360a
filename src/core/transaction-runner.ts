/**
 * The key to one running transaction. Services hand it on to the stores and can do nothing else with it; only the
 * adapter that made it knows what is inside.
 */
export abstract class Transaction {
  /** Makes the type nominal: no other object passes for a transaction. */
  protected readonly opaque = true;
}

/** Makes several writes one: all of them are there afterwards, or none. */
export interface TransactionRunner {
  /**
   * Runs `work` and commits what its stores wrote with the transaction. If `work` throws, nothing is kept and the
   * error comes through. Two transactions that write the same record happen one after the other: the later one is
   * run again, from the beginning.
   *
   * So `work` must change nothing but what it writes with the transaction, and must not call the outside world:
   * it may run several times, and meanwhile others wait.
   *
   * @throws OperationalError `timed_out` after ten seconds; whether it was committed is then not known.
   */
  run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
}
