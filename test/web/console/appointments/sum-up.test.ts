import { describe, expect, it } from '@jest/globals';
import type {
  AppointmentEntryView,
  DayListView,
  FigureView,
} from '../../../../src/api-types/appointments.js';
import { sayNotes, sayTimes } from '../../../../src/web/console/appointments/appointment-words.js';
import { countTaken } from '../../../../src/web/console/appointments/calendar/closure-harm.js';
import { selectSlots, sumUpDay } from '../../../../src/web/console/appointments/counter/sum-up-day.js';
import { sumUpByService } from '../../../../src/web/console/appointments/figures/sum-up-figures.js';

type SlotView = DayListView['slots'][number];

function entry(overrides: Partial<AppointmentEntryView> = {}): AppointmentEntryView {
  return {
    appointmentId: 'a',
    state: 'booked',
    service: 'id-card',
    venue: 'hall-a',
    day: '2026-11-23',
    startsAt: '2026-11-23T01:00:00.000Z',
    endsAt: '2026-11-23T01:30:00.000Z',
    person: { name: '张*', idNumber: '441***********0018', phone: '138****0000' },
    override: null,
    endedBecause: null,
    isExcused: false,
    timesMoved: 0,
    arrivedAt: null,
    ...overrides,
  };
}

/** Nine to half past nine in Beijing. */
function slot(overrides: Partial<SlotView> = {}): SlotView {
  return {
    slotId: 's',
    service: 'id-card',
    venue: 'hall-a',
    startsAt: '2026-11-23T01:00:00.000Z',
    endsAt: '2026-11-23T01:30:00.000Z',
    capacity: 6,
    taken: 2,
    closed: null,
    appointments: [],
    ...overrides,
  };
}

describe('the day list', () => {
  it('says its times in Beijing time and its notes in one line', () => {
    expect(sayTimes(entry())).toBe('09:00–09:30');
    const late = entry({ arrivedAt: '2026-11-23T01:05:00.000Z', override: '行动不便', timesMoved: 2 });
    expect(sayNotes(late)).toBe('09:05 签到；窗口加约：行动不便；改期 2 次');
  });

  it('counts who comes and leaves out who has cancelled, unless asked', () => {
    const slots = [
      slot({ appointments: [entry(), entry({ state: 'arrived' }), entry({ state: 'cancelled' })] }),
      slot({ closed: '系统升级', appointments: [] }),
    ];
    expect(sumUpDay({ slots, waiting: [entry({ state: 'waiting' })] })).toEqual({
      booked: 2,
      arrived: 1,
      missed: 0,
      waiting: 1,
      places: 6,
    });
    const usual = selectSlots(slots, { onlyTaken: true, withEnded: false });
    expect(usual.map(({ appointments }) => appointments.length)).toEqual([2]);
    const all = selectSlots(slots, { onlyTaken: false, withEnded: true });
    expect(all.map(({ appointments }) => appointments.length)).toEqual([3, 0]);
  });
});

describe('a closure', () => {
  const now = Date.parse('2026-11-23T00:00:00Z');
  const closure = { venue: 'hall-a', day: '2026-11-23' };

  it.each([
    ['the whole day', closure, 2],
    ['hours that only touch the slot', { ...closure, period: { from: '09:30', to: '10:00' } }, 0],
    ['hours that begin within the slot', { ...closure, period: { from: '09:29', to: '10:00' } }, 2],
    ['another service', { ...closure, service: 'traffic' }, 0],
    ['another hall', { ...closure, venue: 'hall-b' }, 0],
  ])('of %s does harm to the places that are taken in it', (_, of, taken) => {
    expect(countTaken([slot()], of, now)).toBe(taken);
  });

  it('does no harm to what has begun or is closed already', () => {
    expect(countTaken([slot()], closure, Date.parse('2026-11-23T01:00:00Z'))).toBe(0);
    expect(countTaken([slot({ closed: '停电' })], closure, now)).toBe(0);
  });
});

describe('figures', () => {
  const figure: FigureView = {
    day: '2026-11-23',
    service: 'id-card',
    venue: 'hall-a',
    places: 80,
    booked: 40,
    arrived: 30,
    missed: 10,
    cancelled: 3,
    utilisation: 50,
    noShow: 25,
  };

  it('are added up by service and for all, their shares from the sums', () => {
    const other = {
      ...figure,
      service: 'traffic',
      places: 0,
      booked: 0,
      arrived: 0,
      missed: 0,
      cancelled: 0,
    };
    const next = { ...figure, day: '2026-11-24', places: 20, booked: 20, arrived: 0, missed: 0 };
    expect(sumUpByService([figure, other, next], (id) => (id === 'id-card' ? '身份证' : '车驾管'))).toEqual([
      {
        title: '身份证',
        places: 100,
        booked: 60,
        arrived: 30,
        missed: 10,
        cancelled: 6,
        utilisation: 60,
        noShow: 25,
      },
      {
        title: '车驾管',
        places: 0,
        booked: 0,
        arrived: 0,
        missed: 0,
        cancelled: 0,
        utilisation: null,
        noShow: null,
      },
      {
        title: '合计',
        places: 100,
        booked: 60,
        arrived: 30,
        missed: 10,
        cancelled: 6,
        utilisation: 60,
        noShow: 25,
      },
    ]);
  });

  it('of one service need no sum of all', () => {
    expect(sumUpByService([figure], () => '身份证').map(({ title }) => title)).toEqual(['身份证']);
  });
});
