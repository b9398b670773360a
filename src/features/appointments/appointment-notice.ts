import type { Transaction } from '../../core/transaction-runner.js';
import type { OwedNotice } from '../owed-notices/owed-notice.js';

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

/** What messages about appointments are about, among those that are owed. */
export const appointmentSubject = 'appointment';

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

export function toOwedNotice({ appointmentId, ...notice }: AppointmentNotice): OwedNotice {
  return { ...notice, subject: { kind: appointmentSubject, id: appointmentId } };
}

/** @throws Error where it is about something else, or its kind is not known here. */
export function fromOwedNotice({ subject, kind, ...notice }: OwedNotice): AppointmentNotice {
  const known = appointmentNoticeKinds.find((one) => one === kind);
  if (subject.kind !== appointmentSubject || known === undefined)
    throw new Error(`${subject.kind} ${kind} is no message about an appointment`);
  const { accountId, openid, about, dueAt, until } = notice;
  return { accountId, appointmentId: subject.id, openid, kind: known, about, dueAt, until };
}
