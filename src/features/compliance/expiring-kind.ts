import type { ExpiringRecords } from '../../core/expiring-records.js';
import type { Holding, PurgeRun, RetentionKind } from './retention-kind.js';

export type ExpiringKind = Pick<RetentionKind, 'kind' | 'title' | 'keeps'> & { records: ExpiringRecords };

const batchSize = 1_000;
/** The database looks once a minute; after a busy day it may be a while behind. */
const databaseLateMs = 60 * 60_000;

/** A kind that the nightly run deletes. */
export function deletedByRun({ records, ...kind }: ExpiringKind): RetentionKind {
  return {
    ...kind,
    async purge(run) {
      await removeAll(records, run, { until: run.now, name: 'expired' });
      return { ...(await look(records)), overdue: 0 };
    },
  };
}

/** A kind that the database deletes by itself. What it has left standing is deleted here, and reported. */
export function deletedByDatabase({ records, ...kind }: ExpiringKind): RetentionKind {
  return {
    ...kind,
    async purge(run) {
      const until = run.now - databaseLateMs;
      const overdue = await removeAll(records, run, { until, name: 'overdue' });
      return { ...(await look(records)), overdue };
    },
  };
}

async function removeAll(
  records: ExpiringRecords,
  { signal, note }: PurgeRun,
  { until, name }: { until: number; name: string },
): Promise<number> {
  let removed = 0;
  while (!signal?.aborted) {
    const batch = await records.removeExpired(new Date(until), batchSize);
    if (batch > 0) await note({ [name]: batch });
    removed += batch;
    if (batch < batchSize) break;
  }
  return removed;
}

async function look(records: ExpiringRecords): Promise<Omit<Holding, 'overdue'>> {
  const [held, oldest] = await Promise.all([records.count(), records.findOldest()]);
  return { held, oldest };
}
