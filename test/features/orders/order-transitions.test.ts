import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { orderStates, refundStates } from '../../../src/features/orders/order.js';
import {
  nextOrderState,
  nextRefundState,
  orderEvents,
  refundEvents,
} from '../../../src/features/orders/order-transitions.js';

const orderState = fc.constantFrom(...orderStates);
const orderEvent = fc.constantFrom(...orderEvents);

describe('the states of an order', () => {
  it('do not change when an event comes again', () => {
    fc.assert(
      fc.property(orderState, orderEvent, (state, event) => {
        const once = nextOrderState(state, event);
        expect(nextOrderState(once, event)).toBe(once);
      }),
    );
  });

  it('end as paid whenever money came, in whatever order the events are', () => {
    fc.assert(
      fc.property(orderState, fc.array(orderEvent), (state, events) => {
        const end = events.reduce(nextOrderState, state);
        expect(end === 'paid').toBe(state === 'paid' || events.includes('paid'));
      }),
    );
  });

  it('never open again', () => {
    fc.assert(
      fc.property(fc.constantFrom('closing', 'closed', 'paid'), orderEvent, (state, event) => {
        expect(nextOrderState(state, event)).not.toBe('open');
      }),
    );
  });
});

describe('the states of a refund', () => {
  const state = fc.constantFrom(...refundStates);
  const event = fc.constantFrom(...refundEvents);

  it('do not change when an event comes again', () => {
    fc.assert(
      fc.property(state, event, (state, event) => {
        const once = nextRefundState(state, event);
        expect(nextRefundState(once, event)).toBe(once);
      }),
    );
  });

  it('stay with the money once it is back', () => {
    for (const event of refundEvents) expect(nextRefundState('succeeded', event)).toBe('succeeded');
  });

  it('reach the platform only with the second person where one is needed', () => {
    for (const event of refundEvents.filter((one) => one !== 'approved' && one !== 'turned_down'))
      expect(nextRefundState('proposed', event)).toBe('proposed');
  });
});
