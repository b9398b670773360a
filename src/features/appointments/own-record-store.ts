import type { Transaction } from '../../core/transaction-runner.js';
import type { Appointment } from './appointment.js';
import type { Citizen } from './booking-desk.js';

/** A citizen's own records, for their rights of access and erasure. */
export interface OwnRecordStore {
  /** All of them, the latest made first. */
  list(citizen: Citizen, tx?: Transaction): Promise<Appointment[]>;
  /**
   * Deletes what came to nothing, and takes out of visits that were (or were missed) whatever says who came; they
   * stay, since they stand in a place and count towards a limit. What lies ahead is left alone.
   */
  erase(tx: Transaction, citizen: Citizen): Promise<{ deleted: number; anonymised: number }>;
}
