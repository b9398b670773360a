import type { z } from 'zod';
import {
  appointmentPathSchema,
  bookingSchema,
  citizenAppointmentSchema,
  citizenAppointmentsSchema,
  objectionSchema,
  slotChoiceSchema,
  waitingSchema,
} from '../../api-types/citizen-appointments.js';
import { defineCitizenRoute, type CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { AppointmentView, BookingDesk, ObjectionState } from './booking-desk.js';
import type { CitizenRoutesParts } from './citizen-routes.js';
import type { OfferReader } from './offer-reader.js';
import { consentTo } from '../compliance/privacy-notice.js';

type Presented = z.input<typeof citizenAppointmentSchema>;
const one = { response: citizenAppointmentSchema } as const;
const named = { ...one, method: 'post', params: appointmentPathSchema } as const;

/** What citizens do with places. Each names the state that is wanted, so that a tap too many changes nothing. */
export function citizenBookingRoutes(parts: CitizenRoutesParts): CitizenRoute[] {
  return [...lookRoutes(parts), ...takeRoutes(parts), ...changeRoutes(parts)];
}

function lookRoutes({ desk, offer }: CitizenRoutesParts): CitizenRoute[] {
  return [
    defineCitizenRoute({
      method: 'get',
      path: '/appointments',
      summary: 'One’s own appointments: those ahead, the soonest first, then those past',
      response: citizenAppointmentsSchema,
      async handler({ citizen }) {
        const found = await desk.listOf(citizen);
        const present = await presenter(offer, citizen.accountId);
        return { appointments: found.map(present) };
      },
    }),
    defineCitizenRoute({
      ...one,
      method: 'get',
      path: '/appointments/:appointmentId',
      summary: 'One of one’s own appointments',
      params: appointmentPathSchema,
      handler: ({ citizen, params }) => show(offer, desk.find(citizen, params.appointmentId), citizen),
    }),
  ];
}

function takeRoutes({ desk, offer, clock }: CitizenRoutesParts): CitizenRoute[] {
  return [
    defineCitizenRoute({
      ...one,
      method: 'post',
      path: '/holds',
      summary: 'Keeps a place while the form is filled in',
      body: slotChoiceSchema,
      status: 201,
      handler: ({ citizen, body }) => show(offer, desk.hold(citizen, body.slotId), citizen),
    }),
    defineCitizenRoute({
      ...named,
      path: '/appointments/:appointmentId/booking',
      summary: 'Books the place that is held',
      body: bookingSchema,
      async handler({ citizen, params, body }) {
        const consent = consentTo(body.notice, clock.now());
        return show(offer, desk.book(citizen, params.appointmentId, body.person, consent), citizen);
      },
    }),
    defineCitizenRoute({
      ...one,
      method: 'post',
      path: '/waits',
      summary: 'Stands in the waiting list of a full day',
      body: waitingSchema,
      status: 201,
      async handler({ citizen, body: { person, notice, ...wanted } }) {
        const consent = consentTo(notice, clock.now());
        return show(offer, desk.wait(citizen, wanted, person, consent), citizen);
      },
    }),
    defineCitizenRoute({
      ...named,
      path: '/appointments/:appointmentId/acceptance',
      summary: 'Takes the place that is offered',
      handler: ({ citizen, params }) => show(offer, desk.accept(citizen, params.appointmentId), citizen),
    }),
  ];
}

function changeRoutes({ desk, offer }: CitizenRoutesParts): CitizenRoute[] {
  return [
    defineCitizenRoute({
      ...named,
      path: '/appointments/:appointmentId/cancellation',
      summary: 'Gives up a hold, a wait, an offer or an appointment',
      handler: ({ citizen, params }) => show(offer, desk.cancel(citizen, params.appointmentId), citizen),
    }),
    defineCitizenRoute({
      ...named,
      path: '/appointments/:appointmentId/move',
      summary: 'The same appointment at another time',
      body: slotChoiceSchema,
      handler: ({ citizen, params, body }) =>
        show(offer, desk.move(citizen, params.appointmentId, body.slotId), citizen),
    }),
    defineCitizenRoute({
      ...named,
      path: '/appointments/:appointmentId/objection',
      summary: 'Says something against a visit that is marked as missed',
      body: objectionSchema,
      handler: ({ citizen, params, body }) =>
        show(offer, desk.objectToMiss(citizen, params.appointmentId, body.text), citizen),
    }),
  ];
}

async function show(
  offer: OfferReader,
  work: ReturnType<BookingDesk['find']>,
  { accountId }: { accountId: string },
): Promise<Presented> {
  const view = await work;
  return (await presenter(offer, accountId))(view);
}

/** With the names of what it is for; what staff have removed since keeps its id as its name. */
async function presenter(
  offer: OfferReader,
  accountId: string,
): Promise<(view: AppointmentView) => Presented> {
  const [services, venues] = await Promise.all([offer.services(accountId), offer.venues(accountId)]);
  return (view) => {
    const service = services.find(({ id }) => id === view.service);
    const venue = venues.find(({ id }) => id === view.venue);
    return {
      appointmentId: view.appointmentId,
      state: view.state,
      service: service ?? { id: view.service, name: view.service, materials: [] },
      venue: venue ?? { id: view.venue, name: view.venue, address: '', phone: '', note: '' },
      day: view.day,
      startsAt: view.startsAt?.toISOString() ?? null,
      endsAt: view.endsAt?.toISOString() ?? null,
      until: view.until?.toISOString() ?? null,
      code: view.code ?? null,
      person: view.person,
      isChangeable: view.isChangeable,
      position: view.position ?? null,
      objection: view.objection ? presentObjection(view.objection) : null,
    };
  };
}

function presentObjection({ at, decision }: ObjectionState): NonNullable<Presented['objection']> {
  return {
    at: at.toISOString(),
    decision: decision ? { ...decision, at: decision.at.toISOString() } : null,
  };
}
