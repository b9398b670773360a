import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { DeliveryStore } from '../delivery-store.js';
import type { NoticeRef, NoticeStore } from '../notice-store.js';
import type { Notice, NoticeState } from '../notice.js';
import { noticeElsewhere, nothingUnknown } from './desk-errors.js';
import type { NoticeDeed } from './notice-desk.js';
import type { NoticeStarter } from './notice-starter.js';
import { recordNotice } from './record-notice.js';

export interface NoticeControlParts {
  notices: NoticeStore;
  deliveries: Pick<DeliveryStore, 'count' | 'repeatUnknown'>;
  starter: Pick<NoticeStarter, 'refuseSilence'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  /** Something is to be sent, or called off. */
  onChanged: () => void;
}

const cancellable: readonly NoticeState[] = [
  'draft',
  'preparing',
  'pending',
  'scheduled',
  'sending',
  'paused',
];

/** What staff do with a notice that is under way. */
export class NoticeControl {
  readonly #parts: NoticeControlParts;

  constructor(parts: NoticeControlParts) {
    this.#parts = parts;
  }

  /** Until somebody resumes it. @throws UserError `not_found`, `notice_state` */
  pause({ actor, reason, ...ref }: NoticeDeed & { reason: string }): Promise<Notice> {
    return this.#change(ref, ['sending'], { actor, action: 'notice.pause', reason }, (notice) => ({
      ...notice,
      state: 'paused',
      hold: { cause: 'staff', reason, since: this.#now(), until: null },
    }));
  }

  /** Whatever held it up. @throws UserError `not_found`, `notice_state`, `quiet_hours` */
  async resume({ actor, ...ref }: NoticeDeed): Promise<Notice> {
    const paused = await this.#parts.notices.find(ref);
    if (!paused) throw notFound();
    await this.#parts.starter.refuseSilence(paused);
    return this.#change(ref, ['paused'], { actor, action: 'notice.resume' }, (notice) => ({
      ...notice,
      state: 'sending',
      hold: null,
    }));
  }

  /** What was sent stays sent; what waits is called off. @throws UserError `not_found`, `notice_state` */
  cancel({ actor, reason, ...ref }: NoticeDeed & { reason: string }): Promise<Notice> {
    return this.#change(ref, cancellable, { actor, action: 'notice.cancel', reason }, (notice) => ({
      ...notice,
      state: 'cancelled',
      hold: null,
      startsAt: null,
      endedAt: this.#now(),
      remark: reason,
    }));
  }

  /**
   * Sends once more to those of whom nobody knows whether they were reached; some will get it twice. Only while
   * nothing else of the notice is being sent.
   *
   * @throws UserError `not_found`, `notice_state`, `quiet_hours`, `nothing_unknown`
   */
  async repeatUnknown({ actor, reason, ...ref }: NoticeDeed & { reason: string }): Promise<Notice> {
    const { notices, deliveries, starter } = this.#parts;
    const notice = await notices.find(ref);
    if (!notice) throw notFound();
    await starter.refuseSilence(notice);
    const counts = await deliveries.count(notice);
    if (!counts.some(({ state }) => state === 'unknown')) throw nothingUnknown();
    // It stands still until its rows wait again: were this process to die here, somebody resumes it.
    const still = await this.#change(
      ref,
      ['finished', 'paused'],
      { actor, action: 'notice.repeat', reason },
      (before) => ({
        ...before,
        state: 'paused',
        hold: { cause: 'staff', reason, since: this.#now(), until: null },
        endedAt: null,
      }),
    );
    await deliveries.repeatUnknown(still, this.#now());
    return this.#transact(ref, ['paused'], (before) => ({ ...before, state: 'sending', hold: null }));
  }

  #change(
    ref: NoticeRef,
    from: readonly NoticeState[],
    entry: { actor: Actor; action: string; reason?: string },
    change: (notice: Notice) => Notice,
  ): Promise<Notice> {
    return this.#transact(ref, from, change, (tx, after) =>
      recordNotice(this.#parts.audit, tx, after, {
        ...entry,
        changes: [{ path: 'state', after: after.state }],
      }),
    );
  }

  async #transact(
    ref: NoticeRef,
    from: readonly NoticeState[],
    change: (notice: Notice) => Notice,
    record?: (tx: Transaction, after: Notice) => Promise<void>,
  ): Promise<Notice> {
    const { notices, transactions, onChanged } = this.#parts;
    const changed = await transactions.run(async (tx) => {
      const before = await notices.find(ref, tx);
      if (!before) throw notFound();
      if (!from.includes(before.state)) throw noticeElsewhere(before);
      const after = change(before);
      if (!(await notices.replace(tx, before, after))) throw noticeElsewhere(before);
      await record?.(tx, after);
      return after;
    });
    onChanged();
    return changed;
  }

  #now(): Date {
    return new Date(this.#parts.clock.now());
  }
}
