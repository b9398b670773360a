import { describe, expect, it } from '@jest/globals';
import type { Refund } from '../../../src/features/orders/order.js';
import { owedFen } from '../../../src/features/orders/order-money.js';
import { minute, noon } from '../../support/order-builders.js';

function at(minutes: number): Date {
  return new Date(noon + minutes * minute);
}

function refund(amountFen: number, requested: number, overrides: Partial<Refund> = {}): Refund {
  return {
    refundNo: `R${requested}`,
    amountFen,
    reason: '退款',
    state: 'succeeded',
    requestedBy: { staffId: 'system', name: '系统' },
    requestedAt: at(requested),
    ...overrides,
  };
}

const failed = (amountFen: number, requested: number, failedAt: number): Refund =>
  refund(amountFen, requested, {
    state: 'failed',
    failure: { by: 'platform', code: null, at: at(failedAt) },
  });

describe('what is owed', () => {
  it('is what the platform failed to pay back', () => {
    expect(owedFen({ refunds: [failed(500, 0, 5), failed(200, 1, 6)] })).toBe(700);
    expect(owedFen({ refunds: [refund(500, 0)] })).toBe(0);
  });

  it('is not what a person turned down', () => {
    const turnedDown = refund(500, 0, {
      state: 'failed',
      failure: { by: 'staff', reason: '不符合规定', at: at(1) },
    });
    expect(owedFen({ refunds: [turnedDown] })).toBe(0);
  });

  it('is less by what was asked for since, and by nothing that was asked for before', () => {
    expect(owedFen({ refunds: [failed(500, 0, 5), refund(500, 9)] })).toBe(0);
    expect(owedFen({ refunds: [failed(500, 0, 5), refund(200, 9)] })).toBe(300);
    expect(owedFen({ refunds: [failed(500, 0, 5), refund(500, 2)] })).toBe(500);
    expect(owedFen({ refunds: [failed(500, 0, 5), refund(900, 9), failed(300, 10, 12)] })).toBe(300);
  });
});
