import type { CitizenInput, FittedAnswer } from '../../core/messages.js';
import type { DialogState, FormDraft, FormFrame, MenuFrame } from '../../dialog/dialog-state.js';
import type { InboundFlag } from '../../dialog/sensitive/screen.js';
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
  /** What staff should look at in the message; absent where there is nothing. */
  flags?: readonly InboundFlag[];
  stateAfter: StoredState;
  /** Number of the release that answered. */
  release: number;
  /** When it was committed, UTC. */
  at: Date;
  /** When the chat record may be deleted, UTC. */
  expiresAt: Date;
}

export interface ExchangeInbound {
  input: CitizenInput | SealedInput;
  /** When the platform says that the citizen sent it, UTC. */
  sentAt: Date;
  /** All fields of the platform's message, kept where `input` does not say everything. */
  raw?: Record<string, unknown>;
}

/** An input that holds, or may hold, a personal field. */
export interface SealedInput {
  kind: 'sealed';
  /** Its kind, which says nothing of anybody. */
  was: CitizenInput['kind'];
  sealed: string;
}

/** The state as it is stored: what was filled into forms, and what a doubt quotes, is sealed. */
export type StoredState = Omit<DialogState, 'frame' | 'drafts'> & {
  frame: MenuFrame | SealedForm<FormFrame> | null;
  drafts?: SealedForm<FormDraft>[];
};

/** A form's answers, as one sealed text. */
export type SealedForm<Form> = Omit<Form, 'answers'> & { sealed: string };
