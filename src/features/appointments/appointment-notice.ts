import type { Transaction } from '../../core/transaction-runner.js';

/** What a citizen is told about an appointment without having asked. */
export const appointmentNoticeKinds = [
  /** A freed place waits for them. */
  'offered',
  /** The hall had to close; other times are named. */
  'closed',
  /** Staff cancelled it. */
  'cancelled',
  /** The day before, and two hours before. */
  'reminder_day',
  'reminder_hours',
  /** They did not come. */
  'missed',
] as const;

export type AppointmentNoticeKind = (typeof appointmentNoticeKinds)[number];

/** One message that is owed to a citizen; unique by (account, appointment, kind, the time it is about). */
export interface AppointmentNotice {
  accountId: string;
  appointmentId: string;
  openid: string;
  kind: AppointmentNoticeKind;
  /** The beginning of the visit that it is about, UTC. */
  about: Date;
  /** Not before, UTC. */
  dueAt: Date;
  /** Useless afterwards, UTC: a reminder of what is over is not sent. */
  until: Date;
}

export interface AppointmentNoticeBook {
  /** Owes the citizen a message; once, however often it is called. */
  add(tx: Transaction, notice: AppointmentNotice): Promise<void>;
}
