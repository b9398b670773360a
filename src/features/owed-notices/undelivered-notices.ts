import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import { maskPersonalNumbers } from '../../core/mask-personal.js';
import { notFound } from '../../core/refusals.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { NoticeSubject, NoticeSubjectView } from './notice-subject.js';
import type {
  NoticeReport,
  NoticesOf,
  UndeliveredNotice,
  UndeliveredNoticeStore,
} from './undelivered-notice-store.js';

export interface UndeliveredNoticesParts {
  store: UndeliveredNoticeStore;
  subjects: { require(kind: string): Pick<NoticeSubject, 'describe'> };
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** A message that did not arrive, as staff see it. */
export interface UndeliveredNoticeView {
  notice: UndeliveredNotice;
  /** Null: it has been deleted meanwhile. */
  about: NoticeSubjectView | null;
  /** Whether what it says can still be of use. */
  isRepeatable: boolean;
}

/** Messages that did not arrive: who should be told in another way, or once more. */
export class UndeliveredNotices {
  readonly #parts: UndeliveredNoticesParts;

  constructor(parts: UndeliveredNoticesParts) {
    this.#parts = parts;
  }

  /** The latest first. @param after the id of the last one of the page before. */
  async list(of: NoticesOf, page: { limit: number; after?: string }): Promise<UndeliveredNoticeView[]> {
    const { store, subjects, clock } = this.#parts;
    const subject = subjects.require(of.subjectKind);
    const found = await store.list(of, page);
    return Promise.all(
      found.map(async (notice) => ({
        notice,
        about: await subject.describe(of.accountId, notice.subject.id),
        isRepeatable: notice.until.getTime() > clock.now(),
      })),
    );
  }

  /**
   * Has it sent once more, as soon as a worker comes to it; what is no longer so by then is dropped.
   * @throws UserError `not_found`: it is not, or no longer, undelivered · `notice_too_late` · `reason_missing`
   */
  async repeat(order: NoticesOf & { noticeId: string; reason: string }, actor: Actor): Promise<void> {
    const { store, transactions, audit, clock } = this.#parts;
    const { accountId, noticeId } = order;
    const reason = order.reason.trim();
    if (reason === '') throw new UserError('reason_missing', '请写明原因');
    await transactions.run(async (tx) => {
      const now = clock.now();
      const notice = await store.find(tx, order, noticeId);
      if (!notice) throw notFound();
      if (notice.until.getTime() <= now)
        throw new UserError('notice_too_late', '这条通知说的事已经过了，不用再发', { status: 409 });
      if (!(await store.repeat(tx, notice, new Date(now)))) throw notFound();
      await audit.append(tx, {
        ...actor,
        accountId,
        action: 'owed-notice.repeat',
        object: notice.subject,
        changes: [{ path: 'state', before: notice.state }],
        reason: maskPersonalNumbers(reason),
      });
    });
  }

  /**
   * Takes the platform's reports of template messages (WeChat: TEMPLATESENDJOBFINISH). May be repeated.
   *
   * @returns the ids of those that are on record here. One that is missing is about something else, or its sender has
   *   yet to write the id down: worth asking again for a while.
   */
  settle(reports: readonly NoticeReport[]): Promise<ReadonlySet<string>> {
    return this.#parts.store.settle(reports);
  }
}
