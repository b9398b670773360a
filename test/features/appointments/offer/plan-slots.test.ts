import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, businessDay, instantOf } from '../../../../src/core/business-day.js';
import type { SlotRules } from '../../../../src/features/appointments/offer/plan-slots.js';
import { planSlots } from '../../../../src/features/appointments/offer/plan-slots.js';
import { isWorkingDay, toWorkCalendar } from '../../../../src/features/appointments/offer/work-calendar.js';
import { scheduleSchema } from '../../../../src/features/appointments/offer.js';
import { buildSchedule, buildService } from './builders.js';

const monday = '2026-11-23';
const saturday = '2026-11-28';

function rules(overrides: Partial<SlotRules> = {}): SlotRules {
  return {
    accountId: 'demo',
    schedule: buildSchedule(),
    service: buildService(),
    calendar: new Map(),
    closures: [],
    ...overrides,
  };
}

function times(plans: ReturnType<typeof planSlots>): string[] {
  return plans.map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
}

describe('the slots of a schedule', () => {
  it('fill the two periods of a working day; a rest that is too short is not offered', () => {
    const schedule = buildSchedule({
      periods: [
        { from: '14:30', to: '15:40' },
        { from: '09:00', to: '10:00' },
      ],
      slotMinutes: 30,
    });
    expect(times(planSlots(rules({ schedule }), monday, monday))).toEqual([
      '01:00',
      '01:30',
      '06:30',
      '07:00',
    ]);
  });

  it('have places for every counter, and can be booked from the release until the lead time', () => {
    const schedule = buildSchedule({ counters: ['1号', '2号'], perCounter: 3 });
    const service = buildService({ horizonDays: 7, releasesAt: '08:00', leadMinutes: 90 });
    expect(planSlots(rules({ schedule, service }), monday, monday)[0]).toMatchObject({
      capacity: 6,
      startsAt: new Date('2026-11-23T01:00:00Z'),
      bookableFrom: new Date('2026-11-16T00:00:00Z'),
      bookableUntil: new Date('2026-11-22T23:30:00Z'),
      closed: null,
    });
  });

  it('are none on a holiday and on other weekdays, and some on a make-up day', () => {
    const calendar = toWorkCalendar([
      {
        days: [
          { day: monday, kind: 'holiday', name: '休息' },
          { day: saturday, kind: 'workday', name: '补班' },
        ],
      },
    ]);
    const days = planSlots(rules({ calendar }), monday, '2026-11-29').map(({ day }) => day);
    expect([...new Set(days)]).toEqual(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', saturday]);
  });

  it('are closed with the reason where a closure touches them, and nowhere else', () => {
    const closures = [
      { venue: 'hall', day: monday, period: { from: '09:15', to: '10:00' }, reason: '系统升级' },
      { venue: 'hall', service: 'another', day: monday, reason: '不相干' },
      { venue: 'elsewhere', day: monday, reason: '不相干' },
    ];
    const plans = planSlots(rules({ closures }), monday, addDays(monday, 1));
    expect(times(plans.filter(({ closed }) => closed !== null))).toEqual(['01:00', '01:30']);
    expect(plans.find(({ closed }) => closed !== null)?.closed).toBe('系统升级');
  });
});

describe('whatever the schedule', () => {
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const clockTime = (at: number) =>
    `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  const schedules = fc
    .record({
      bounds: fc.uniqueArray(minutes, { minLength: 4, maxLength: 4 }),
      slotMinutes: fc.integer({ min: 5, max: 480 }),
      counters: fc.array(fc.constant('窗口'), { minLength: 1, maxLength: 50 }),
      perCounter: fc.integer({ min: 1, max: 100 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    })
    .map(({ bounds, ...rest }) => {
      const [a, b, c, d] = bounds.toSorted((x, y) => x - y).map(clockTime) as [
        string,
        string,
        string,
        string,
      ];
      const periods = [
        { from: a, to: b },
        { from: c, to: d },
      ];
      return scheduleSchema.parse({ service: 'id-card', venue: 'hall', periods, ...rest });
    });
  const calendars = fc
    .uniqueArray(
      fc.record({
        day: fc.integer({ min: 0, max: 13 }).map((days) => addDays(monday, days)),
        kind: fc.constantFrom('holiday' as const, 'workday' as const),
        name: fc.constant('节'),
      }),
      { selector: ({ day }) => day },
    )
    .map((days) => toWorkCalendar([{ days }]));

  it('slots do not overlap, lie within a period, have every counter’s places, and come on working days only', () => {
    fc.assert(
      fc.property(schedules, calendars, (schedule, calendar) => {
        const plans = planSlots(rules({ schedule, calendar }), monday, addDays(monday, 13));
        const faulty = plans.filter(({ startsAt, endsAt, day, capacity }, position) => {
          const before = plans[position - 1];
          const lies = schedule.periods.some(
            ({ from, to }) => startsAt >= instantOf(day, from) && endsAt <= instantOf(day, to),
          );
          return (
            (before && before.endsAt > startsAt) ||
            endsAt.getTime() - startsAt.getTime() !== schedule.slotMinutes * 60_000 ||
            businessDay(startsAt.getTime()) !== day ||
            !lies ||
            capacity !== schedule.counters.length * schedule.perCounter ||
            !isWorkingDay(day, schedule.weekdays, calendar)
          );
        });
        expect(faulty).toEqual([]);
      }),
    );
  });
});
