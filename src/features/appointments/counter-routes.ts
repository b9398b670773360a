import {
  appointmentPathSchema,
  appointmentSchema,
  checkInSchema,
  dayListSchema,
  dayPathSchema,
  dayQuerySchema,
  disclosedPersonSchema,
  objectionDecisionSchema,
  objectionListSchema,
  overrideSchema,
  reasonSchema,
} from '../../api-types/appointments.js';
import { accountPathSchema } from '../../api-types/account-path.js';
import { defineRoute, type Download, type Route } from '../../http/api/route.js';
import type { AppointmentView } from './booking-desk.js';
import type { AppointmentDesk } from './booking/appointment-desk.js';
import type { AppointmentRecord, AppointmentRecords } from './counter/appointment-records.js';
import { counterTexts } from './counter/counter-texts.js';
import { spreadsheetType, writeDayList } from './counter/spreadsheets.js';
import type { OfferNames } from './offer/stored-offer.js';
import type { Slot } from './slot.js';

const toSee = { permission: 'appointments.view', account: 'path' } as const;
const base = '/accounts/:accountId/appointments';
/** More than anybody decides in a day. */
const mostObjections = 200;

export interface CounterRoutesParts {
  records: AppointmentRecords;
  desk: Pick<
    AppointmentDesk,
    'checkIn' | 'bookBeyondRules' | 'cancelForCitizen' | 'disclose' | 'listObjections' | 'decideObjection'
  >;
  readNames: ReadNames;
}

/** How the services and venues of an account are called now. */
export type ReadNames = (accountId: string) => Promise<OfferNames>;

/** Who comes on a day, and what the counter does with them. */
export function counterRoutes(parts: CounterRoutesParts): Route[] {
  return [...dayRoutes(parts), ...deedRoutes(parts), ...objectionRoutes(parts)];
}

function dayRoutes({ records, readNames }: CounterRoutesParts): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/days/:day`,
      summary: 'Who comes on a day, slot by slot, everybody masked',
      params: dayPathSchema,
      query: dayQuerySchema,
      response: dayListSchema,
      async handler({ params, query }) {
        const { slots, waiting } = await records.listDay({ ...params, ...given(query) });
        return {
          slots: slots.map(({ slot, records }) => ({
            ...presentSlot(slot),
            appointments: records.map(presentRecord),
          })),
          waiting: waiting.map(presentRecord),
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/days/:day/export`,
      summary: 'The same as an Excel file',
      params: dayPathSchema,
      query: dayQuerySchema,
      download: [spreadsheetType],
      async handler({ params, query }): Promise<Download> {
        const list = await records.listDay({ ...params, ...given(query) });
        const file = await writeDayList(list, await readNames(params.accountId));
        return toDownload(counterTexts.dayTitle(params.day), file);
      },
    }),
  ];
}

function deedRoutes({ desk }: CounterRoutesParts): Route[] {
  return [
    defineRoute({
      permission: 'appointments.serve',
      account: 'path',
      method: 'post',
      path: `${base}/check-ins`,
      summary: 'Checks a citizen in by the code that they show',
      params: accountPathSchema,
      body: checkInSchema,
      response: appointmentSchema,
      handler: async ({ params: { accountId }, body, actor }) =>
        presentView(await desk.checkIn(accountId, body.code, actor)),
    }),
    defineRoute({
      permission: 'appointments.serve',
      account: 'path',
      method: 'post',
      path: `${base}/records/:appointmentId/cancel`,
      summary: 'Cancels for a citizen, for a reason that they are told',
      params: appointmentPathSchema,
      body: reasonSchema,
      response: appointmentSchema,
      handler: async ({ params, body, actor }) =>
        presentView(await desk.cancelForCitizen({ ...params, ...body }, actor)),
    }),
    defineRoute({
      permission: 'appointments.override',
      account: 'path',
      method: 'post',
      path: `${base}/overrides`,
      summary: 'Books beyond lead time, horizon, capacity and limits, for a reason that goes on record',
      status: 201,
      params: accountPathSchema,
      body: overrideSchema,
      response: appointmentSchema,
      handler: async ({ params, body, actor }) =>
        presentView(await desk.bookBeyondRules({ ...params, ...body }, actor)),
    }),
    defineRoute({
      permission: 'appointments.disclose',
      account: 'path',
      method: 'post',
      path: `${base}/records/:appointmentId/disclosure`,
      summary: 'Who comes, in full, for a reason that goes on record',
      params: appointmentPathSchema,
      body: reasonSchema,
      response: disclosedPersonSchema,
      handler: async ({ params, body, actor }) => ({
        person: await desk.disclose({ ...params, ...body }, actor),
      }),
    }),
  ];
}

function objectionRoutes({ desk }: CounterRoutesParts): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/objections`,
      summary: 'What citizens say against missed visits and nobody has decided, the oldest first',
      params: accountPathSchema,
      response: objectionListSchema,
      async handler({ params: { accountId } }) {
        const found = await desk.listObjections(accountId, mostObjections);
        return {
          objections: found.map(({ appointment, text, at }) => ({
            appointment: presentView(appointment),
            text,
            at: at.toISOString(),
          })),
        };
      },
    }),
    defineRoute({
      permission: 'appointments.override',
      account: 'path',
      method: 'post',
      path: `${base}/objections/:appointmentId/decision`,
      summary: 'Grants an objection, so that the missed visit does not count, or not',
      params: appointmentPathSchema,
      body: objectionDecisionSchema,
      response: appointmentSchema,
      handler: async ({ params, body, actor }) =>
        presentView(await desk.decideObjection({ ...params, ...body }, actor)),
    }),
  ];
}

function presentRecord({ appointment, person }: AppointmentRecord) {
  const { override, endedBecause, isExcused, movedFrom, arrivedAt } = appointment;
  return {
    ...presentView({ ...appointment, person }),
    override: override?.reason ?? null,
    endedBecause: endedBecause ?? null,
    isExcused: isExcused ?? false,
    timesMoved: movedFrom.length,
    arrivedAt: arrivedAt?.toISOString() ?? null,
  };
}

function presentView(
  view: Pick<
    AppointmentView,
    'appointmentId' | 'state' | 'service' | 'venue' | 'day' | 'startsAt' | 'endsAt' | 'person'
  >,
) {
  const { appointmentId, state, service, venue, day, startsAt, endsAt, person } = view;
  return {
    appointmentId,
    state,
    service,
    venue,
    day,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    person,
  };
}

export function toDownload(title: string, file: Uint8Array): Download {
  return { mediaType: spreadsheetType, filename: `${title}.xlsx`, chunks: once(file) };
}

async function* once(file: Uint8Array): AsyncGenerator<Uint8Array> {
  yield file;
}

function presentSlot({ slotId, service, venue, startsAt, endsAt, capacity, taken, closed }: Slot) {
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  return { slotId, service, venue, ...times, capacity, taken, closed };
}

function given({ service, venue }: { service?: string | undefined; venue?: string | undefined }) {
  return { ...(service !== undefined && { service }), ...(venue !== undefined && { venue }) };
}
