import { describe, expect, it } from '@jest/globals';
import { RestartBudget } from '../../../src/storage/embedded/restart-budget.js';

describe('RestartBudget', () => {
  it('allows so many restarts within the period and no more', () => {
    const budget = new RestartBudget({ times: 2, withinMs: 1000 });
    expect([0, 1, 2].map((now) => budget.take(now))).toEqual([true, true, false]);
  });

  it('counts only the restarts of the last period', () => {
    const budget = new RestartBudget({ times: 1, withinMs: 1000 });
    expect([0, 999, 1000, 1001].map((now) => budget.take(now))).toEqual([true, false, true, false]);
  });
});
