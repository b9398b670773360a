import type { Fen } from './payment-gateway-port.js';

export const differenceKinds = [
  /** In the bill, not among our orders. */
  'missing_here',
  /** Among our orders, not in the bill. */
  'missing_there',
  'amount_differs',
  'state_differs',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** Something that the day's bill and our records tell differently. */
export interface Difference {
  kind: DifferenceKind;
  of: 'payment' | 'refund';
  orderNo: string;
  /** Of a refund. */
  refundNo: string | null;
  /** What each side has; absent where it has nothing. */
  here?: { amountFen: Fen; state: string };
  there?: { amountFen: Fen; state: string };
}

/** A day's bill held against our records. */
export interface Reconciliation {
  accountId: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string;
  checkedAt: Date;
  /** Of the bill. */
  payments: { count: number; sumFen: Fen };
  refunds: { count: number; sumFen: Fen };
  /** The first thousand. */
  differences: Difference[];
  differenceCount: number;
}

export interface ReconciliationStore {
  /** Puts it in the place of an earlier one of the day. */
  save(reconciliation: Reconciliation): Promise<void>;
  find(accountId: string, day: string): Promise<Reconciliation | null>;
  /** The latest day first. */
  list(accountId: string, limit: number): Promise<Reconciliation[]>;
}
