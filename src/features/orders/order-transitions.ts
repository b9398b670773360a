import type { OrderState, RefundStateName } from './order.js';

export const orderEvents = ['paid', 'closing_asked', 'close_confirmed', 'found_unpaid'] as const;
export type OrderEvent = (typeof orderEvents)[number];

/** Every event may come again, and in any order: money counts whenever it comes, and nothing undoes it. */
const orderTable: Record<OrderState, Record<OrderEvent, OrderState>> = {
  open: { paid: 'paid', closing_asked: 'closing', close_confirmed: 'closed', found_unpaid: 'open' },
  closing: { paid: 'paid', closing_asked: 'closing', close_confirmed: 'closed', found_unpaid: 'closing' },
  closed: { paid: 'paid', closing_asked: 'closed', close_confirmed: 'closed', found_unpaid: 'closed' },
  paid: { paid: 'paid', closing_asked: 'paid', close_confirmed: 'paid', found_unpaid: 'paid' },
};

export function nextOrderState(state: OrderState, event: OrderEvent): OrderState {
  return orderTable[state][event];
}

export const refundEvents = [
  /** By a second person. */
  'approved',
  'turned_down',
  /** By the platform, from here on. */
  'refused',
  'processing',
  'succeeded',
  'closed',
  'abnormal',
  'unknown_refund',
] as const;
export type RefundEvent = (typeof refundEvents)[number];

/** What is not named changes nothing. A refund that came to nothing and then succeeds has cost money after all. */
const refundTable: Record<RefundStateName, Partial<Record<RefundEvent, RefundStateName>>> = {
  proposed: { approved: 'requested', turned_down: 'failed' },
  requested: {
    refused: 'failed',
    processing: 'processing',
    succeeded: 'succeeded',
    closed: 'failed',
    abnormal: 'abnormal',
  },
  processing: {
    succeeded: 'succeeded',
    closed: 'failed',
    abnormal: 'abnormal',
    // To be asked for again, with the same number.
    unknown_refund: 'requested',
  },
  abnormal: { processing: 'processing', succeeded: 'succeeded', closed: 'failed' },
  failed: { succeeded: 'succeeded' },
  succeeded: {},
};

export function nextRefundState(state: RefundStateName, event: RefundEvent): RefundStateName {
  return refundTable[state][event] ?? state;
}
