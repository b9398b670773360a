import type { Actor } from '../../core/actor.js';

/** One ticket shown at one gate, as far as it let somebody in. */
export interface CheckIn {
  accountId: string;
  checkInId: string;
  activityId: string;
  ticketId: string;
  /** Chosen by the gate, unique together: the same again is the same check-in. */
  device: string;
  requestId: string;
  /** The name of the gate. */
  gate: string;
  /**
   * `in`: at most one of a ticket. `undone`: it was a mistake. `disputed`: a gate without network let somebody in, and
   * it turned out afterwards that the ticket did not allow it; staff look at it.
   */
  state: 'in' | 'undone' | 'disputed';
  /** When they came in, UTC. */
  at: Date;
  wasOffline: boolean;
  /** Of `disputed`: the refusal that they would have met. */
  because?: DisputeReason;
  by: Actor['by'];
  /** When it is deleted, UTC. */
  expiresAt: Date;
}

export const disputeReasons = ['bad_ticket', 'other_activity', 'ticket_revoked', 'already_in'] as const;
export type DisputeReason = (typeof disputeReasons)[number];
