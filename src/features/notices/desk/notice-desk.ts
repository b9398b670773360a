import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { changesBetween } from '../../audit/changes-between.js';
import type { NoticeRef, NoticeStore } from '../notice-store.js';
import type { Notice, NoticePerson, NoticePlan, NoticeState } from '../notice.js';
import { noticeElsewhere, noticeHasFaults, onlySubmitterWithdraws, revisionConflict } from './desk-errors.js';
import { deskTexts } from './desk-texts.js';
import { recordNotice } from './record-notice.js';
import type { PlanSurvey } from './plan-survey.js';

export interface NoticeDeskParts {
  notices: NoticeStore;
  check: Pick<PlanSurvey, 'check'>;
  /** Keeps the list of recipients as long as a notice needs it. */
  lists: { keepForNotice(tx: Transaction, accountId: string, listId: string): Promise<void> };
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
  /** Something is to be prepared. */
  onSubmitted: () => void;
}

export interface NoticeDeed extends NoticeRef {
  actor: Actor;
}

/** While a plan can be changed: from `preparing` and `pending` a change leads back to the draft. */
const open: readonly NoticeState[] = ['draft', 'preparing', 'pending'];

/** Where notices are written and submitted. */
export class NoticeDesk {
  readonly #parts: NoticeDeskParts;

  constructor(parts: NoticeDeskParts) {
    this.#parts = parts;
  }

  /** The newest first. */
  list(...args: Parameters<NoticeStore['list']>): Promise<Notice[]> {
    return this.#parts.notices.list(...args);
  }

  /** @throws UserError `not_found` */
  async find(ref: NoticeRef, tx?: Transaction): Promise<Notice> {
    const notice = await this.#parts.notices.find(ref, tx);
    if (!notice) throw notFound();
    return notice;
  }

  /** A draft may have faults. */
  create(accountId: string, plan: NoticePlan, actor: Actor): Promise<Notice> {
    return this.#parts.transactions.run((tx) => this.#add(tx, accountId, plan, actor, 'notice.create'));
  }

