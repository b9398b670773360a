import type { Order, RefundStateName } from './order.js';
import { owedFen } from './order-money.js';
import type { OrderStore } from './order-store.js';

/** Where refunds stand that have not simply ended well. */
export const refundLists = {
  /** Wait for a second person. */
  proposed: ['proposed'],
  underWay: ['requested', 'processing'],
  /** A person must act at the platform. */
  abnormal: ['abnormal'],
  /** The platform failed to take back what was to go back: the money lies with us. */
  owed: ['failed'],
} as const satisfies Record<string, readonly RefundStateName[]>;
export type RefundList = keyof typeof refundLists;

const mostListed = 200;
/** Refunds that fail are few; those that were asked for again since are left out of what is found. */
const mostRead = 2_000;

/** @returns orders with such refunds, the first ordered first; at most two hundred. */
export async function listRefunds(
  orders: Pick<OrderStore, 'listByRefundState'>,
  accountId: string,
  list: RefundList,
): Promise<Order[]> {
  const found = await orders.listByRefundState(
    accountId,
    refundLists[list],
    list === 'owed' ? mostRead : mostListed,
  );
  return (list === 'owed' ? found.filter((order) => owedFen(order) > 0) : found).slice(0, mostListed);
}
