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
  /** Who attached or ignored it. */
  decision?: UnansweredDecision;
}

/** open → attached (its wordings were added to the draft) | ignored; either may be opened again. */
export const unansweredStates = ['open', 'attached', 'ignored'] as const;
export type UnansweredState = (typeof unansweredStates)[number];

export interface UnansweredDecision {
  /** The id of a member of staff, or `system`. */
  by: string;
  /** UTC. */
  at: Date;
  /** How many messages the group had then: more have come since if it has more now. */
  messages: number;
  /** Where it was attached. */
  to?: Target;
}

/** One wording of a group; personal data masked. */
export interface Wording {
  text: string;
  messages: number;
  /** UTC. */
  lastSeenAt: Date;
}