  /** A new draft with the same plan, to be sent as soon as it is approved. @throws UserError `not_found` */
  copy({ actor, ...ref }: NoticeDeed): Promise<Notice> {
    return this.#parts.transactions.run(async (tx) => {
      const plan = planOf(await this.find(ref, tx));
      const copied = { ...plan, title: deskTexts.copyOf(plan.title), sendAt: null };
      return this.#add(tx, ref.accountId, copied, actor, 'notice.copy');
    });
  }

  /**
   * Whoever changes the plan becomes one of its authors; size, hash and approvals are void.
   *
   * @param revision the one that was changed.
   * @throws UserError `not_found`, `notice_state`, `revision_conflict`
   */
  change({
    actor,
    revision,
    plan,
    ...ref
  }: NoticeDeed & { revision: number; plan: NoticePlan }): Promise<Notice> {
    return this.#transact(ref, async (tx, before) => {
      if (!open.includes(before.state)) throw noticeElsewhere(before);
      if (before.revision !== revision) throw revisionConflict(before);
      const changes = changesBetween({ ...planOf(before) }, { ...planOf(plan) });
      if (isDeepStrictEqual(planOf(before), planOf(plan)) && before.state === 'draft') return before;
      const after = {
        ...toDraft(before, ''),
        ...planOf(plan),
        revision: before.revision + 1,
        authors: [...without(before.authors, actor.by), actor.by],
      };
      await this.#keepList(tx, after);
      await this.#replace(tx, before, after);
      await this.#record(tx, after, actor, 'notice.change', changes);
      return after;
    });
  }

  /** Only a draft. @throws UserError `not_found`, `notice_state` */
  async remove({ actor, ...ref }: NoticeDeed): Promise<void> {
    await this.#transact(ref, async (tx, before) => {
      if (before.state !== 'draft') throw noticeElsewhere(before);
      if (!(await this.#parts.notices.remove(tx, before))) throw noticeElsewhere(before);
      await this.#record(tx, before, actor, 'notice.remove', changesBetween({ ...planOf(before) }, {}));
      return before;
    });
  }

  /**
   * Hands a draft over: its recipients are written down, then it waits for the reviews.
   *
   * @param revision the one that the submitter has seen.
   * @throws UserError `not_found`, `notice_state`, `revision_conflict`; `notice_has_faults` with the findings
   */
  async submit({ actor, revision, ...ref }: NoticeDeed & { revision: number }): Promise<Notice> {
    const checked = await this.find(ref);
    if (checked.state !== 'draft') throw noticeElsewhere(checked);
    if (checked.revision !== revision) throw revisionConflict(checked);
    const findings = await this.#parts.check.check(ref.accountId, checked);
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw noticeHasFaults(errors);
    const submitted = await this.#transact(ref, async (tx, before) => {
      if (before.state !== 'draft') throw noticeElsewhere(before);
      if (before.revision !== revision) throw revisionConflict(before);
      const after: Notice = {
        ...toDraft(before, ''),
        state: 'preparing',
        preparation: before.preparation + 1,
        authors: [...without(before.authors, actor.by), actor.by],
        submittedAt: new Date(this.#parts.clock.now()),
        submittedBy: actor.by,
      };
      await this.#keepList(tx, after);
      await this.#replace(tx, before, after);
      await this.#record(tx, after, actor, 'notice.submit', [{ path: 'revision', after: revision }]);
      return after;
    });
    this.#parts.onSubmitted();
    return submitted;
  }

  /** Back to the draft. @throws UserError `not_found`, `notice_state`, `only_submitter_withdraws` */
  withdraw({ actor, ...ref }: NoticeDeed): Promise<Notice> {
    return this.#transact(ref, async (tx, before) => {
      if (before.state !== 'preparing' && before.state !== 'pending') throw noticeElsewhere(before);
      const { submittedBy } = before;
      if (submittedBy && submittedBy.staffId !== actor.by.staffId) throw onlySubmitterWithdraws(submittedBy);
      const after = toDraft(before, '');
      await this.#replace(tx, before, after);
      await this.#record(tx, after, actor, 'notice.withdraw', []);
      return after;
    });
  }

  async #add(
    tx: Transaction,
    accountId: string,
    plan: NoticePlan,
    actor: Actor,
    action: string,
  ): Promise<Notice> {
    const { notices, clock, newId } = this.#parts;
    const createdAt = new Date(clock.now());
    const notice: Notice = {
      ...blank,
      ...planOf(plan),
      accountId,
      id: newId(),
      createdAt,
      authors: [actor.by],
    };
    await this.#keepList(tx, notice);
    await notices.add(tx, notice);
    await this.#record(tx, notice, actor, action, changesBetween({}, { ...plan }));
    return notice;
  }

  #transact(ref: NoticeRef, work: (tx: Transaction, notice: Notice) => Promise<Notice>): Promise<Notice> {
    return this.#parts.transactions.run(async (tx) => work(tx, await this.find(ref, tx)));
  }

  async #replace(tx: Transaction, before: Notice, after: Notice): Promise<void> {
    if (!(await this.#parts.notices.replace(tx, before, after))) throw noticeElsewhere(before);
  }

  async #keepList(tx: Transaction, { accountId, audience }: Notice): Promise<void> {
    if (audience.kind === 'list') await this.#parts.lists.keepForNotice(tx, accountId, audience.listId);
  }

  #record(
    tx: Transaction,
    notice: Notice,
    actor: Actor,
    action: string,
    changes: AuditChanges,
  ): Promise<void> {
    return recordNotice(this.#parts.audit, tx, notice, { actor, action, changes });
  }
}

type AuditChanges = ReturnType<typeof changesBetween>;

const blank = {
  state: 'draft',
  revision: 1,
  preparation: 0,
  hash: null,
  size: null,
  submittedAt: null,
  submittedBy: null,
  approvals: [],
  hold: null,
  startsAt: null,
  startedAt: null,
  endedAt: null,
  remark: '',
} satisfies Partial<Notice>;

/** Only what reviewers approve. */
export function planOf({
  kind,
  title,
  content,
  audience,
  channels,
  sendAt,
  training,
}: NoticePlan): NoticePlan {
  return { kind, title, content, audience, channels, sendAt, training };
}

/** The notice as a draft again: nothing of what was prepared or approved counts any more. */
export function toDraft(notice: Notice, remark: string): Notice {
  return {
    ...notice,
    state: 'draft',
    hash: null,
    size: null,
    submittedAt: null,
    submittedBy: null,
    approvals: [],
    remark,
  };
}

function without(people: readonly NoticePerson[], { staffId }: NoticePerson): NoticePerson[] {
  return people.filter((person) => person.staffId !== staffId);
}
