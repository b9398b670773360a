import type { Transaction } from '../../core/transaction-runner.js';
import type { Appointment } from './appointment.js';

/** Appointments in the order in which their time is over. */
export interface AppointmentPurgeStore {
  listExpired(now: Date, limit: number, tx: Transaction): Promise<Appointment[]>;
  remove(tx: Transaction, appointments: readonly Appointment[]): Promise<void>;
}
