import {
  scheduleSchema,
  serviceSchema,
  venueSchema,
  type Schedule,
  type Service,
  type Venue,
} from '../../../../src/features/appointments/offer.js';

export function buildService(overrides: Partial<Service> = {}): Service {
  return serviceSchema.parse({
    id: 'id-card',
    name: '身份证',
    limit: { count: 1, per: 'ahead' },
    leadMinutes: 0,
    horizonDays: 7,
    releasesAt: '00:00',
    cancelUntilMinutes: 120,
    offerMinutes: 30,
    noShow: { count: 3, withinDays: 180, blockDays: 30 },
    ...overrides,
  });
}

export function buildVenue(overrides: Partial<Venue> = {}): Venue {
  return venueSchema.parse({ id: 'hall', name: '办证大厅', ...overrides });
}

/** Monday to Friday, 9:00 to 10:30 and 14:00 to 15:00, half an hour each. */
export function buildSchedule(overrides: Partial<Schedule> = {}): Schedule {
  return scheduleSchema.parse({
    service: 'id-card',
    venue: 'hall',
    weekdays: [1, 2, 3, 4, 5],
    periods: [
      { from: '09:00', to: '10:30' },
      { from: '14:00', to: '15:00' },
    ],
    slotMinutes: 30,
    counters: ['1号窗口'],
    perCounter: 1,
    ...overrides,
  });
}
