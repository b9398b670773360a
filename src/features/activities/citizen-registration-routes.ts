import {
  activityPathSchema,
  cancellationSchema,
  citizenRegistrationSchema,
  citizenRegistrationsSchema,
  registrationFormSchema,
  registrationPathSchema,
} from '../../api-types/citizen-activities.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import { moneyInWords } from '../../core/in-words.js';
import { defineCitizenRoute, type CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import { consentTo } from '../compliance/privacy-notice.js';
import type { ActivityReader } from './activity-reader.js';
import { describeRegistration, listedRegistration, type TicketReader } from './citizen-registration-views.js';
import type { RegistrationDesk, RegistrationView } from './registration-desk.js';

export interface CitizenRegistrationRoutesParts {
  desk: RegistrationDesk;
  activities: ActivityReader;
  tickets: TicketReader;
  clock: Clock;
}

const one = { response: citizenRegistrationSchema } as const;
const named = { ...one, method: 'post', params: registrationPathSchema } as const;

/** What citizens do with places of activities. Each names what is wanted, so that a tap too many changes nothing. */
export function citizenRegistrationRoutes(parts: CitizenRegistrationRoutesParts): CitizenRoute[] {
  const { desk, activities, clock } = parts;
  const show = async (citizen: { accountId: string }, work: Promise<RegistrationView>) =>
    describeRegistration(parts, citizen.accountId, await work);
  return [
    defineCitizenRoute({
      ...one,
      method: 'post',
      path: '/activities/:activityId/registrations',
      summary: 'Applies, takes a place, or stands in the waiting list',
      params: activityPathSchema,
      body: registrationFormSchema,
      status: 201,
      async handler({ citizen, params: { activityId }, body: { notice, mayWait, facts, ...form } }) {
        const consent = consentTo(notice, clock.now());
        const { school, district } = facts;
        const stated = {
          ...(school !== undefined && { school }),
          ...(district !== undefined && { district }),
        };
        return show(
          citizen,
          desk.register(citizen, { ...form, activityId, facts: stated, consent }, mayWait),
        );
      },
    }),
    defineCitizenRoute({
      method: 'get',
      path: '/registrations',
      summary: 'One’s own registrations: those that stand, the soonest first, then those past',
      response: citizenRegistrationsSchema,
      async handler({ citizen }) {
        const found = await desk.listOf(citizen);
        const list = await listedRegistration(activities, citizen.accountId, found);
        return { registrations: found.map(list) };
      },
    }),
    defineCitizenRoute({
      ...one,
      method: 'get',
      path: '/registrations/:registrationId',
      summary: 'One of one’s own registrations, with its ticket',
      params: registrationPathSchema,
      handler: ({ citizen, params }) => show(citizen, desk.find(citizen, params.registrationId)),
    }),
    defineCitizenRoute({
      ...named,
      path: '/registrations/:registrationId/acceptance',
      summary: 'Takes the place that is offered',
      handler: ({ citizen, params }) => show(citizen, desk.accept(citizen, params.registrationId)),
    }),
    defineCitizenRoute({
      ...named,
      path: '/registrations/:registrationId/cancellation',
      summary: 'Gives it up; what the rules give back is paid back',
      body: cancellationSchema,
      async handler({ citizen, params: { registrationId }, body }) {
        const { isCancellable, refundFen } = await desk.find(citizen, registrationId);
        if (isCancellable && refundFen < body.refundFen) throw refundChanged(refundFen);
        return show(citizen, desk.cancel(citizen, registrationId));
      },
    }),
  ];
}

/** The time of a better rule has just run out. */
function refundChanged(refundFen: number): UserError {
  const message = `能退的金额刚刚变成了 ${moneyInWords(refundFen)}，请再看一遍`;
  return new UserError('refund_changed', message, { status: 409 });
}
