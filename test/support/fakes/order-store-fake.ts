import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { Order, OrderState, Refund, RefundStateName } from '../../../src/features/orders/order.js';
import type {
  OrderCursor,
  OrderSelection,
  OrderStore,
  Period,
} from '../../../src/features/orders/order-store.js';
import { setOrRestore } from './set-or-restore.js';

/** Orders in memory; the contract test holds it to the real store. */
export class OrderStoreFake implements OrderStore {
  readonly orders = new Map<string, Order>();

  async add(tx: Transaction, order: Order): Promise<void> {
    const isTaken = this.#all(order.accountId).some(
      ({ orderId, orderNo }) => orderId === order.orderId || orderNo === order.orderNo,
    );
    if (isTaken) throw new Error(`order ${order.orderId} is there already`);
    setOrRestore(tx, this.orders, keyOf(order), structuredClone(order));
  }

  async replace(tx: Transaction, before: Order, after: Order): Promise<void> {
    const stored = this.orders.get(keyOf(before));
    if (stored?.state !== before.state || stored.promisedFen !== before.promisedFen)
      throw new Error(`order ${before.orderId} is not as it was read`);
    setOrRestore(tx, this.orders, keyOf(before), structuredClone(after));
  }

  async reserveRefund(
    tx: Transaction,
    order: { accountId: string; orderId: string },
    refund: Refund,
    checkAt: Date | undefined,
  ): Promise<Order | null> {
    const stored = this.orders.get(keyOf(order));
    const isFit =
      stored &&
      stored.refunds.length < 50 &&
      stored.refunds.every(({ refundNo }) => refundNo !== refund.refundNo) &&
      stored.promisedFen + refund.amountFen <= stored.receivedFen;
    if (!isFit) return null;
    const due = [stored.checkAt, checkAt].filter((at) => at !== undefined).sort((a, b) => +a - +b)[0];
    const after: Order = {
      ...stored,
      promisedFen: stored.promisedFen + refund.amountFen,
      refunds: [...stored.refunds, refund],
      changedAt: refund.requestedAt,
      ...(due && { checkAt: due }),
    };
    setOrRestore(tx, this.orders, keyOf(order), structuredClone(after));
    return structuredClone(after);
  }

  async find(accountId: string, orderId: string): Promise<Order | null> {
    return structuredClone(this.orders.get(keyOf({ accountId, orderId })) ?? null);
  }

  async findByNo(accountId: string, orderNo: string): Promise<Order | null> {
    return this.#all(accountId).find((order) => order.orderNo === orderNo) ?? null;
  }

  async listUnsettled(now: number, limit: number): Promise<Order[]> {
    return this.#due(['open', 'closing'], now, limit);
  }

  async listRefunding(now: number, limit: number): Promise<Order[]> {
    return this.#due(['paid'], now, limit);
  }

  async listByNos(accountId: string, orderNos: readonly string[]): Promise<Order[]> {
    return this.#all(accountId).filter(({ orderNo }) => orderNos.includes(orderNo));
  }

  async listPaid(accountId: string, period: Period): Promise<Order[]> {
    return this.#all(accountId).filter(({ paidAt }) => isIn(period, paidAt));
  }

  async listRefundSent(accountId: string, period: Period): Promise<Order[]> {
    return this.#all(accountId).filter(({ refunds }) => refunds.some(({ sentAt }) => isIn(period, sentAt)));
  }

  async listByRefundState(accountId: string, states: readonly RefundStateName[], limit: number) {
    return this.#all(accountId)
      .filter(({ refunds }) => refunds.some(({ state }) => states.includes(state)))
      .sort((a, b) => +a.createdAt - +b.createdAt)
      .slice(0, limit);
  }

  async list(selection: OrderSelection, limit: number, after?: OrderCursor): Promise<Order[]> {
    const { number, subjectId, placed } = selection;
    const numbersOf = ({ orderNo, transactionId, refunds }: Order) => [
      orderNo,
      transactionId,
      ...refunds.map(({ refundNo }) => refundNo),
    ];
    return this.#all(selection.accountId)
      .filter(({ state }) => state === (selection.state ?? state))
      .filter(({ openid }) => openid === (selection.openid ?? openid))
      .filter((order) => number === undefined || numbersOf(order).includes(number))
      .filter(({ subject }) => subject.id === (subjectId ?? subject.id))
      .filter(({ createdAt }) => placed === undefined || isIn(placed, createdAt))
      .sort(latestFirst)
      .filter((order) => after === undefined || latestFirst(after, order) < 0)
      .slice(0, limit);
  }

  #all(accountId: string): Order[] {
    return structuredClone([...this.orders.values()].filter((order) => order.accountId === accountId));
  }

  #due(states: readonly OrderState[], now: number, limit: number): Order[] {
    return structuredClone([...this.orders.values()])
      .filter(({ state, checkAt }) => states.includes(state) && checkAt !== undefined && +checkAt <= now)
      .sort((a, b) => +a.checkAt! - +b.checkAt!)
      .slice(0, limit);
  }
}

function latestFirst(a: OrderCursor, b: OrderCursor): number {
  return +b.createdAt - +a.createdAt || (a.orderId < b.orderId ? 1 : a.orderId > b.orderId ? -1 : 0);
}

function keyOf({ accountId, orderId }: { accountId: string; orderId: string }): string {
  return `${accountId}/${orderId}`;
}

function isIn({ from, to }: Period, at: Date | undefined): boolean {
  return at !== undefined && at >= from && at < to;
}
