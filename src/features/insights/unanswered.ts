import type { Actor } from '../../core/actor.js';
import type { Target } from '../../dialog/content-model.js';

/** Questions of citizens, alike in their wording, that the dialog had no certain answer to. */
export interface UnansweredGroup {
  /** Twelve hexadecimal digits; unique among all accounts. */
  id: string;
  accountId: string;
  /** The wording that came first; personal data masked. */
  title: string;
  messages: number;
  /** Different citizens. */
  citizens: number;
  /** UTC. */
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Where it might belong: what the citizen was offered, or what the search came nearest to. Best first. */
  nearest: Target[];
  state: UnansweredState;
  /** Counts what staff did with it, from 0: whoever does something says which one they started from. */
  version: number;
  /** Who attached or dismissed it. */
  decision?: UnansweredDecision;
}

/** open → attached (its wordings were added to the draft) | dismissed; either may be opened again. */
export const unansweredStates = ['open', 'attached', 'dismissed'] as const;
export type UnansweredState = (typeof unansweredStates)[number];

export interface UnansweredDecision {
  by: Actor['by'];
  /** UTC. */
  at: Date;
  /** How many messages the group had then: more have come since if it has more now. */
  messages: number;
  /** What it was attached to. */
  attached?: Attachment;
  /** Why it was dismissed. */
  reason?: string;
}

/** What attaching a group did to the draft. */
export interface Attachment {
  to: Target;
  /** The target's, as it was called then. */
  title: string;
  /** The rule of the draft that leads to the target. */
  ruleId: string;
  /** The questions that this rule did not know yet. */
  added: string[];
}

/** One wording of a group; personal data masked. */
export interface Wording {
  text: string;
  messages: number;
  /** UTC. */
  lastSeenAt: Date;
}
