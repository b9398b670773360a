/** What staff set up to be booked, as the pages know it. */
export {
  calendarYearSchema,
  closureSchema,
  scheduleSchema,
  serviceSchema,
  venueSchema,
  type CalendarDay,
  type CalendarYear,
  type Closure,
  type OpeningPeriod,
  type PersonLimit,
  type Schedule,
  type Service,
  type Venue,
} from '../features/appointments/offer.js';
