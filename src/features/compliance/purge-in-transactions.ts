import type { ExpiringRecords } from '../../core/expiring-records.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { Holding, PurgeCounts, PurgeRun } from './retention-kind.js';

/** Records per transaction. */
const batchSize = 100;

export interface TransactedPurgeParts<Purged> {
  store: { listExpired(now: Date, limit: number, tx: Transaction): Promise<Purged[]> };
  /** The same records, to count them. */
  records: ExpiringRecords;
  transactions: TransactionRunner;
}

/**
 * Deletes, a batch in each transaction, records that something else must be told of.
 * @param remove deletes them with all that hangs on them. @returns those that are gone; others were given more time.
 */
export async function purgeInTransactions<Purged extends { state: string }>(
  { store, records, transactions }: TransactedPurgeParts<Purged>,
  { now, signal, note }: PurgeRun,
  remove: (tx: Transaction, expired: readonly Purged[]) => Promise<readonly Purged[]>,
): Promise<Holding> {
  const purgeBatch = () =>
    transactions.run(async (tx) => {
      const expired = await store.listExpired(new Date(now), batchSize, tx);
      if (expired.length === 0) return 0;
      const removed = await remove(tx, expired);
      if (removed.length > 0) await note(countStates(removed), tx);
      return expired.length;
    });
  while (!signal?.aborted && (await purgeBatch()) === batchSize);
  const [held, oldest] = await Promise.all([records.count(), records.findOldest()]);
  return { held, oldest, overdue: 0 };
}

function countStates(records: readonly { state: string }[]): PurgeCounts {
  const counts: Record<string, number> = {};
  for (const { state } of records) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
