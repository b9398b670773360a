import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import type { Content } from '../../../dialog/content-model.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { contentHasFaults, contentTooLarge, draftChanged, noDraft } from '../content-errors.js';
import { fileLimits } from '../content-limits.js';
import { contentsOf, readDraft, type WholeDraft } from '../draft/draft-reader.js';
import type { DraftStore, Editor } from '../draft-store.js';
import { loadLines, type FrozenContentStore } from '../frozen-content-store.js';
import { itemsToContent } from '../items/content-items.js';
import { diffContent, type ContentChange } from '../items/diff-content.js';
import { freezeItems, type FrozenContent } from '../items/frozen-content.js';
import type { ReleaseStore, StoredRelease } from '../release-store.js';
import type { SubmissionStore } from '../submission-store.js';
import type { ContentWork } from '../work/content-work.js';
import { findAuthors } from './find-authors.js';
import {
  alreadySubmitted,
  notRoutine,
  nothingToReview,
  rejectedBefore,
  releaseChanged,
} from './review-errors.js';
import { emergencyReplies, findWeighty, stagesFor } from './routine.js';
import type { Submission } from './submission.js';

export interface SubmitterParts {
  transactions: TransactionRunner;
  submissions: SubmissionStore;
  drafts: DraftStore;
  releases: ReleaseStore;
  contents: FrozenContentStore;
  audit: Pick<AuditTrail, 'append'>;
  work: ContentWork;
  clock: Clock;
}

export interface SubmitRequest {
  accountId: string;
  actor: Actor;
  /** The revision that the submitter has seen. */
  revision: number;
  note: string;
  /** Asks for the two reviews of a routine fix. */
  routine: boolean;
}

/** Lays the draft before the reviewers, frozen as it is. */
export class Submitter {
  readonly #parts: SubmitterParts;

  constructor(parts: SubmitterParts) {
    this.#parts = parts;
  }

  /**
   * @throws UserError `no_draft`; `draft_changed` since `revision`; `content_has_faults` with the linter's errors;
   *   `nothing_to_review`, `rejected_before`, `already_submitted`; `not_routine` with the changes that forbid it;
   *   `release_changed`; `content_too_large`.
   */
  async submit(request: SubmitRequest): Promise<Submission> {
    const { accountId, actor, revision } = request;
    const { drafts, contents } = this.#parts;
    const whole = await readDraft(drafts, accountId);
    if (!whole) throw noDraft(accountId);
    if (whole.head.revision !== revision) throw draftChanged(whole.head.updatedBy);
    if (whole.head.pending !== undefined) throw alreadySubmitted(whole.head.pending);
    const frozen = await freezeItems(contentsOf(whole.items));
    if (frozen.bytes > fileLimits.frozenBytes) throw contentTooLarge(frozen.bytes, fileLimits.frozenBytes);
    await this.#lint(frozen);
    const live = await this.#findLive(accountId);
    await this.#refuseRepetition(accountId, frozen, live);
    const changes = await diffContent(
      live ? await loadLines(contents, accountId, live.hash) : [],
      frozen.lines,
    );
    if (request.routine) refuseUnlessRoutine(changes, itemsToContent(contentsOf(whole.items)));
    const authors = addPerson(findAuthors(changes, whole.items, live?.draftRevision ?? 0), actor.by);
    await contents.keep(accountId, frozen);
    return this.#add(request, whole, live, {
      accountId,
      hash: frozen.hash,
      draftRevision: revision,
      baseRelease: live?.number ?? 0,
      stages: stagesFor(request.routine),
      note: request.note,
      submittedBy: actor.by,
      submittedAt: new Date(this.#parts.clock.now()),
      authors,
      approvals: [],
      state: 'pending',
    });
  }

  async #lint(frozen: FrozenContent): Promise<void> {
    const { clock, work } = this.#parts;
    const findings = await work.lint(frozen, clock.now());
    if (findings.some(({ severity }) => severity === 'error')) throw contentHasFaults(findings);
  }

  async #findLive(accountId: string): Promise<StoredRelease | null> {
    const { releases } = this.#parts;
    const live = await releases.findLive(accountId);
    return live && releases.find(accountId, live.number);
  }

  async #refuseRepetition(
    accountId: string,
    { hash }: FrozenContent,
    live: StoredRelease | null,
  ): Promise<void> {
    if (live?.hash === hash) throw nothingToReview();
    if (await this.#parts.submissions.wasRejected(accountId, hash)) throw rejectedBefore();
  }

  #add(
    { accountId, actor, note }: SubmitRequest,
    { head }: WholeDraft,
    live: StoredRelease | null,
    submission: Omit<Submission, 'number'>,
  ): Promise<Submission> {
    const { transactions, submissions, drafts, releases, audit } = this.#parts;
    return transactions.run(async (tx) => {
      const liveNow = await releases.findLive(accountId, tx);
      if (liveNow?.number !== live?.number) throw releaseChanged();
      const number = await submissions.add(tx, submission);
      if (!(await drafts.setPending(tx, accountId, head.revision, number))) {
        const now = await drafts.findHead(accountId, tx);
        throw now?.pending === undefined
          ? draftChanged(now?.updatedBy ?? head.updatedBy)
          : alreadySubmitted(now.pending);
      }
      await audit.append(tx, {
        ...actor,
        accountId,
        action: 'submission.create',
        object: { kind: 'submission', id: String(number) },
        changes: [
          { path: 'hash', after: submission.hash },
          { path: 'stages', after: submission.stages },
        ],
        ...(note !== '' && { reason: note }),
      });
      return { ...submission, number };
    });
  }
}

function refuseUnlessRoutine(changes: readonly ContentChange[], content: Content): void {
  const weighty = findWeighty(changes, emergencyReplies(content));
  if (weighty.length > 0) throw notRoutine(weighty);
}

function addPerson(people: readonly Editor[], person: Editor): Editor[] {
  return people.some(({ staffId }) => staffId === person.staffId) ? [...people] : [...people, person];
}
