import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { AudienceReader } from './audience-reader.js';
import {
  followersSubject,
  isKind,
  tagSubject,
  type AudienceRun,
  type Synchronisation,
  type Tagging,
  type TaggingDeed,
} from './audience-run.js';
import type { AudienceRunStore } from './audience-run-store.js';
import { audienceTexts } from './audience-texts.js';
import type { FollowerTags } from './follower-tags.js';
import type { SegmentCheck } from './segment-check.js';
import type { SegmentRules } from './segment.js';

export interface AudienceRunsParts {
  runs: Pick<AudienceRunStore, 'begin' | 'findRunning' | 'list'>;
  audience: Pick<AudienceReader, 'count'>;
  check: Pick<SegmentCheck, 'require'>;
  tags: Pick<FollowerTags, 'requireOwn'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  /** There is something to do. */
  onBegun: (kind: AudienceRun['kind']) => void;
  clock: Clock;
  newId: () => string;
}

const shown = 20;

/** Begins long work, and tells how it goes. The workers do it. */
export class AudienceRuns {
  readonly #parts: AudienceRunsParts;

  constructor(parts: AudienceRunsParts) {
    this.#parts = parts;
  }

  /** @throws UserError `already_running` */
  synchronise(accountId: string, actor: Actor): Promise<Synchronisation> {
    return this.#begin<Synchronisation>(actor, {
      ...this.#headOf(accountId, followersSubject, actor),
      kind: 'synchronise',
      progress: { step: 'list', total: 0, listed: 0, detailed: 0, left: 0, blocked: 0 },
    });
  }

  /** @throws UserError `tag_unknown` · `tag_of_platform` · `bad_rules` · `empty_segment` · `already_running` */
  async tagSegment(order: {
    accountId: string;
    tagId: number;
    deed: TaggingDeed;
    rules: SegmentRules;
    actor: Actor;
  }): Promise<Tagging> {
    const { accountId, actor, ...task } = order;
    const { audience, check, tags } = this.#parts;
    await tags.requireOwn(accountId, task.tagId);
    await check.require(accountId, task.rules);
    const total = await audience.count(accountId, task.rules);
    if (total === 0) throw new UserError('empty_segment', audienceTexts.emptySegment, { status: 422 });
    return this.#begin<Tagging>(actor, {
      ...this.#headOf(accountId, tagSubject(task.tagId), actor),
      kind: 'tag',
      task,
      progress: { total, changed: 0, skipped: 0 },
    });
  }

  async synchronisations(
    accountId: string,
  ): Promise<{ running: Synchronisation | null; last: Synchronisation | null }> {
    const runs = (await this.#parts.runs.list(accountId, 'synchronise', 2)).filter(isKind('synchronise'));
    return {
      running: runs.find(({ state }) => state === 'running') ?? null,
      last: runs.find(({ state }) => state !== 'running') ?? null,
    };
  }

  /** The latest first. */
  async taggings(accountId: string): Promise<Tagging[]> {
    return (await this.#parts.runs.list(accountId, 'tag', shown)).filter(isKind('tag'));
  }

  #headOf(accountId: string, subject: string, actor: Actor) {
    const startedAt = new Date(this.#parts.clock.now());
    const runId = this.#parts.newId();
    const head = { accountId, runId, subject, startedAt, startedBy: actor.by, troubles: 0 };
    return { ...head, state: 'running', leaseUntil: startedAt } as const;
  }

  async #begin<Run extends AudienceRun>(actor: Actor, run: Run): Promise<Run> {
    const { runs, transactions, audit, onBegun } = this.#parts;
    const { accountId, subject } = run;
    await transactions.run(async (tx) => {
      if (await runs.findRunning(accountId, subject, tx)) throw alreadyRunning(run);
      await runs.begin(tx, run);
      await audit.append(tx, { ...actor, accountId, ...recordOf(run) });
    });
    onBegun(run.kind);
    return run;
  }
}

function recordOf(run: AudienceRun) {
  if (run.kind === 'synchronise')
    return {
      action: 'followers.synchronise',
      object: { kind: 'followers', id: run.accountId },
      changes: [],
    };
  const { tagId, deed, rules } = run.task;
  return {
    action: deed === 'add' ? 'tag.give_segment' : 'tag.take_segment',
    object: { kind: 'follower-tag', id: String(tagId) },
    changes: [
      { path: 'conditions', after: rules.conditions },
      { path: 'total', after: run.progress.total },
    ],
  };
}

function alreadyRunning({ kind }: AudienceRun): UserError {
  const { alreadySynchronising, alreadyTagging } = audienceTexts;
  const message = kind === 'synchronise' ? alreadySynchronising : alreadyTagging;
  return new UserError('already_running', message, { status: 409 });
}
