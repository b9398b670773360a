import { describe, expect, it } from '@jest/globals';
import type { StateCount } from '../../../../src/features/appointments/appointment-store.js';
import { sumUpFigures } from '../../../../src/features/appointments/counter/figures.js';
import { planSlots } from '../../../../src/features/appointments/offer/plan-slots.js';
import { buildSchedule, buildService } from '../offer/builders.js';

const day = '2026-11-23';
const of = { day, service: 'id-card', venue: 'hall' };
const closures = [{ venue: 'hall', day, period: { from: '14:00', to: '15:00' }, reason: '停电' }];
const slots = planSlots(
  { accountId: 'demo', schedule: buildSchedule(), service: buildService(), calendar: new Map(), closures },
  day,
  day,
).map((plan, position) => ({ ...plan, slotId: String(position), taken: 0 }));

describe('the figures', () => {
  it('set what was booked against the places that were open, and missed visits against those that are over', () => {
    const counts: StateCount[] = [
      { ...of, state: 'arrived', count: 1 },
      { ...of, state: 'missed', count: 1 },
      { ...of, state: 'cancelled', count: 4 },
      { ...of, state: 'held', count: 1 },
    ];
    expect(sumUpFigures(slots, counts)).toEqual([
      {
        ...of,
        places: 3,
        booked: 2,
        arrived: 1,
        missed: 1,
        cancelled: 4,
        utilisation: 66.7,
        noShow: 50,
      },
    ]);
  });

  it('say nothing where there is nothing to divide by, and come by day', () => {
    const before: StateCount = { ...of, day: '2026-11-20', state: 'booked', count: 1 };
    expect(sumUpFigures(slots, [before])).toMatchObject([
      { day: '2026-11-20', places: 0, booked: 1, utilisation: null, noShow: null },
      { day, places: 3, booked: 0, utilisation: 0, noShow: null },
    ]);
  });
});
