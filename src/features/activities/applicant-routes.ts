import { activityPathSchema } from '../../api-types/activities.js';
import {
  applicantExportSchema,
  applicantListSchema,
  applicantPathSchema,
  applicantReasonSchema,
  applicantSchema,
  applicantsQuerySchema,
  approvalSchema,
  decisionOutcomesSchema,
  disclosedApplicantSchema,
  rejectionSchema,
  type Applicant,
} from '../../api-types/applicants.js';
import { businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import { tableTypes, toXlsx } from '../../core/table-file.js';
import { defineRoute, type Download, type Route } from '../../http/api/route.js';
import type { Activity } from './activity.js';
import { activityBase } from './activity-routes.js';
import type { ApplicantDesk, ApplicantRecord } from './office/applicant-desk.js';
import { applicantColumns, toApplicantRow } from './office/applicant-table.js';
import { officeTexts } from './office/office-texts.js';
import { readCursor, writeCursor } from './office/page-cursor.js';
import type { RegistrationCursor } from './registration-store.js';

export interface ApplicantRoutesParts {
  applicants: ApplicantDesk;
  clock: Clock;
}

const toServe = { permission: 'activities.serve', account: 'path' } as const;
const toDisclose = { permission: 'activities.disclose', account: 'path' } as const;
const base = `${activityBase}/applicants`;

/** Who registered for an activity, and what staff do about them. */
export function applicantRoutes(parts: ApplicantRoutesParts): Route[] {
  return [listRoute(parts), ...decisionRoutes(parts), ...disclosureRoutes(parts)];
}

function listRoute({ applicants }: ApplicantRoutesParts): Route {
  return defineRoute({
    ...toServe,
    method: 'get',
    path: base,
    summary: 'Who registered, the first first; everybody masked',
    params: activityPathSchema,
    query: applicantsQuerySchema,
    response: applicantListSchema,
    async handler({ params, query: { search, after, limit, ...selection } }) {
      if (search !== undefined) {
        const found = await applicants.search(params, search);
        return { applicants: found.map(presentApplicant), next: null };
      }
      const chosen = { ...params, ...toSelection(selection) };
      const found = await applicants.list(chosen, limit + 1, cursorOf(after));
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1)?.registration : undefined;
      return {
        applicants: shown.map(presentApplicant),
        next: last ? writeCursor(last.createdAt, last.registrationId) : null,
      };
    },
  });
}

function decisionRoutes({ applicants }: ApplicantRoutesParts): Route[] {
  return [
    defineRoute({
      ...toServe,
      method: 'post',
      path: `${base}/approval`,
      summary: 'Approves applications, each by itself',
      params: activityPathSchema,
      body: approvalSchema,
      response: decisionOutcomesSchema,
      handler: async ({ params, body: { registrationIds }, actor }) => ({
        outcomes: await applicants.approve(params, registrationIds, actor),
      }),
    }),
    defineRoute({
      ...toServe,
      method: 'post',
      path: `${base}/rejection`,
      summary: 'Turns applications down, each by itself, for a reason that the citizens are told',
      params: activityPathSchema,
      body: rejectionSchema,
      response: decisionOutcomesSchema,
      handler: async ({ params, body: { registrationIds, reason }, actor }) => ({
        outcomes: await applicants.turnDown(params, registrationIds, reason, actor),
      }),
    }),
    defineRoute({
      ...toServe,
      method: 'post',
      path: `${base}/:registrationId/cancellation`,
      summary: 'Cancels for a citizen, for a reason that they are told; the fee comes back in full',
      params: applicantPathSchema,
      body: applicantReasonSchema,
      response: applicantSchema,
      handler: async ({ params, body, actor }) =>
        presentApplicant(await applicants.cancel({ ...params, ...body }, actor)),
    }),
  ];
}

function disclosureRoutes({ applicants, clock }: ApplicantRoutesParts): Route[] {
  return [
    defineRoute({
      ...toDisclose,
      method: 'post',
      path: `${base}/:registrationId/disclosure`,
      summary: 'Who it is and what they answered, in full, for a reason that goes on record',
      params: applicantPathSchema,
      body: applicantReasonSchema,
      response: disclosedApplicantSchema,
      handler: ({ params, body, actor }) => applicants.disclose({ ...params, ...body }, actor),
    }),
    defineRoute({
      ...toDisclose,
      method: 'post',
      path: `${base}/export`,
      summary: 'Everybody in full as an Excel file, for a reason that goes on record',
      params: activityPathSchema,
      body: applicantExportSchema,
      download: [tableTypes.xlsx],
      async handler({ params, body: { reason, ...selection }, actor }): Promise<Download> {
        const chosen = { ...params, ...toSelection(selection), reason };
        const { activity, records } = await applicants.export(chosen, actor);
        const title = officeTexts.title(activity.title, businessDay(clock.now()));
        const rows = toRows(records, activity);
        return {
          mediaType: tableTypes.xlsx,
          filename: `${title}.xlsx`,
          chunks: toXlsx(officeTexts.sheet, applicantColumns(activity), rows),
        };
      },
    }),
  ];
}

async function* toRows(
  records: AsyncIterable<ApplicantRecord>,
  activity: Activity,
): AsyncGenerator<string[]> {
  for await (const record of records) yield toApplicantRow(record, activity);
}

function presentApplicant({ registration, person, answers }: ApplicantRecord): Applicant {
  const { registrationId, groupId, state, until, facts, lot, feeFen, orderId, ticketId } = registration;
  return {
    registrationId,
    groupId,
    state,
    until: until?.toISOString() ?? null,
    person,
    answers,
    school: facts.school ?? null,
    district: facts.district ?? null,
    lot: lot ?? null,
    feeFen,
    orderId: orderId ?? null,
    ticketId: ticketId ?? null,
    endedBecause: registration.endedBecause ?? null,
    arrivedAt: registration.arrivedAt?.toISOString() ?? null,
    createdAt: registration.createdAt.toISOString(),
    changedAt: registration.changedAt.toISOString(),
  };
}

type Selection = Pick<(typeof applicantsQuerySchema)['_output'], 'group' | 'state'>;

function toSelection({ group, state }: Selection) {
  return { ...(group !== undefined && { groupId: group }), ...(state && { state }) };
}

function cursorOf(text: string | undefined): RegistrationCursor | undefined {
  if (text === undefined) return undefined;
  const { at, id } = readCursor(text);
  return { createdAt: at, registrationId: id };
}
