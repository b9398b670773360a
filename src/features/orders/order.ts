import type { Fen } from './payment-gateway-port.js';

/**
 * Where an order stands. The table of transitions is in `order-transitions.ts`; each may be repeated without effect.
 *
 *     open ──> closing ──> closed
 *       │         │           │
 *       └────────>└──> paid <─┘   money counts whenever it comes
 */
export const orderStates = ['open', 'closing', 'closed', 'paid'] as const;
export type OrderState = (typeof orderStates)[number];

/** What is paid for: a record of another feature, which is told what becomes of the order. */
export interface OrderSubjectRef {
  /** Such as `registration`. */
  kind: string;
  id: string;
}

export const refundStates = [
  /** Waits for a second person. */
  'proposed',
  /** To be asked of the platform, or asked and not answered. */
  'requested',
  'processing',
  'succeeded',
  /** The platform closed it, or a second person refused it: its money is kept again. */
  'failed',
  /** A person must act at the platform. */
  'abnormal',
] as const;
export type RefundStateName = (typeof refundStates)[number];

/** Why a refund came to nothing. */
export type RefundFailure = { at: Date } & (
  | { by: 'staff'; reason: string }
  /** `code` is the platform's; null: it closed the refund without one. */
  | { by: 'platform'; code: string | null }
);

export interface Refund {
  /** Unique at the merchant. */
  refundNo: string;
  amountFen: Fen;
  reason: string;
  state: RefundStateName;
  /** `system` for what nobody asked for: a payment that came too late. */
  requestedBy: { staffId: string; name: string };
  requestedAt: Date;
  /** Who approved it, or turned it down. */
  approvedBy?: { staffId: string; name: string };
  decidedAt?: Date;
  /** When the platform was first asked for it. */
  sentAt?: Date;
  /** The platform's number. */
  refundId?: string;
  settledAt?: Date;
  failure?: RefundFailure;
  /** Why the platform could not take it when it was last asked; it is asked again. */
  trouble?: { code: string; at: Date };
}

/**
 * One payment that is asked of a citizen. `receivedFen` is 0 or `amountFen`; the refunds that have not failed never
 * exceed it: received = kept + refunded or on its way back, at every moment.
 */
export interface Order {
  accountId: string;
  orderId: string;
  /** For the platform: 6–32 characters. */
  orderNo: string;
  openid: string;
  subject: OrderSubjectRef;
  description: string;
  amountFen: Fen;
  state: OrderState;
  receivedFen: Fen;
  /** Sum of the refunds that have not failed. */
  promisedFen: Fen;
  refunds: readonly Refund[];
  payableUntil: Date;
  /** While it is valid, two hours. */
  prepayId?: string;
  prepaidAt?: Date;
  transactionId?: string;
  paidAt?: Date;
  closedAt?: Date;
  /** The money came when the place was gone. */
  paidLate?: true;
  /** When the platform is asked next what became of it, or of its refunds; absent: nothing is awaited. */
  checkAt?: Date;
  createdAt: Date;
  changedAt: Date;
}
