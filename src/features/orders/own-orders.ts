import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject, Erased, OwnDataPart, OwnRecord } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import {
  keptForTheAccounts,
  unpaidDays,
  unpaidUntil,
  voucherYears,
  vouchersUntil,
} from './order-retention.js';
import type { Order } from './order.js';
import type { OwnOrderStore } from './own-order-store.js';

const batchSize = 1_000;

/** What a citizen was asked to pay, paid, and got back. */
export class OwnOrders implements OwnDataPart {
  readonly name = 'orders';
  readonly #store: OwnOrderStore;

  constructor(store: OwnOrderStore) {
    this.#store = store;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    for await (const order of this.#store.listOf(citizen)) yield describe(order);
  }

  /** Orders that are still open are closed by the clock, and go when their time is over. */
  async erase(tx: Transaction, citizen: DataSubject): Promise<Erased> {
    const deleted = await this.#store.removeUnpaid(tx, citizen);
    const isVoucher = (await this.#store.countPaid(tx, citizen)) > 0;
    return { deleted, anonymised: 0, kept: isVoucher ? [keptForTheAccounts] : [] };
  }
}

/** Orders go when the accounts need them no more; those that nobody paid, sooner. */
export function keepOrders(store: OwnOrderStore): RetentionKind {
  return {
    kind: 'orders',
    title: '订单和退款',
    keeps: { rule: `收了款的：会计年度终了后 ${voucherYears} 年；没有付款的：关闭后 ${unpaidDays} 天` },
    async purge({ now, signal, note }) {
      const steps = [
        { name: 'unpaid', remove: () => store.removeUnpaidUntil(unpaidUntil(now), batchSize) },
        { name: 'paid', remove: () => store.removePaidBefore(vouchersUntil(now), batchSize) },
      ];
      for (const { name, remove } of steps) {
        let removed = batchSize;
        while (removed === batchSize && !signal?.aborted) {
          removed = await remove();
          if (removed > 0) await note({ [name]: removed });
        }
      }
      return { ...(await store.look()), overdue: 0 };
    },
  };
}

function describe(order: Order): OwnRecord {
  const { orderNo, description, amountFen, state, receivedFen, transactionId = null, refunds } = order;
  return {
    orderNo,
    description,
    amountFen,
    state,
    receivedFen,
    transactionId,
    createdAt: order.createdAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    refunds: refunds.map((refund) => ({
      refundNo: refund.refundNo,
      amountFen: refund.amountFen,
      reason: refund.reason,
      state: refund.state,
      requestedAt: refund.requestedAt.toISOString(),
      settledAt: refund.settledAt?.toISOString() ?? null,
    })),
  };
}
