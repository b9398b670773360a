import { accountPathSchema } from '../../api-types/account-path.js';
import {
  calendarEditSchema,
  calendarItemSchema,
  calendarSchema,
  closureListSchema,
  closureMadeSchema,
  offerItemPathSchema,
} from '../../api-types/appointments.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { presentItem, stampOf } from './offer-routes.js';
import type { CalendarService } from './offer/calendar-service.js';
import type { ClosureService } from './offer/closure-service.js';
import type { OfferItem } from './offer/offer-item.js';
import type { OfferService } from './offer/offer-service.js';
import { closureSchema } from './offer.js';

const toSee = { permission: 'appointments.view', account: 'path', params: accountPathSchema } as const;
const toArrange = { permission: 'appointments.arrange', account: 'path' } as const;
const base = '/accounts/:accountId/appointments';

export interface CalendarRoutesParts {
  offer: OfferService;
  calendar: CalendarService;
  closures: ClosureService;
}

/** The days on which nothing is given: holidays, and what a hall closes for. */
export function calendarRoutes(parts: CalendarRoutesParts): Route[] {
  return [...holidayRoutes(parts), ...closureRoutes(parts.closures)];
}

function holidayRoutes({ offer, calendar }: CalendarRoutesParts): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/calendar`,
      summary: 'Holidays and make-up days by year, and the years that are missing',
      response: calendarSchema,
      async handler({ params: { accountId } }) {
        const years = await offer.list(accountId, 'calendar');
        const { missing } = await calendar.coverage(accountId);
        return { years: years.map(presentItem), missing };
      },
    }),
    defineRoute({
      ...toArrange,
      method: 'put',
      path: `${base}/calendar`,
      summary: 'Keeps the holidays of a year; the slots ahead follow them',
      params: accountPathSchema,
      body: calendarEditSchema,
      response: calendarItemSchema,
      handler: async ({ params, body, actor }) => ({
        ...stampOf(await offer.put({ ...params, ...body, kind: 'calendar', actor })),
        value: body.value,
      }),
    }),
  ];
}

function closureRoutes(closures: ClosureService): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/closures`,
      summary: 'What is closed today and on the days ahead',
      response: closureListSchema,
      handler: async ({ params: { accountId } }) => ({
        closures: (await closures.list(accountId)).map(presentClosure),
      }),
    }),
    defineRoute({
      ...toArrange,
      method: 'post',
      path: `${base}/closures`,
      summary: 'Closes a venue for a day or a part of it; who has booked is told and moved out',
      status: 201,
      params: accountPathSchema,
      body: closureSchema,
      response: closureMadeSchema,
      async handler({ params: { accountId }, body, actor }) {
        const { item, taken } = await closures.close({ accountId, closure: body, actor });
        return { closure: presentClosure(item), taken };
      },
    }),
    defineRoute({
      ...toArrange,
      method: 'delete',
      path: `${base}/closures/:id`,
      summary: 'Opens again what is not closed by anything else',
      params: offerItemPathSchema,
      handler: ({ params, actor }) => closures.lift({ ...params, actor }),
    }),
  ];
}

function presentClosure(item: OfferItem<'closure'>) {
  return { ...presentItem(item), id: item.id };
}
