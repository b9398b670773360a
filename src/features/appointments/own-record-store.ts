import type { Transaction } from '../../core/transaction-runner.js';
import type { Appointment } from './appointment.js';
import type { AppointmentNotice } from './appointment-notice.js';
import type { Citizen } from './booking-desk.js';
import type { NoticeProgress } from './notices/owed-notice.js';

/** What a citizen was told, or is to be told, about an appointment. */
export type OwnNotice = AppointmentNotice & NoticeProgress;

/** A citizen's own records, for their rights of access and erasure. */
export interface OwnRecordStore {
  /** All of them, the latest made first. */
  list(citizen: Citizen, tx?: Transaction): Promise<Appointment[]>;
  listNotices(citizen: Citizen): Promise<OwnNotice[]>;
  /**
   * Deletes what came to nothing, and takes out of visits that were (or were missed) whatever says who came; they
   * stay, since they stand in a place and count towards a limit. What lies ahead is left alone. Messages about
   * appointments go too, but for one that is on its way.
   */
  erase(tx: Transaction, citizen: Citizen): Promise<{ deleted: number; anonymised: number }>;
}
