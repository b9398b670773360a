import type { Order, Refund } from './order.js';
import type { Fen } from './payment-gateway-port.js';

/**
 * The order with other refunds. The only place where `promisedFen` is worked out.
 * @throws Error where more is promised than was received: a fault of the program.
 */
export function withRefunds(order: Order, refunds: readonly Refund[]): Order {
  const promisedFen = sumPromised(refunds);
  if (promisedFen > order.receivedFen)
    throw new Error(`order ${order.orderId} would pay back ${promisedFen} of ${order.receivedFen} fen`);
  return { ...order, refunds, promisedFen };
}

export function sumPromised(refunds: readonly Refund[]): Fen {
  return refunds.reduce((sum, { state, amountFen }) => (state === 'failed' ? sum : sum + amountFen), 0);
}

export function keptFen({ receivedFen, promisedFen }: Order): Fen {
  return receivedFen - promisedFen;
}

/**
 * What was to go back, what the platform failed to take, and what nobody has asked for again since: ours only by
 * accident.
 */
export function owedFen({ refunds }: Pick<Order, 'refunds'>): Fen {
  return refunds
    .flatMap(({ state, failure, amountFen, requestedAt }) => {
      if (state !== 'failed') return [{ at: requestedAt, fen: -amountFen }];
      return failure?.by === 'platform' ? [{ at: failure.at, fen: amountFen }] : [];
    })
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .reduce((owed, { fen }) => Math.max(0, owed + fen), 0);
}

export function replaceRefund({ refunds }: Order, changed: Refund): Refund[] {
  return refunds.map((refund) => (refund.refundNo === changed.refundNo ? changed : refund));
}

/** Unique: the order's number is, and refunds are only ever added. */
export function nextRefundNo({ orderNo, refunds }: Order): string {
  return `${orderNo}R${refunds.length + 1}`;
}
