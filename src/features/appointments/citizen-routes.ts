import {
  bookableDaysSchema,
  bookableServicesSchema,
  bookableSlotsSchema,
  dayPathSchema,
  hallPathSchema,
  hallsSchema,
  homeSchema,
  privacyNoticeSchema,
  servicePathSchema,
} from '../../api-types/citizen-appointments.js';
import type { Clock } from '../../core/clock.js';
import { notFound } from '../../core/refusals.js';
import { defineCitizenRoute, type CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { AppointmentView, BookingDesk, Citizen } from './booking-desk.js';
import { citizenBookingRoutes } from './citizen-booking-routes.js';
import type { OfferReader } from './offer-reader.js';
import { privacyNotice } from '../compliance/privacy-notice.js';
import type { TimetableReader } from './timetable-reader.js';

/** The desk as the citizens' page uses it. */
export interface CitizenDesk extends BookingDesk {
  /**
   * Says something against a visit that is marked as missed; once.
   * @throws UserError `bad_objection` · `no_such_appointment` · `not_changeable`: it was not missed.
   */
  objectToMiss(citizen: Citizen, appointmentId: string, text: string): Promise<AppointmentView>;
}

export interface CitizenRoutesParts {
  desk: CitizenDesk;
  timetable: TimetableReader;
  /** For the names of what is not offered any more. */
  offer: OfferReader;
  /** What the account is called. */
  accountName: (accountId: string) => string;
  clock: Clock;
}

/** The citizens' API of appointments, below `/h5/:accountId/api`. */
export function citizenRoutes(parts: CitizenRoutesParts): CitizenRoute[] {
  return [...homeRoutes(parts.accountName), ...offerRoutes(parts.timetable), ...citizenBookingRoutes(parts)];
}

function homeRoutes(accountName: (accountId: string) => string): CitizenRoute[] {
  return [
    defineCitizenRoute({
      method: 'get',
      path: '/me',
      summary: 'Whether one is signed in, and what every page needs',
      response: homeSchema,
      handler: async ({ citizen, csrfToken }) => ({
        accountName: accountName(citizen.accountId),
        csrfToken,
      }),
    }),
    defineCitizenRoute({
      method: 'get',
      path: '/privacy',
      summary: 'What is read before personal information is given',
      response: privacyNoticeSchema,
      handler: async ({ citizen }) => privacyNotice(accountName(citizen.accountId)),
    }),
  ];
}

function offerRoutes(timetable: TimetableReader): CitizenRoute[] {
  return [
    defineCitizenRoute({
      method: 'get',
      path: '/services',
      summary: 'What can be booked',
      response: bookableServicesSchema,
      handler: async ({ citizen }) => ({ services: await timetable.services(citizen.accountId) }),
    }),
    defineCitizenRoute({
      method: 'get',
      path: '/services/:service/venues',
      summary: 'The halls that give a service',
      params: servicePathSchema,
      response: hallsSchema,
      async handler({ params: { accountId, service } }) {
        const found = (await timetable.services(accountId)).find(({ id }) => id === service);
        if (!found) throw notFound();
        return { service: found, venues: await timetable.venuesOf(accountId, service) };
      },
    }),
    defineCitizenRoute({
      method: 'get',
      path: '/services/:service/venues/:venue/days',
      summary: 'The days of a service at a hall',
      params: hallPathSchema,
      response: bookableDaysSchema,
      async handler({ params: { accountId, service, venue } }) {
        const days = await timetable.days(accountId, service, venue);
        if (days.length === 0) throw notFound();
        return { days: days.map((day) => ({ ...day, reason: day.reason ?? null })) };
      },
    }),
    defineCitizenRoute({
      method: 'get',
      path: '/services/:service/venues/:venue/days/:day/slots',
      summary: 'The times of a day',
      params: dayPathSchema,
      response: bookableSlotsSchema,
      async handler({ params: { accountId, service, venue, day } }) {
        const slots = await timetable.slots(accountId, service, venue, day);
        return {
          slots: slots.map(({ startsAt, endsAt, ...slot }) => ({
            ...slot,
            startsAt: startsAt.toISOString(),
            endsAt: endsAt.toISOString(),
          })),
        };
      },
    }),
  ];
}
