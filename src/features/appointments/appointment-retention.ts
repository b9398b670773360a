import type { ExpiringRecords } from '../../core/expiring-records.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import { purgeInTransactions } from '../compliance/purge-in-transactions.js';
import type { Holding, PurgeRun, RetentionKind } from '../compliance/retention-kind.js';
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

/** Appointments, until so many days after the visit. */
export class AppointmentRetention implements RetentionKind {
  readonly kind = 'appointments';
  readonly title = '预约';
  readonly keeps = { rule: `办理那天之后 ${visitRetentionDays} 天，没有约成的 ${lapsedRetentionDays} 天` };
  readonly #parts: AppointmentRetentionParts;

  constructor(parts: AppointmentRetentionParts) {
    this.#parts = parts;
  }

  purge(run: PurgeRun): Promise<Holding> {
    return purgeInTransactions(this.#parts, run, (tx, expired) => this.#remove(tx, expired));
  }

  /** The place goes with the record that stands in it, so that places and records keep telling one story. */
  async #remove(tx: Transaction, expired: readonly Appointment[]): Promise<readonly Appointment[]> {
    const { store, slots } = this.#parts;
    for (const { accountId, slotId, state } of expired)
      if (slotId !== undefined && occupies(state)) await slots.release(tx, accountId, slotId, 1);
    await store.remove(tx, expired);
    return expired;
  }
}

function occupies(state: Appointment['state']): boolean {
  return occupyingStates.some((one) => one === state);
}
