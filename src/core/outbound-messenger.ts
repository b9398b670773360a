import type { Reply } from './messages.js';

/** How the attempt to send a message ended. */
export type SendOutcome =
  | { status: 'sent' }
  /** Nothing was delivered and a later attempt may succeed. */
  | { status: 'retry'; reason: string; retryAfterMs: number }
  /** Nothing was delivered and no attempt will help: the window is over, the citizen left, the content is refused. */
  | { status: 'refused'; reason: string }
  /** The call broke off half-way: it may or may not have been delivered. Never sent again by a machine. */
  | { status: 'unknown'; reason: string };

/** Sends a message to one citizen outside the response to a message. */
export interface OutboundMessenger {
  /** Never throws for what the platform answers; every refusal is an outcome. */
  send(accountId: string, openid: string, reply: Reply): Promise<SendOutcome>;
}
