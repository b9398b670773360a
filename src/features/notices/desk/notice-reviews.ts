import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { can, type Permission, type RoleGrant } from '../../../core/permissions.js';
import { forbidden, notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { NoticeRef, NoticeStore } from '../notice-store.js';
import { dueStage, type Notice, type NoticeChannel, type NoticeStage } from '../notice.js';
import {
  approvedAlready,
  authorCannotReview,
  hashMismatch,
  noticeElsewhere,
  sizeMismatch,
  stagePassed,
} from './desk-errors.js';
import { toDraft } from './notice-desk.js';
import type { NoticeStarter } from './notice-starter.js';
import { recordNotice } from './record-notice.js';

export interface NoticeReviewsParts {
  notices: NoticeStore;
  starter: Pick<NoticeStarter, 'silenceOf'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  /** Something is to be sent at once. */
  onApproved: () => void;
}

export interface NoticeReviewer {
  actor: Actor;
  roles: readonly RoleGrant[];
}

/** A review names what was looked at, so that nobody decides about something else. */
export interface NoticeReview extends NoticeRef {
  reviewer: NoticeReviewer;
  hash: string;
  stage: NoticeStage;
}

export interface NoticeApprovalRequest extends NoticeReview {
  /** How many, and by which channels, as the reviewer confirmed them. */
  recipients: number;
  channels: readonly NoticeChannel[];
}

export interface NoticeRefusalRequest extends NoticeReview {
  verdict: 'returned' | 'rejected';
  reason: string;
}

const stagePermissions: Readonly<Record<NoticeStage, readonly Permission[]>> = {
  first: ['notices.review', 'review.first'],
  second: ['notices.review', 'review.second'],
  final: ['notices.review', 'review.final'],
  emergency: ['notices.approveEmergency'],
};

/** How what was submitted is reviewed. The last approval sets it going, in the same transaction. */
export class NoticeReviews {
  readonly #parts: NoticeReviewsParts;

  constructor(parts: NoticeReviewsParts) {
    this.#parts = parts;
  }

  /**
   * Approves the stage that is due.
   *
   * @throws UserError `not_found`, `notice_state`, `hash_mismatch`, `stage_passed`, `size_mismatch`; `forbidden`
   *   without the stage's permissions; `author_cannot_review`; `approved_already`
   */
  async approve(request: NoticeApprovalRequest): Promise<Notice> {
    const { stage, recipients, channels, hash, reviewer } = request;
    const { by } = reviewer.actor;
    const approved = await this.#parts.transactions.run(async (tx) => {
      const before = await this.#findDue(tx, request);
      if (before.size?.recipients !== recipients || !isSame(before.channels, channels)) {
        throw sizeMismatch(before.size?.recipients ?? 0);
      }
      const passed = { ...before, approvals: [...before.approvals, { stage, by, at: this.#now() }] };
      const after = dueStage(passed) === undefined ? await this.#release(passed) : passed;
      await this.#replace(tx, before, after);
      await recordNotice(this.#parts.audit, tx, after, {
        actor: reviewer.actor,
        action: 'notice.approve',
        changes: Object.entries({ stage, hash, recipients, channels, state: after.state }).map(
          ([path, value]) => ({ path, after: value }),
        ),
      });
      return after;
    });
    if (approved.state === 'sending') this.#parts.onApproved();
    return approved;
  }

  /**
   * `returned`: back to its author, to be changed. `rejected`: for good.
   *
   * @throws UserError as `approve`
   */
  refuse(request: NoticeRefusalRequest): Promise<Notice> {
    const { reviewer, verdict, reason, stage, hash } = request;
    return this.#parts.transactions.run(async (tx) => {
      const before = await this.#findDue(tx, request);
      const after: Notice =
        verdict === 'returned'
          ? toDraft(before, reason)
          : { ...before, state: 'rejected', remark: reason, endedAt: this.#now() };
      await this.#replace(tx, before, after);
      await recordNotice(this.#parts.audit, tx, after, {
        actor: reviewer.actor,
        action: verdict === 'returned' ? 'notice.return' : 'notice.reject',
        changes: [
          { path: 'stage', after: stage },
          { path: 'hash', after: hash },
        ],
        reason,
      });
      return after;
    });
  }

  /** The notice, if this person may review this content at this stage now. */
  async #findDue(tx: Transaction, request: NoticeReview): Promise<Notice> {
    const { accountId, hash, stage, reviewer } = request;
    const { staffId } = reviewer.actor.by;
    const notice = await this.#parts.notices.find(request, tx);
    if (!notice) throw notFound();
    if (!stagePermissions[stage].every((one) => can(reviewer, one, accountId))) throw forbidden();
    if (notice.authors.some((author) => author.staffId === staffId)) throw authorCannotReview();
    if (notice.state !== 'pending') throw noticeElsewhere(notice);
    if (notice.hash !== hash) throw hashMismatch(notice.hash);
    const due = dueStage(notice);
    if (due !== undefined && due !== stage) throw stagePassed(due);
    if (notice.approvals.some(({ by }) => by.staffId === staffId)) throw approvedAlready();
    return notice;
  }

  /** At once, at its time, or after the quiet hours in which its time lies. */
  async #release(notice: Notice): Promise<Notice> {
    const now = this.#now();
    const wanted = notice.sendAt && notice.sendAt > now ? notice.sendAt : now;
    const startsAt = (await this.#parts.starter.silenceOf(notice, wanted)) ?? wanted;
    return startsAt > now
      ? { ...notice, state: 'scheduled', startsAt }
      : { ...notice, state: 'sending', startedAt: now };
  }

  async #replace(tx: Transaction, before: Notice, after: Notice): Promise<void> {
    if (!(await this.#parts.notices.replace(tx, before, after))) throw noticeElsewhere(before);
  }

  #now(): Date {
    return new Date(this.#parts.clock.now());
  }
}

/** In the same order, too: it decides which way a citizen is reached. */
function isSame(channels: readonly NoticeChannel[], others: readonly NoticeChannel[]): boolean {
  return channels.length === others.length && channels.every((channel, index) => channel === others[index]);
}
