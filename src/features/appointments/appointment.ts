import type { Actor } from '../../core/actor.js';

/**
 * Where an appointment stands. One record goes through them all:
 *
 *     held ──────> booked ──> arrived
 *      │            │ │ └───> missed
 *      v            v v
 *     lapsed   cancelled · closed
 *      ^            ^
 *      │            │
 *     offered ──> booked          waiting ──> offered · cancelled · lapsed
 */
export const appointmentStates = [
  /** 填写中: a place is kept for ten minutes while the form is filled in. */
  'held',
  /** 候补中: in the waiting list of a day. */
  'waiting',
  /** 待接受: a freed place is kept for somebody of the waiting list, for a limited time. */
  'offered',
  /** 已预约 */
  'booked',
  /** 已签到 */
  'arrived',
  /** 爽约 */
  'missed',
  /** 已取消, by the citizen or by staff. */
  'cancelled',
  /** 已关闭: the hall had to close. */
  'closed',
  /** 已过期: a hold, an offer or a wait that came to nothing. */
  'lapsed',
] as const;

export type AppointmentState = (typeof appointmentStates)[number];

/** States that stand in a place of a slot: `Slot.taken` counts them. */
export const occupyingStates = ['held', 'offered', 'booked', 'arrived', 'missed'] as const;

export type { Person } from '../persons/person.js';

/** What keeps one person from having more than the limit: unique by (service, period, person, ordinal). */
export interface Claim {
  /** The day, month or year that the limit counts in; `ahead` for what lies before the person. */
  period: string;
  /** 0 to the limit less one. */
  ordinal: number;
}

/** What a citizen says against a missed visit, and what became of it. */
export interface Objection {
  /** The words, sealed. */
  sealed: string;
  at: Date;
  decision?: { by: Actor['by']; at: Date; isGranted: boolean; reason: string };
}

/** As it is stored. */
export interface Appointment {
  accountId: string;
  /** Random; not to be guessed. */
  appointmentId: string;
  /** Empty: booked at the counter for somebody who does not write to the account. */
  openid: string;
  state: AppointmentState;
  service: string;
  venue: string;
  day: string;
  /** The place; absent while waiting. */
  slotId?: string;
  startsAt?: Date;
  endsAt?: Date;
  /**
   * Of a hold or an offer: until when the place is kept, UTC; of a wait: until when a place can come. The condition
   * holds, whether or not a job has run.
   */
  until?: Date;
  /** The keyed digest of the ID number: two WeChat accounts of one person are one person. From the form on. */
  personKey?: string;
  /** `Person`, sealed. */
  sealed?: string;
  claim?: Claim;
  /** The instant at which the person is there, unique by person: nobody is in two halls at once. */
  busyAt?: Date;
  /** What is shown or scanned at the counter; unique within the account. From booking on. */
  code?: string;
  /** Where it was before it was moved, the oldest first. */
  movedFrom: { slotId: string; startsAt: Date; at: Date }[];
  /** Booked by staff beyond the rules, with the reason. */
  override?: { by: Actor['by']; reason: string };
  /** Why it is cancelled or closed. */
  endedBecause?: string;
  /** A missed visit that is not held against the person, after an objection. */
  isExcused?: true;
  objection?: Objection;
  consent?: { notice: string; at: Date };
  arrivedAt?: Date;
  /** UTC. */
  createdAt: Date;
  changedAt: Date;
  /** When it is deleted, UTC. */
  expiresAt: Date;
}
