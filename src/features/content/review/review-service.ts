import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { can, type Permission, type RoleGrant } from '../../../core/permissions.js';
import { forbidden, notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { noDraft } from '../content-errors.js';
import { contentsOf, readDraft } from '../draft/draft-reader.js';
import type { DraftStore } from '../draft-store.js';
import { loadLines, type FrozenContentStore } from '../frozen-content-store.js';
import { diffContent, type ContentChange } from '../items/diff-content.js';
import { freezeItems } from '../items/frozen-content.js';
import type { ReleaseStore } from '../release-store.js';
import type { SubmissionStore } from '../submission-store.js';
import type { ReleasePublisher } from './release-publisher.js';
import {
  approvedAlready,
  authorCannotReview,
  hashMismatch,
  onlySubmitterWithdraws,
  releaseChanged,
  stagePassed,
  submissionClosed,
} from './review-errors.js';
import {
  stageOf,
  type ReviewStage,
  type Submission,
  type SubmissionOutcome,
  type SubmissionState,
} from './submission.js';

export interface ReviewServiceParts {
  transactions: TransactionRunner;
  submissions: SubmissionStore;
  drafts: DraftStore;
  releases: ReleaseStore;
  contents: FrozenContentStore;
  publisher: ReleasePublisher;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

export interface Reviewer {
  actor: Actor;
  roles: readonly RoleGrant[];
}

interface SubmissionRef {
  accountId: string;
  number: number;
}

/** A review names what was looked at, so that nobody decides about something else. */
export interface ReviewRequest extends SubmissionRef {
  reviewer: Reviewer;
  hash: string;
  stage: ReviewStage;
}

const stagePermissions: Readonly<Record<ReviewStage, Permission>> = {
  first: 'review.first',
  second: 'review.second',
  final: 'review.final',
};

/** How what was submitted is reviewed, and becomes the live release with the last approval. */
export class ReviewService {
  readonly #parts: ReviewServiceParts;

  constructor(parts: ReviewServiceParts) {
    this.#parts = parts;
  }

  /** The newest first. */
  list(
    accountId: string,
    page: { limit: number; before?: number; state?: SubmissionState },
  ): Promise<Submission[]> {
    return this.#parts.submissions.list(accountId, page);
  }

  /** @throws UserError `not_found` */
  async find({ accountId, number }: SubmissionRef, tx?: Transaction): Promise<Submission> {
    const submission = await this.#parts.submissions.find(accountId, number, tx);
    if (!submission) throw notFound();
    return submission;
  }

  /** What it changes in the release that was live when it was submitted. @throws UserError `not_found` */
  async diff(ref: SubmissionRef): Promise<ContentChange[]> {
    const { contents, releases } = this.#parts;
    const { accountId, hash, baseRelease } = await this.find(ref);
    const base = await releases.find(accountId, baseRelease);
    const before = base ? await loadLines(contents, accountId, base.hash) : [];
    return diffContent(before, await loadLines(contents, accountId, hash));
  }

  /**
   * What the draft now says otherwise than what was submitted.
   * @throws UserError `not_found`, `no_draft`, `draft_busy`
   */
  async diffToDraft(ref: SubmissionRef): Promise<ContentChange[]> {
    const { contents, drafts } = this.#parts;
    const { accountId, hash } = await this.find(ref);
    const whole = await readDraft(drafts, accountId);
    if (!whole) throw noDraft(accountId);
    const { lines } = await freezeItems(contentsOf(whole.items));
    return diffContent(await loadLines(contents, accountId, hash), lines);
  }

  /**
   * Approves the stage that is due. The last approval publishes, in the same transaction.
   *
   * @throws UserError `not_found`, `submission_closed`, `hash_mismatch`, `stage_passed`; `forbidden` without the
   *   stage's role; `author_cannot_review`; `approved_already`; `release_changed` when something else went live
   *   since: then the submission is void.
   */
  async approve(request: ReviewRequest): Promise<Submission> {
    const { accountId, number, reviewer, stage } = request;
    const { by } = reviewer.actor;
    const isStale = await this.#parts.transactions.run(async (tx) => {
      const submission = await this.#findDue(tx, request);
      const at = this.#now();
      if (await this.#isStale(tx, submission)) {
        await this.#close(tx, submission, 'voided', reviewer.actor, releaseChanged().message);
        return true;
      }
      await this.#parts.submissions.approve(tx, accountId, number, { stage, by, at });
      const isLast = submission.approvals.length + 1 === submission.stages.length;
      if (isLast) await this.#publish(tx, submission, reviewer.actor);
      else await this.#record(tx, submission, 'submission.approve', reviewer.actor, { stage });
      return false;
    });
    if (isStale) throw releaseChanged();
    return this.find(request);
  }

  /**
   * Ends the review: `rejected` for good, `returned` to be changed and submitted again.
   *
   * @throws UserError as `approve`
   */
  async refuse(
    request: ReviewRequest & { verdict: 'rejected' | 'returned'; reason: string },
  ): Promise<Submission> {
    await this.#parts.transactions.run(async (tx) => {
      const submission = await this.#findDue(tx, request);
      await this.#close(tx, submission, request.verdict, request.reviewer.actor, request.reason);
    });
    return this.find(request);
  }

  /** @throws UserError `not_found`, `submission_closed`, `only_submitter_withdraws` */
  async withdraw(request: SubmissionRef & { actor: Actor; reason: string }): Promise<Submission> {
    const { actor, reason } = request;
    await this.#parts.transactions.run(async (tx) => {
      const submission = await this.find(request, tx);
      if (submission.state !== 'pending') throw submissionClosed(submission);
      const { staffId, name } = submission.submittedBy;
      if (staffId !== actor.by.staffId) throw onlySubmitterWithdraws(name);
      await this.#close(tx, submission, 'withdrawn', actor, reason);
    });
    return this.find(request);
  }

  /** The submission, if this person may review this content at this stage now. */
  async #findDue(tx: Transaction, request: ReviewRequest): Promise<Submission> {
    const { accountId, hash, stage, reviewer } = request;
    const { staffId } = reviewer.actor.by;
    const submission = await this.find(request, tx);
    if (!can(reviewer, stagePermissions[stage], accountId)) throw forbidden();
    if (submission.authors.some((author) => author.staffId === staffId)) throw authorCannotReview();
    if (submission.state !== 'pending') throw submissionClosed(submission);
    if (submission.hash !== hash) throw hashMismatch(submission.hash);
    const due = stageOf(submission);
    if (due !== undefined && due !== stage) throw stagePassed(due);
    if (submission.approvals.some(({ by }) => by.staffId === staffId)) throw approvedAlready();
    return submission;
  }

  /** A new release voids what is pending; this is for one that was submitted in the same instant. */
  async #isStale(tx: Transaction, { accountId, baseRelease }: Submission): Promise<boolean> {
    const live = await this.#parts.releases.findLive(accountId, tx);
    return (live?.number ?? 0) !== baseRelease;
  }

  async #publish(tx: Transaction, submission: Submission, actor: Actor): Promise<void> {
    const { accountId, number, hash, draftRevision, note } = submission;
    const at = this.#now();
    const { drafts, publisher, submissions } = this.#parts;
    await drafts.clearPending(tx, accountId, number);
    const { live } = await publisher.publish(
      tx,
      {
        accountId,
        hash,
        origin: { kind: 'review', submission: number },
        draftRevision,
        publishedAt: at,
        publishedBy: actor.by,
        note,
      },
      'changed',
    );
    const outcome = { by: actor.by, at, reason: '', release: live.number };
    await submissions.close(tx, accountId, number, 'published', outcome);
    await this.#record(tx, submission, 'submission.publish', actor, { stage: 'final', release: live.number });
  }

  async #close(
    tx: Transaction,
    submission: Submission,
    state: Exclude<SubmissionState, 'pending' | 'published'>,
    actor: Actor,
    reason: string,
  ): Promise<void> {
    const { accountId, number } = submission;
    const outcome: SubmissionOutcome = { by: actor.by, at: this.#now(), reason };
    await this.#parts.submissions.close(tx, accountId, number, state, outcome);
    await this.#parts.drafts.clearPending(tx, accountId, number);
    await this.#record(tx, submission, closingActions[state], actor, { state }, reason);
  }

  #record(
    tx: Transaction,
    { accountId, number, hash }: Submission,
    action: string,
    actor: Actor,
    facts: Readonly<Record<string, unknown>>,
    reason?: string,
  ): Promise<void> {
    const changes = Object.entries({ hash, ...facts }).map(([path, after]) => ({ path, after }));
    return this.#parts.audit.append(tx, {
      ...actor,
      accountId,
      action,
      object: { kind: 'submission', id: String(number) },
      changes,
      ...(reason !== undefined && reason !== '' && { reason }),
    });
  }

  #now(): Date {
    return new Date(this.#parts.clock.now());
  }
}

const closingActions = {
  rejected: 'submission.reject',
  returned: 'submission.return',
  withdrawn: 'submission.withdraw',
  voided: 'submission.void',
} as const;
