import type { Actor } from '../../core/actor.js';
import { businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import { maskPersonalNumbers } from '../../core/mask-personal.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { BillReconciler } from './bill-reconciler.js';
import { refuse } from './order-refusals.js';
import {
  isSameDifference,
  type DifferenceRef,
  type Reconciliation,
  type ReconciliationStore,
} from './reconciliation.js';

export interface BillDeskParts {
  reconciler: Pick<BillReconciler, 'reconcile'>;
  reconciliations: ReconciliationStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

export interface DayOfAccount {
  accountId: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string;
}

/** What staff do about the daily bills; all of it is on record. */
export class BillDesk {
  readonly #parts: BillDeskParts;

  constructor(parts: BillDeskParts) {
    this.#parts = parts;
  }

  /** The latest day first. */
  list(accountId: string, limit: number): Promise<Reconciliation[]> {
    return this.#parts.reconciliations.list(accountId, limit);
  }

  /** @throws UserError `not_reconciled` */
  async find({ accountId, day }: DayOfAccount): Promise<Reconciliation> {
    const found = await this.#parts.reconciliations.find(accountId, day);
    if (found === null) throw refuse('not_reconciled');
    return found;
  }

  /** @throws UserError `bill_not_ready` · `bill_busy` */
  async reconcile({ accountId, day }: DayOfAccount, actor: Actor): Promise<Reconciliation> {
    const { reconciler, clock } = this.#parts;
    if (day >= businessDay(clock.now())) throw refuse('bill_not_ready');
    const outcome = await reconciler.reconcile(accountId, day, (tx, { differenceCount }) =>
      this.#record(tx, { accountId, day }, actor, {
        action: 'bill.reconcile',
        changes: [{ path: 'differences', after: differenceCount }],
      }),
    );
    if (outcome.kind === 'not_yet') throw refuse('bill_not_ready');
    if (outcome.kind === 'trouble') throw refuse('bill_busy', outcome.reason);
    return outcome.reconciliation;
  }

  /**
   * Notes what was done about a difference; again: the later note counts.
   * @throws UserError `not_reconciled` · `no_such_difference`
   */
  deal(
    { accountId, day }: DayOfAccount,
    which: DifferenceRef,
    note: string,
    actor: Actor,
  ): Promise<Reconciliation> {
    const { reconciliations, transactions, clock } = this.#parts;
    return transactions.run(async (tx) => {
      const before = await reconciliations.find(accountId, day, tx);
      if (before === null) throw refuse('not_reconciled');
      if (!before.differences.some((one) => isSameDifference(one, which))) throw refuse('no_such_difference');
      const dealt = { by: actor.by, at: new Date(clock.now()), note };
      const differences = before.differences.map((one) =>
        isSameDifference(one, which) ? { ...one, dealt } : one,
      );
      const after = { ...before, differences };
      await reconciliations.save(tx, after);
      await this.#record(tx, { accountId, day }, actor, {
        action: 'bill.deal',
        changes: [{ path: 'orderNo', after: which.orderNo }],
        reason: maskPersonalNumbers(note),
      });
      return after;
    });
  }

  #record(
    tx: Transaction,
    { accountId, day }: DayOfAccount,
    actor: Actor,
    what: { action: string; changes: { path: string; after: string | number }[]; reason?: string },
  ): Promise<void> {
    return this.#parts.audit.append(tx, { ...actor, ...what, accountId, object: { kind: 'bill', id: day } });
  }
}
