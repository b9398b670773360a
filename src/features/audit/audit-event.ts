import type { Actor } from '../../core/actor.js';

/** What a service says about a mutation. */
export interface AuditEntry extends Actor {
  /** The account concerned, or `systemAccount`; each has a chain of its own. */
  accountId: string;
  /** `noun.verb`: `staff.invite`, `notice.send`. */
  action: string;
  object: { kind: string; id: string };
  /** Empty where the action says everything. Personal values come masked. */
  changes: readonly AuditChange[];
  reason?: string;
}

export interface AuditChange {
  /** Where in the object: `roles`, `tree.id-card.title`. */
  path: string;
  /** JSON values; absent where there was, or is, nothing. */
  before?: unknown;
  after?: unknown;
}

/** An entry in its place in the chain. Nothing changes or removes it. */
export interface AuditEvent extends AuditEntry {
  /** 1, 2, 3 … within the chain, without a gap. */
  seq: number;
  at: Date;
  /** The hash of the event before; of the first: `genesisHash`. */
  prevHash: string;
  /** SHA-256, in hex, of everything else, as canonical JSON. */
  hash: string;
}

/** Where a chain ends. */
export interface ChainHead {
  seq: number;
  hash: string;
}
