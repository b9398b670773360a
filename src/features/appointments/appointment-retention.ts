import type { ExpiringRecords } from '../../core/expiring-records.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { Holding, PurgeCounts, PurgeRun, RetentionKind } from '../compliance/retention-kind.js';
import { occupyingStates, type Appointment } from './appointment.js';
import type { AppointmentPurgeStore } from './appointment-purge-store.js';
import { lapsedRetentionDays, visitRetentionDays } from './booking/retention.js';
import type { SlotStore } from './slot-store.js';

export interface AppointmentRetentionParts {
  store: AppointmentPurgeStore;
  /** The same appointments, to count them. */
  records: ExpiringRecords;
  slots: Pick<SlotStore, 'release'>;
  transactions: TransactionRunner;
}

/** Appointments per transaction. */
const batchSize = 100;

/** Appointments, until so many days after the visit. */
export class AppointmentRetention implements RetentionKind {
  readonly kind = 'appointments';
  readonly title = '预约';
  readonly keeps = { rule: `办理那天之后 ${visitRetentionDays} 天，没有约成的 ${lapsedRetentionDays} 天` };
  readonly #parts: AppointmentRetentionParts;

  constructor(parts: AppointmentRetentionParts) {
    this.#parts = parts;
  }

  async purge(run: PurgeRun): Promise<Holding> {
    const { records } = this.#parts;
    while (!run.signal?.aborted && (await this.#purgeBatch(run)) === batchSize);
    const [held, oldest] = await Promise.all([records.count(), records.findOldest()]);
    return { held, oldest, overdue: 0 };
  }

  /** The place goes with the record that stands in it, so that places and records keep telling one story. */
  #purgeBatch({ now, note }: PurgeRun): Promise<number> {
    const { store, slots, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const expired = await store.listExpired(new Date(now), batchSize, tx);
      if (expired.length === 0) return 0;
      for (const { accountId, slotId, state } of expired)
        if (slotId !== undefined && occupies(state)) await slots.release(tx, accountId, slotId, 1);
      await store.remove(tx, expired);
      await note(countStates(expired), tx);
      return expired.length;
    });
  }
}

function occupies(state: Appointment['state']): boolean {
  return occupyingStates.some((one) => one === state);
}

function countStates(appointments: readonly Appointment[]): PurgeCounts {
  const counts: Record<string, number> = {};
  for (const { state } of appointments) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
