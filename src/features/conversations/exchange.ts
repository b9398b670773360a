import type { CitizenInput, FittedAnswer } from '../../core/messages.js';
import type { DialogState } from '../../dialog/dialog-state.js';
import type { Decision } from '../../dialog/step-dialog.js';

/**
 * One message and its answer: the unit of the journal. The newest exchange of a citizen *is* the place in the
 * dialog; there is no other record of it. Never changed once written; it expires with the chat records.
 */
export interface Exchange {
  accountId: string;
  openid: string;
  /** The idempotency key of the message; unique within (accountId, openid). */
  key: string;
  /** 1, 2, 3 … within (accountId, openid): the order in which messages were committed. Unique. */
  seq: number;
  inbound: ExchangeInbound;
  answer: FittedAnswer;
  /** Which step of the dialog decided, and what it hit. */
  decidedBy: Decision;
  stateAfter: DialogState;
  /** Number of the release that answered. */
  release: number;
  /** When it was committed, UTC. */
  at: Date;
  /** When the chat record may be deleted, UTC. */
  expiresAt: Date;
}

export interface ExchangeInbound {
  input: CitizenInput;
  /** When the platform says that the citizen sent it, UTC. */
  sentAt: Date;
  /** All fields of the platform's message, kept where `input` does not say everything. */
  raw?: Record<string, unknown>;
}
