import { accountPathSchema } from '../../api-types/account-path.js';
import {
  offerItemPathSchema,
  offerOrderSchema,
  offerRemovalSchema,
  offerSchema,
  scheduleEditSchema,
  scheduleItemSchema,
  schedulePathSchema,
  serviceEditSchema,
  serviceItemSchema,
  venueEditSchema,
  venueItemSchema,
} from '../../api-types/appointments.js';
import type { Actor } from '../../core/actor.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { OfferItem, OfferKind, OfferValues } from './offer/offer-item.js';
import { scheduleId } from './offer/offer-item.js';
import type { OfferRemoval, OfferService } from './offer/offer-service.js';

const toArrange = { permission: 'appointments.arrange', account: 'path' } as const;
const base = '/accounts/:accountId/appointments';

/** What can be booked: services, venues, and the schedules that join them. */
export function offerRoutes(offer: OfferService): Route[] {
  return [
    defineRoute({
      permission: 'appointments.view',
      account: 'path',
      method: 'get',
      path: `${base}/offer`,
      summary: 'What can be booked, in the order in which citizens see it',
      params: accountPathSchema,
      response: offerSchema,
      async handler({ params: { accountId } }) {
        const [services, venues, schedules] = await Promise.all([
          offer.list(accountId, 'service'),
          offer.list(accountId, 'venue'),
          offer.list(accountId, 'schedule'),
        ]);
        return {
          services: services.map(presentItem),
          venues: venues.map(presentItem),
          schedules: schedules.map(presentItem),
        };
      },
    }),
    ...serviceRoutes(offer),
    ...venueRoutes(offer),
    ...scheduleRoutes(offer),
  ];
}

function serviceRoutes(offer: OfferService): Route[] {
  return [
    defineRoute({
      ...toArrange,
      method: 'put',
      path: `${base}/services`,
      summary: 'Keeps a service, new or changed',
      params: accountPathSchema,
      body: serviceEditSchema,
      response: serviceItemSchema,
      handler: async ({ params, body, actor }) => ({
        ...stampOf(await offer.put({ ...params, ...body, kind: 'service', actor })),
        value: body.value,
      }),
    }),
    removalRoute(offer, 'service', `${base}/services/:id`),
    orderRoute(offer, 'service', `${base}/service-order`),
  ];
}

function venueRoutes(offer: OfferService): Route[] {
  return [
    defineRoute({
      ...toArrange,
      method: 'put',
      path: `${base}/venues`,
      summary: 'Keeps a venue, new or changed',
      params: accountPathSchema,
      body: venueEditSchema,
      response: venueItemSchema,
      handler: async ({ params, body, actor }) => ({
        ...stampOf(await offer.put({ ...params, ...body, kind: 'venue', actor })),
        value: body.value,
      }),
    }),
    removalRoute(offer, 'venue', `${base}/venues/:id`),
    orderRoute(offer, 'venue', `${base}/venue-order`),
  ];
}

function scheduleRoutes(offer: OfferService): Route[] {
  return [
    defineRoute({
      ...toArrange,
      method: 'put',
      path: `${base}/schedules`,
      summary: 'Keeps when a venue gives a service; the slots ahead follow it',
      params: accountPathSchema,
      body: scheduleEditSchema,
      response: scheduleItemSchema,
      handler: async ({ params, body, actor }) => ({
        ...stampOf(await offer.put({ ...params, ...body, kind: 'schedule', actor })),
        value: body.value,
      }),
    }),
    defineRoute({
      ...toArrange,
      method: 'delete',
      path: `${base}/schedules/:service/:venue`,
      summary: 'A venue gives a service no more; its slots ahead go',
      params: schedulePathSchema,
      query: offerRemovalSchema,
      handler: ({ params: { accountId, ...place }, query, actor }) =>
        offer.remove({ kind: 'schedule', accountId, id: scheduleId(place), ...toEdit(query, actor) }),
    }),
  ];
}

function removalRoute(offer: OfferService, kind: 'service' | 'venue', path: string): Route {
  return defineRoute({
    ...toArrange,
    method: 'delete',
    path,
    summary: `Removes a ${kind} that no schedule names`,
    params: offerItemPathSchema,
    query: offerRemovalSchema,
    handler: ({ params, query, actor }) => offer.remove({ kind, ...params, ...toEdit(query, actor) }),
  });
}

function orderRoute(offer: OfferService, kind: 'service' | 'venue', path: string): Route {
  return defineRoute({
    ...toArrange,
    method: 'put',
    path,
    summary: `The order in which citizens see each ${kind}`,
    params: accountPathSchema,
    body: offerOrderSchema,
    handler: ({ params, body, actor }) => offer.arrange({ kind, ...params, ...body, actor }),
  });
}

function toEdit(
  { baseVersion, closesBooked }: { baseVersion: number; closesBooked: 'true' | 'false' },
  actor: Actor,
): Pick<OfferRemoval, 'baseVersion' | 'closesBooked' | 'actor'> {
  return { baseVersion, closesBooked: closesBooked === 'true', actor };
}

export function presentItem<Kind extends OfferKind>(item: OfferItem<Kind>): PresentedItem<Kind> {
  return { ...stampOf(item), value: item.value };
}

type PresentedItem<Kind extends OfferKind> = ReturnType<typeof stampOf> & { value: OfferValues[Kind] };

export function stampOf({ version, updatedAt, updatedBy }: OfferItem) {
  return { version, updatedAt: updatedAt.toISOString(), updatedBy };
}
