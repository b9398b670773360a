import { describe, expect, it } from '@jest/globals';
import { readAnnouncedHolidays } from '../../../../src/features/appointments/offer/announced-holidays.js';
import {
  findMissingYears,
  isWorkingDay,
  toWorkCalendar,
} from '../../../../src/features/appointments/offer/work-calendar.js';

const mondayToFriday = [1, 2, 3, 4, 5];

describe('the holidays that the program knows', () => {
  const calendar = toWorkCalendar([readAnnouncedHolidays(2026)!]);

  it('are the announced ones, by their Chinese names', () => {
    expect(calendar.get('2026-10-01')).toEqual({ day: '2026-10-01', kind: 'holiday', name: '国庆节' });
    expect(calendar.get('2026-10-10')).toEqual({ day: '2026-10-10', kind: 'workday', name: '国庆节' });
    expect(calendar.get('2026-10-12')).toBeUndefined();
  });

  it('are none for a year that has not been announced', () => {
    expect(readAnnouncedHolidays(2099)).toBeNull();
  });

  it('go before the weekday, both ways', () => {
    expect(isWorkingDay('2026-10-01', mondayToFriday, calendar)).toBe(false);
    expect(isWorkingDay('2026-10-10', mondayToFriday, calendar)).toBe(true);
    expect(isWorkingDay('2026-10-17', mondayToFriday, calendar)).toBe(false);
    expect(isWorkingDay('2026-10-18', [7], calendar)).toBe(true);
  });
});

describe('the alarm for missing holidays', () => {
  it('asks for this year at any time, and for the next from 1 October on, by the day in Shanghai', () => {
    const lastOfSeptember = Date.parse('2026-09-30T15:59:59Z');
    expect(findMissingYears([2026], lastOfSeptember)).toEqual([]);
    expect(findMissingYears([], lastOfSeptember)).toEqual([2026]);
    expect(findMissingYears([2026], lastOfSeptember + 1_000)).toEqual([2027]);
    expect(findMissingYears([2026, 2027], lastOfSeptember + 1_000)).toEqual([]);
  });
});
