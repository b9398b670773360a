import type { Reply } from '../../core/messages.js';

/**
 * What is to be sent to a citizen outside the response to the message:
 * - a promise: the answer was not ready in time, the platform was told `success`, and the answer will follow;
 * - a remainder: the parts of a long answer that did not fit into the response.
 */
export type OutboxEntry = (Promised | Remainder) & OutboxProgress;

interface OutboxHead {
  accountId: string;
  openid: string;
  /** The key of the message that is answered; with `kind` unique within (accountId, openid). */
  key: string;
  createdAt: Date;
  /** Not to be sent before this moment, UTC. */
  notBefore: Date;
}

export interface Promised extends OutboxHead {
  kind: 'promise';
  /** The message as it came, sealed: nobody knows yet whether it holds a personal field. */
  sealed: string;
}

export interface Remainder extends OutboxHead {
  kind: 'remainder';
  replies: Reply[];
}

export interface OutboxProgress {
  /**
   * waiting → sending → sent | failed | unknown. `unknown`: the process died, or the call broke off, between
   * asking the platform and hearing its answer; the platform cannot recognise a repeat of a customer-service
   * message, so only a person sends it again.
   */
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'unknown';
  /** Replies of this entry that the platform has accepted. */
  partsSent: number;
  attempts: number;
  /** Why it failed or is unknown, or why the last attempt will be repeated. */
  reason?: string;
  /** While `sending`: the moment after which its sender counts as dead, UTC. */
  leaseUntil?: Date;
}

/** How often a message that the platform could not take is tried before it counts as failed. */
export const maxAttempts = 6;
