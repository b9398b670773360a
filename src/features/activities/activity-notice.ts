import type { Transaction } from '../../core/transaction-runner.js';
import type { Refund } from '../orders/order.js';
import type { OwedNotice } from '../owed-notices/owed-notice.js';

/** What a citizen is told about a registration without having asked at that moment. */
export const activityNoticeKinds = [
  /** Staff approved it; to be paid where there is a fee. */
  'approved',
  'turned_down',
  /** The draw. */
  'drawn',
  'not_drawn',
  /** A freed place waits for them. */
  'offered',
  /** Not paid, or not accepted, in time. */
  'lapsed',
  /** Time or place changed. */
  'changed',
  /** The activity does not take place, or staff cancelled the registration. */
  'closed',
  'cancelled',
  /** The day before. */
  'reminder_day',
  /** Paid when the place was gone: the money goes back. */
  'paid_late',
  /** Money is back, or could not be brought back. */
  'refunded',
  'refund_failed',
] as const;
export type ActivityNoticeKind = (typeof activityNoticeKinds)[number];

/** One message that is owed; unique by (account, registration, kind, what it is about). */
export interface ActivityNotice {
  accountId: string;
  registrationId: string;
  openid: string;
  kind: ActivityNoticeKind;
  /** What makes it another message of the same kind: the instant of the change, the beginning, the refund's time. */
  about: Date;
  /** Not before, UTC. */
  dueAt: Date;
  /** Useless afterwards, UTC. */
  until: Date;
}

export interface ActivityNoticeBook {
  /** Owes the citizen a message; once, however often it is called. */
  add(tx: Transaction, notice: ActivityNotice): Promise<void>;
}

/** What a message about a refund is about: when it succeeded, or else was asked for. */
export function timeOfRefund({ settledAt, requestedAt }: Refund): Date {
  return settledAt ?? requestedAt;
}

/** What messages about registrations are about, among those that are owed. */
export const registrationSubject = 'registration';

export function toOwedNotice({ registrationId, ...notice }: ActivityNotice): OwedNotice {
  return { ...notice, subject: { kind: registrationSubject, id: registrationId } };
}

/** @throws Error where it is about something else, or its kind is not known here. */
export function fromOwedNotice({ subject, kind, ...notice }: OwedNotice): ActivityNotice {
  const known = activityNoticeKinds.find((one) => one === kind);
  if (subject.kind !== registrationSubject || known === undefined)
    throw new Error(`${subject.kind} ${kind} is no message about a registration`);
  const { accountId, openid, about, dueAt, until } = notice;
  return { accountId, registrationId: subject.id, openid, kind: known, about, dueAt, until };
}
