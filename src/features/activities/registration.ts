/**
 * Where a registration stands. One record goes through them all; the table is in `registration-transitions.ts`.
 *
 *     applied ──(approval, draw)──> held ──(payment)──> confirmed ──> arrived
 *        │                           │  └─> lapsed          │
 *        v                           v                      v
 *     unsuccessful                cancelled · closed    cancelled · closed
 *
 *     waiting ──> offered ──> held · confirmed · lapsed
 */
export const registrationStates = [
  /** 待审核 or 待抽签. Where staff approve one by one, in a place; before a draw, in none. */
  'applied',
  /** 待付款: a place is kept until it is paid for. */
  'held',
  /** 候补中 */
  'waiting',
  /** 待接受: a freed place is kept for somebody of the waiting list, for a limited time. */
  'offered',
  /** 已报名; with a ticket. */
  'confirmed',
  /** 已入场 */
  'arrived',
  /** 未通过 or 未中签 */
  'unsuccessful',
  /** 已取消, by the citizen or by staff. */
  'cancelled',
  /** 已取消: the activity does not take place. */
  'closed',
  /** 已过期: not paid, or an offer not accepted, in time. */
  'lapsed',
] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** Always in a place; `applied` is where `isPlaced` says so. */
export const placedStates = ['held', 'offered', 'confirmed', 'arrived'] as const;

/** What a citizen states about themselves where a group asks for it. */
export interface StatedFacts {
  school?: string;
  district?: string;
}

/** As it is stored. Unique by (activity, person, ordinal) while it stands, so that nobody has more than the limit. */
export interface Registration {
  accountId: string;
  /** Random; not to be guessed. */
  registrationId: string;
  activityId: string;
  groupId: string;
  openid: string;
  state: RegistrationState;
  /**
   * UTC. Of an offer: until when the place is kept; the condition holds, whether or not a job has run. Of a hold: until
   * when it can be paid; the place stays until the platform has confirmed that nobody paid. Of a wait: the beginning.
   */
  until?: Date;
  /** Of `applied`: stands in a place. `held`, `offered`, `confirmed` and `arrived` always do. */
  isPlaced?: true;
  /** The keyed digest of the ID number. */
  personKey: string;
  /** Person and answers, sealed. */
  sealed: string;
  facts: StatedFacts;
  consent: { notice: string; at: Date };
  /** Which form was filled in. */
  formVersion: number;
  /** Chosen by the client; unique by citizen: a repeat is the same registration. */
  requestKey: string;
  /** 0 to the limit less one, while it stands. */
  ordinal?: number;
  /** In the draw and in what is published of it; says nothing of the person. */
  lot?: string;
  /** The smaller, the earlier in the waiting list; of the same rank, the earlier made. */
  rank: number;
  feeFen: number;
  /** The order that it is paid by. */
  orderId?: string;
  /** The ticket, from confirmation on. */
  ticketId?: string;
  /** When what it promises was last told or agreed to, UTC: a later change of time or place gives the fee back. */
  agreedAt: Date;
  endedBecause?: string;
  arrivedAt?: Date;
  createdAt: Date;
  changedAt: Date;
  /** When it is deleted, UTC. */
  expiresAt: Date;
}
