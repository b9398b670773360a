import type { Order, Refund } from './order.js';
import type { BillLine } from './payment-gateway-port.js';
import type { Difference } from './reconciliation.js';

/** What we have to hold against a day's bill. */
export interface OurDay {
  /** Orders that lines of the bill name, and all that were paid, or paid back, on the day. */
  orders: readonly Order[];
  /** Whether the bill should have the order's payment. */
  isPaidWithin: (order: Order) => boolean;
  /** Whether the bill should have the refund. */
  isRefundedWithin: (refund: Refund) => boolean;
}

/** What the bill and our records tell differently: first what the bill has, then what it lacks. */
export function compareBill(lines: readonly BillLine[], ours: OurDay): Difference[] {
  const byNo = new Map(ours.orders.map((order) => [order.orderNo, order]));
  const payments = lines.filter(({ kind }) => kind === 'payment');
  const refunds = lines.filter(({ kind }) => kind === 'refund');
  const billed = new Set(payments.map(({ orderNo }) => orderNo));
  const refunded = new Set(refunds.map(({ refundNo }) => refundNo));
  return [
    ...payments.flatMap((line) => comparePayment(line, byNo.get(line.orderNo)) ?? []),
    ...refunds.flatMap((line) => compareRefund(line, byNo.get(line.orderNo)) ?? []),
    ...ours.orders
      .filter((order) => ours.isPaidWithin(order) && !billed.has(order.orderNo))
      .map(paymentMissingThere),
    ...ours.orders.flatMap((order) =>
      order.refunds
        .filter((refund) => ours.isRefundedWithin(refund) && !refunded.has(refund.refundNo))
        .map((refund) => refundMissingThere(order, refund)),
    ),
  ];
}

function comparePayment(line: BillLine, order: Order | undefined): Difference | null {
  const common = { of: 'payment', orderNo: line.orderNo, refundNo: null, there: sideOf(line) } as const;
  if (!order) return { ...common, kind: 'missing_here' };
  const here = sideOf(order);
  if (order.amountFen !== line.amountFen) return { ...common, kind: 'amount_differs', here };
  // REFUND in a payment's line: paid, and paid back in part or whole since. Anything else was undone.
  const isPaidThere = line.state === 'SUCCESS' || line.state === 'REFUND';
  return isPaidThere === (order.state === 'paid') ? null : { ...common, kind: 'state_differs', here };
}

function compareRefund(line: BillLine, order: Order | undefined): Difference | null {
  const { orderNo, refundNo } = line;
  const common = { of: 'refund', orderNo, refundNo, there: sideOf(line) } as const;
  const refund = order?.refunds.find((one) => one.refundNo === refundNo);
  if (!refund) return { ...common, kind: 'missing_here' };
  const here = sideOf(refund);
  if (refund.amountFen !== line.amountFen) return { ...common, kind: 'amount_differs', here };
  return agrees(line.state, refund) ? null : { ...common, kind: 'state_differs', here };
}

/** The bill was written earlier than our records: what was under way then may have ended since. */
function agrees(stateThere: string, { state }: Refund): boolean {
  switch (stateThere) {
    case 'SUCCESS':
      return state === 'succeeded';
    case 'PROCESSING':
    case 'REFUND':
      return state !== 'proposed' && state !== 'requested';
    default:
      return state === 'failed' || state === 'abnormal';
  }
}

function paymentMissingThere(order: Order): Difference {
  return {
    kind: 'missing_there',
    of: 'payment',
    orderNo: order.orderNo,
    refundNo: null,
    here: sideOf(order),
  };
}

function refundMissingThere({ orderNo }: Order, refund: Refund): Difference {
  return {
    kind: 'missing_there',
    of: 'refund',
    orderNo,
    refundNo: refund.refundNo,
    here: sideOf(refund),
  };
}

function sideOf({ amountFen, state }: { amountFen: number; state: string }) {
  return { amountFen, state };
}
