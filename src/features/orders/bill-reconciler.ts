import { isDeepStrictEqual } from 'node:util';
import { addDays, businessDay, instantOf } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import { compareBill } from './compare-bill.js';
import type { Order, Refund } from './order.js';
import type { OrderStore, Period } from './order-store.js';
import type { BillLine, PaymentGateway } from './payment-gateway-port.js';
import {
  isSameDifference,
  type Difference,
  type Reconciliation,
  type ReconciliationStore,
} from './reconciliation.js';

export interface BillReconcilerParts {
  gateway: Pick<PaymentGateway, 'isReady' | 'readBill'>;
  orders: Pick<OrderStore, 'listByNos' | 'listPaid' | 'listRefundSent'>;
  reconciliations: ReconciliationStore;
  transactions: TransactionRunner;
  clock: Clock;
}

export type ReconcileOutcome =
  | { kind: 'done'; reconciliation: Reconciliation }
  /** Bills come at 10:00 of the next day. */
  | { kind: 'not_yet' }
  | { kind: 'trouble'; reason: string };

const mostKept = 1_000;
/** Days before yesterday that are made up for, should nothing have run. */
const daysBack = 7;
/**
 * A refund that we asked for so shortly before midnight may stand in the next day's bill: it is missed only when it is
 * in neither.
 */
const edgeMs = 60 * 60_000;

/** Holds each day's bill against our records and keeps what differs for staff. It changes no order. */
export class BillReconciler {
  readonly #parts: BillReconcilerParts;

  constructor(parts: BillReconcilerParts) {
    this.#parts = parts;
  }

  /**
   * Again: the day is compared anew; what was dealt with stays so, unless it looks different now.
   *
   * @param day `YYYY-MM-DD` in Asia/Shanghai.
   * @param record is called within the transaction that keeps the outcome.
   */
  async reconcile(
    accountId: string,
    day: string,
    record?: (tx: Transaction, reconciliation: Reconciliation) => Promise<void>,
  ): Promise<ReconcileOutcome> {
    const { gateway, clock } = this.#parts;
    const bill = await gateway.readBill(accountId, day);
    if (bill.kind !== 'bill') return bill;
    const late = await this.#listLateRefunds(accountId, day);
    const yesterday =
      late.size > 0
        ? await gateway.readBill(accountId, addDays(day, -1))
        : { kind: 'bill' as const, lines: [] };
    if (yesterday.kind !== 'bill') return yesterday;
    for (const { refundNo } of yesterday.lines) if (refundNo !== null) late.delete(refundNo);

    const within = periodOf(day);
    const differences = compareBill(bill.lines, {
      orders: await this.#listOrders(accountId, bill.lines, day),
      isPaidWithin: ({ paidAt }) => isIn(within, paidAt),
      isRefundedWithin: (refund) =>
        wasTaken(refund) && (isIn(early(within), refund.sentAt) || late.has(refund.refundNo)),
    });
    const reconciliation: Reconciliation = {
      accountId,
      day,
      checkedAt: new Date(clock.now()),
      payments: sumOf(bill.lines, 'payment'),
      refunds: sumOf(bill.lines, 'refund'),
      differences: differences.slice(0, mostKept),
      differenceCount: differences.length,
    };
    return { kind: 'done', reconciliation: await this.#keep(reconciliation, record) };
  }

  /** The days until yesterday that have not been compared yet. */
  async reconcileMissing(accountId: string, signal: AbortSignal): Promise<ReconcileOutcome[]> {
    const { gateway, reconciliations, clock } = this.#parts;
    if (!gateway.isReady(accountId)) return [];
    const outcomes: ReconcileOutcome[] = [];
    for (let back = daysBack; back >= 1 && !signal.aborted; back -= 1) {
      const day = addDays(businessDay(clock.now()), -back);
      if ((await reconciliations.find(accountId, day)) === null)
        outcomes.push(await this.reconcile(accountId, day));
    }
    return outcomes;
  }

  #keep(
    fresh: Reconciliation,
    record: (tx: Transaction, reconciliation: Reconciliation) => Promise<void> = async () => undefined,
  ): Promise<Reconciliation> {
    const { reconciliations, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const before = await reconciliations.find(fresh.accountId, fresh.day, tx);
      const differences = fresh.differences.map((one) => withDealt(one, before?.differences ?? []));
      const kept = { ...fresh, differences };
      await reconciliations.save(tx, kept);
      await record(tx, kept);
      return kept;
    });
  }

  /** Numbers of refunds that were asked for in the last hour of the day before. */
  async #listLateRefunds(accountId: string, day: string): Promise<Set<string>> {
    const { from } = periodOf(day);
    const lastHour = { from: new Date(from.getTime() - edgeMs), to: from };
    const orders = await this.#parts.orders.listRefundSent(accountId, lastHour);
    const late = orders.flatMap(({ refunds }) => refunds.filter(({ sentAt }) => isIn(lastHour, sentAt)));
    return new Set(late.filter(wasTaken).map(({ refundNo }) => refundNo));
  }

  async #listOrders(accountId: string, lines: readonly BillLine[], day: string): Promise<Order[]> {
    const { orders } = this.#parts;
    const { from, to } = periodOf(day);
    const found = await Promise.all([
      orders.listByNos(accountId, [...new Set(lines.map(({ orderNo }) => orderNo))]),
      orders.listPaid(accountId, { from, to }),
      orders.listRefundSent(accountId, { from: new Date(from.getTime() - edgeMs), to }),
    ]);
    return [...new Map(found.flat().map((order) => [order.orderId, order])).values()];
  }
}

function withDealt(difference: Difference, before: readonly Difference[]): Difference {
  const { dealt } =
    before.find(
      (one) =>
        isSameDifference(one, difference) &&
        isDeepStrictEqual([one.here, one.there], [difference.here, difference.there]),
    ) ?? {};
  return dealt ? { ...difference, dealt } : difference;
}

/** The platform has it: before, it has no line in any bill. */
function wasTaken({ state }: Refund): boolean {
  return state === 'processing' || state === 'succeeded' || state === 'abnormal';
}

function periodOf(day: string): Period {
  return { from: instantOf(day, '00:00'), to: instantOf(addDays(day, 1), '00:00') };
}

function early({ from, to }: Period): Period {
  return { from, to: new Date(to.getTime() - edgeMs) };
}

function isIn({ from, to }: Period, at: Date | undefined): boolean {
  return at !== undefined && at >= from && at < to;
}

function sumOf(lines: readonly BillLine[], kind: BillLine['kind']) {
  const counted = lines.filter((line) => line.kind === kind);
  return { count: counted.length, sumFen: counted.reduce((sum, { amountFen }) => sum + amountFen, 0) };
}
