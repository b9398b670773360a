import type { Actor } from '../../core/actor.js';
import type { SegmentRules } from './segment.js';

interface RunHead {
  accountId: string;
  runId: string;
  /** What it changes: of one subject there is at most one run at a time within an account. */
  subject: string;
  state: 'running' | 'done' | 'failed';
  startedAt: Date;
  startedBy: Actor['by'];
  endedAt?: Date;
  /** Of one that failed, why; stable. */
  failure?: string;
  /** Attempts in a row that came to nothing. */
  troubles: number;
  /** The process that does it; absent: nobody yet, or over. */
  worker?: string;
  /** Of one that runs: from this moment on any worker may take it, UTC. */
  leaseUntil?: Date;
}

/** What a synchronisation is at; it goes through them in this order. */
export type SyncStep = 'list' | 'leavers' | 'details' | 'blocked' | 'end';

export interface SyncProgress {
  step: SyncStep;
  /** Where the step goes on; absent: at its beginning. */
  after?: string;
  /** Followers by the platform's count. */
  total: number;
  listed: number;
  detailed: number;
  left: number;
  blocked: number;
}

/** The followers of the platform brought here. */
export interface Synchronisation extends RunHead {
  kind: 'synchronise';
  progress: SyncProgress;
}

export type TaggingDeed = 'add' | 'take';

export interface TaggingProgress {
  /** The last openid that was dealt with. */
  after?: string;
  /** Who belonged to the segment at the beginning. */
  total: number;
  changed: number;
  /** Those whom the platform refused. */
  skipped: number;
}

/** A tag given to, or taken from, a whole segment. */
export interface Tagging extends RunHead {
  kind: 'tag';
  task: { tagId: number; deed: TaggingDeed; rules: SegmentRules };
  progress: TaggingProgress;
}

/** Long work on the citizens of an account, which any worker carries on from where another left it. */
export type AudienceRun = Synchronisation | Tagging;

export type RunOf<Kind extends AudienceRun['kind']> = Extract<AudienceRun, { kind: Kind }>;

export const followersSubject = 'followers';

export function tagSubject(tagId: number): string {
  return `tag:${tagId}`;
}

export function isKind<Kind extends AudienceRun['kind']>(kind: Kind) {
  return (run: AudienceRun): run is RunOf<Kind> => run.kind === kind;
}
