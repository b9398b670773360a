import type { Actor } from '../../core/actor.js';

/** Somebody wrote of an emergency: the officer on duty looks at it at once. */
export interface DutyAlert {
  accountId: string;
  openid: string;
  /** The idempotency key of the message; unique within (accountId, openid). */
  key: string;
  /** Short, made of the three above: how people name it. */
  id: string;
  /** Id of the kind of emergency. */
  kind: string;
  /** What it was recognised by. */
  word: string;
  /** The beginning of what the citizen wrote, sealed: somebody in need writes telephone numbers and addresses, too. */
  sealed: string;
  /** When the message was sent, and when the alert was raised, UTC. */
  sentAt: Date;
  at: Date;
  state: DutyAlertState;
  seen?: DutyStep;
  closed?: DutyStep & { note: string };
  /** When the record may be deleted, UTC. */
  expiresAt: Date;
}

/** open → seen (somebody has taken it on) → closed; or closed at once. */
export type DutyAlertState = 'open' | 'seen' | 'closed';

/** Who did something with an alert, and when, UTC. */
export interface DutyStep {
  by: Actor['by'];
  at: Date;
}

/** An alert as the desk sees it. */
export interface DutyAlertView extends Omit<DutyAlert, 'sealed' | 'key'> {
  /** Null: the key that it was sealed with is not known any more. */
  text: string | null;
}
