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
  /** The beginning of what the citizen wrote. */
  text: string;
  /** When the message was sent, and when the alert was raised, UTC. */
  sentAt: Date;
  at: Date;
  state: 'open' | 'seen';
  /** Who has seen it, and when, UTC. */
  seen?: { by: string; at: Date };
  /** When the record may be deleted, UTC. */
  expiresAt: Date;
}
