import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Closure, Schedule, Service } from '../../../src/features/appointments/offer.js';
import { planSlots } from '../../../src/features/appointments/offer/plan-slots.js';
import { toWorkCalendar } from '../../../src/features/appointments/offer/work-calendar.js';
import type { Slot } from '../../../src/features/appointments/slot.js';
import { Timetable } from '../../../src/features/appointments/timetable.js';
import { buildSchedule, buildService, buildVenue } from './offer/builders.js';

/** Monday, half past nine in Shanghai. */
const now = Date.parse('2026-11-23T01:30:00Z');
const [monday, tuesday, wednesday, thursday, saturday] = [
  '2026-11-23',
  '2026-11-24',
  '2026-11-25',
  '2026-11-26',
  '2026-11-28',
];
const calendar = toWorkCalendar([{ days: [{ day: thursday, kind: 'holiday', name: '休息日' }] }]);
const closures: Closure[] = [{ venue: 'hall', day: wednesday, reason: '系统升级' }];

let services: Service[];
let schedules: Schedule[];
let slots: Slot[];
let lapsed: Map<string, number>;
let timetable: Timetable;
beforeEach(() => {
  const service = buildService({ horizonDays: 7 });
  const schedule = buildSchedule();
  services = [service, buildService({ id: 'passport', name: '护照' })];
  schedules = [schedule];
  slots = planSlots({ accountId: 'demo', schedule, service, calendar, closures }, monday, '2026-12-01').map(
    (plan, position) => ({ ...plan, slotId: `s${position}`, taken: 0 }),
  );
  lapsed = new Map();
  timetable = new Timetable({
    offer: {
      services: async () => services,
      findService: async (_, id) => services.find((one) => one.id === id) ?? null,
      venues: async () => [buildVenue({ id: 'other' }), buildVenue()],
      schedules: async () => schedules,
      schedulesOf: async (_, id) => schedules.filter((one) => one.service === id),
      calendar: async () => calendar,
    },
    slots: {
      list: async ({ firstDay, lastDay }) => slots.filter(({ day }) => day >= firstDay && day <= lastDay),
    },
    appointments: { countLapsed: async () => lapsed },
    clock: { now: () => now },
  });
});

const days = () => timetable.days('demo', 'id-card', 'hall');
const slotsOf = (day: string) => timetable.slots('demo', 'id-card', 'hall', day);

describe('the timetable', () => {
  it('names the services that some hall gives and that are not paused', async () => {
    expect((await timetable.services('demo')).map(({ id }) => id)).toEqual(['id-card']);
    services = [buildService({ isPaused: true })];
    expect(await timetable.services('demo')).toEqual([]);
    expect(await timetable.venuesOf('demo', 'id-card')).toEqual([]);
    expect(await days()).toEqual([]);
  });

  it('names the halls that give a service', async () => {
    expect((await timetable.venuesOf('demo', 'id-card')).map(({ id }) => id)).toEqual(['hall']);
    expect(await timetable.venuesOf('demo', 'nothing')).toEqual([]);
  });

  it('shows every day up to the horizon, with the reason for those that are closed', async () => {
    expect(await days()).toEqual([
      // 9:00 and 9:30 are over by now.
      { day: monday, state: 'free', free: 3 },
      { day: tuesday, state: 'free', free: 5 },
      { day: wednesday, state: 'closed', free: 0, reason: '系统升级' },
      { day: thursday, state: 'closed', free: 0, reason: '休息日' },
      { day: '2026-11-27', state: 'free', free: 5 },
      { day: saturday, state: 'closed', free: 0 },
      { day: '2026-11-29', state: 'closed', free: 0 },
      { day: '2026-11-30', state: 'free', free: 5 },
    ]);
  });

  it('shows a day as full when no place of it is left', async () => {
    slots = slots.map((slot) => (slot.day === tuesday ? { ...slot, taken: 1 } : slot));
    expect((await days())[1]).toEqual({ day: tuesday, state: 'full', free: 0 });
  });

  it('counts a place whose hold is over as free, before anybody has taken it back', async () => {
    slots = slots.map((slot) => (slot.day === tuesday ? { ...slot, taken: 1 } : slot));
    const first = slots.find(({ day }) => day === tuesday)!;
    lapsed.set(first.slotId, 1);
    expect((await days())[1]).toEqual({ day: tuesday, state: 'free', free: 1 });
    expect((await slotsOf(tuesday)).map(({ state, free }) => [state, free])).toEqual([
      ['free', 1],
      ['full', 0],
      ['full', 0],
      ['full', 0],
      ['full', 0],
    ]);
  });

  it('shows what is over, and what can be booked later', async () => {
    expect((await slotsOf(monday)).map(({ state }) => state)).toEqual([
      'over',
      'over',
      'free',
      'free',
      'free',
    ]);
    expect((await slotsOf('2026-12-01')).map(({ state }) => state)).toEqual(
      Array.from({ length: 5 }, () => 'not_yet'),
    );
  });

  it('shows nothing free where staff let in more than there are places', async () => {
    slots = slots.map((slot) => ({ ...slot, taken: 3 }));
    expect((await slotsOf(tuesday)).every(({ state, free }) => state === 'full' && free === 0)).toBe(true);
  });
});
