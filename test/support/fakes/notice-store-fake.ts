import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { NoticeRef, NoticeStore } from '../../../src/features/notices/notice-store.js';
import type { Notice, NoticeHold, NoticeSize } from '../../../src/features/notices/notice.js';
import { onRollback } from './transaction-runner-fake.js';

interface Kept {
  notice: Notice;
  leaseUntil?: Date;
  isUnsettled?: boolean;
}

/** Notices in memory. */
export class NoticeStoreFake implements NoticeStore {
  readonly #kept = new Map<string, Kept>();

  async add(tx: Transaction, notice: Notice): Promise<void> {
    this.#kept.set(notice.id, { notice });
    onRollback(tx, () => this.#kept.delete(notice.id));
  }

  async find({ accountId, id }: NoticeRef): Promise<Notice | null> {
    const found = this.#kept.get(id)?.notice;
    return found?.accountId === accountId ? found : null;
  }

  async list(
    accountId: string,
    { limit, before, states }: Parameters<NoticeStore['list']>[1],
  ): Promise<Notice[]> {
    const all = [...this.#kept.values()]
      .map(({ notice }) => notice)
      .filter((notice) => notice.accountId === accountId)
      .sort((one, other) => (isNewer(one, other) ? -1 : 1));
    const last = all.find(({ id }) => id === before);
    if (before !== undefined && !last) return [];
    return all
      .filter((notice) => (!last || isNewer(last, notice)) && (!states || states.includes(notice.state)))
      .slice(0, limit);
  }

  async replace(tx: Transaction, before: Notice, after: Notice): Promise<boolean> {
    const kept = this.#unchanged(before);
    if (!kept) return false;
    const isUnsettled = after.state === 'cancelled' && before.preparation > 0;
    this.#kept.set(after.id, { notice: after, isUnsettled });
    onRollback(tx, () => this.#kept.set(before.id, kept));
    return true;
  }

  async remove(tx: Transaction, before: Notice): Promise<boolean> {
    const kept = this.#unchanged(before);
    if (!kept) return false;
    this.#kept.delete(before.id);
    onRollback(tx, () => this.#kept.set(before.id, kept));
    return true;
  }

  async claimPreparing(now: Date, leaseUntil: Date): Promise<Notice | null> {
    const [free] = [...this.#kept.values()]
      .filter(({ notice, leaseUntil: held }) => notice.state === 'preparing' && (!held || held <= now))
      .sort(byUrgency);
    if (!free) return null;
    this.#kept.set(free.notice.id, { ...free, leaseUntil });
    return free.notice;
  }

  async finishPreparing(notice: Notice, prepared: { size: NoticeSize; hash: string }): Promise<boolean> {
    return this.#prepared(notice, { ...prepared, state: 'pending' });
  }

  async failPreparing(notice: Notice, remark: string): Promise<void> {
    this.#prepared(notice, { state: 'draft', remark, submittedAt: null, submittedBy: null });
  }

  async listDue(now: Date): Promise<Notice[]> {
    return this.#select(
      ({ state, startsAt, hold }) =>
        (state === 'scheduled' && startsAt !== null && startsAt <= now) ||
        (state === 'paused' && hold?.until !== undefined && hold.until !== null && hold.until <= now),
    );
  }

  async start(due: Notice, now: Date): Promise<boolean> {
    return this.#change(due, {
      state: 'sending',
      hold: null,
      startsAt: null,
      startedAt: due.startedAt ?? now,
    });
  }

  async postpone(due: Notice, until: Date): Promise<boolean> {
    return this.#change(
      due,
      due.state === 'scheduled' ? { startsAt: until } : { hold: due.hold && { ...due.hold, until } },
    );
  }

  async listSending(): Promise<Notice[]> {
    return this.#select(({ state }) => state === 'sending');
  }

  async hold(ref: NoticeRef, hold: NoticeHold): Promise<boolean> {
    return this.#whileSending(ref, { state: 'paused', hold });
  }

  async finish(ref: NoticeRef, endedAt: Date): Promise<boolean> {
    return this.#whileSending(ref, { state: 'finished', endedAt });
  }

  async listUnsettled(): Promise<Notice[]> {
    return [...this.#kept.values()].filter((one) => one.isUnsettled).map(({ notice }) => notice);
  }

  async settle({ id }: NoticeRef): Promise<void> {
    const kept = this.#kept.get(id);
    if (kept) this.#kept.set(id, { ...kept, isUnsettled: false });
  }

  #select(isMeant: (notice: Notice) => boolean): Notice[] {
    return [...this.#kept.values()]
      .filter(({ notice }) => isMeant(notice))
      .sort(byUrgency)
      .map(({ notice }) => notice);
  }

  #prepared(notice: Notice, change: Partial<Notice>): boolean {
    return notice.state === 'preparing' && this.#change(notice, change);
  }

  #whileSending({ accountId, id }: NoticeRef, change: Partial<Notice>): boolean {
    const now = this.#kept.get(id)?.notice;
    return now?.accountId === accountId && now.state === 'sending' && this.#change(now, change);
  }

  #change(expected: Notice, change: Partial<Notice>): boolean {
    const kept = this.#unchanged(expected);
    if (!kept) return false;
    this.#kept.set(expected.id, { notice: { ...kept.notice, ...change } });
    return true;
  }

  #unchanged(expected: Notice): Kept | undefined {
    const kept = this.#kept.get(expected.id);
    if (!kept) return undefined;
    const { revision, state, preparation, approvals } = kept.notice;
    const isSame =
      revision === expected.revision &&
      state === expected.state &&
      preparation === expected.preparation &&
      approvals.length === expected.approvals.length;
    return isSame ? kept : undefined;
  }
}

function isNewer(one: Notice, other: Notice): boolean {
  const apart = one.createdAt.getTime() - other.createdAt.getTime();
  return apart === 0 ? one.id > other.id : apart > 0;
}

function byUrgency({ notice: one }: Kept, { notice: other }: Kept): number {
  if (one.kind !== other.kind) return one.kind === 'emergency' ? -1 : 1;
  return (one.submittedAt?.getTime() ?? 0) - (other.submittedAt?.getTime() ?? 0);
}
