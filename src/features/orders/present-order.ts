import type { Inquiry } from './order-inquiry.js';
import { owedFen } from './order-money.js';
import type { Order, Refund } from './order.js';
import type { Reconciliation } from './reconciliation.js';

/** As the staff API shows it: times as ISO 8601, null for what is not there. */
export function presentOrder(order: Order) {
  const { paidLate = false, transactionId = null, refunds, ...rest } = order;
  return {
    ...rest,
    paidLate,
    transactionId,
    owedFen: owedFen(order),
    createdAt: order.createdAt.toISOString(),
    payableUntil: order.payableUntil.toISOString(),
    prepaidAt: presentTime(order.prepaidAt),
    paidAt: presentTime(order.paidAt),
    closedAt: presentTime(order.closedAt),
    checkAt: presentTime(order.checkAt),
    refunds: refunds.map(presentRefund),
  };
}

function presentRefund(refund: Refund) {
  const { failure, trouble, approvedBy = null, refundId = null, ...rest } = refund;
  return {
    ...rest,
    decidedBy: approvedBy,
    refundId,
    requestedAt: refund.requestedAt.toISOString(),
    decidedAt: presentTime(refund.decidedAt),
    sentAt: presentTime(refund.sentAt),
    settledAt: presentTime(refund.settledAt),
    failure: failure
      ? {
          by: failure.by,
          text: failure.by === 'staff' ? failure.reason : failure.code,
          at: failure.at.toISOString(),
        }
      : null,
    trouble: trouble ? { ...trouble, at: trouble.at.toISOString() } : null,
  };
}

export function presentInquiry({ order, payment, refunds }: Inquiry) {
  return {
    order: presentOrder(order),
    payment: presentAnswer(payment),
    refunds: refunds.map(({ refundNo, state }) => ({ refundNo, ...presentAnswer(state) })),
  };
}

function presentAnswer<Kind extends string>(answer: { kind: Kind; reason?: string }) {
  return { kind: answer.kind, code: answer.reason ?? null };
}

export function presentBill(reconciliation: Reconciliation) {
  const { checkedAt, differences, differenceCount, ...rest } = reconciliation;
  return {
    ...rest,
    checkedAt: checkedAt.toISOString(),
    differenceCount,
    openCount: differenceCount - differences.filter(({ dealt }) => dealt).length,
    differences: differences.map(({ here = null, there = null, dealt, ...difference }) => ({
      ...difference,
      here,
      there,
      dealt: dealt ? { ...dealt, at: dealt.at.toISOString() } : null,
    })),
  };
}

function presentTime(at: Date | undefined): string | null {
  return at?.toISOString() ?? null;
}
