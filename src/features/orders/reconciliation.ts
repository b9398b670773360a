import type { Transaction } from '../../core/transaction-runner.js';
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
  /** What a person did about it. */
  dealt?: { by: { staffId: string; name: string }; at: Date; note: string };
}

/** What tells one difference of a day from another. */
export type DifferenceRef = Pick<Difference, 'kind' | 'of' | 'orderNo' | 'refundNo'>;

export function isSameDifference(one: DifferenceRef, other: DifferenceRef): boolean {
  return (
    one.kind === other.kind &&
    one.of === other.of &&
    one.orderNo === other.orderNo &&
    one.refundNo === other.refundNo
  );
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
  save(tx: Transaction, reconciliation: Reconciliation): Promise<void>;
  find(accountId: string, day: string, tx?: Transaction): Promise<Reconciliation | null>;
  /** The latest day first. */
  list(accountId: string, limit: number): Promise<Reconciliation[]>;
}
