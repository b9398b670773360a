import { describe, expect, it } from '@jest/globals';
import { businessDay, instantOf, timeOfDay } from '../../src/core/business-day.js';

describe('a day and a time of day in Shanghai', () => {
  it('are an instant, and the instant is that day and that time', () => {
    const instant = instantOf('2026-11-23', '07:30');
    expect(instant).toEqual(new Date('2026-11-22T23:30:00Z'));
    expect(businessDay(instant.getTime())).toBe('2026-11-23');
    expect(timeOfDay(instant.getTime())).toBe('07:30');
  });
});
