import {
  appointmentSchema,
  calendarEditSchema,
  calendarItemSchema,
  calendarSchema,
  checkInSchema,
  closureListSchema,
  closureMadeSchema,
  dayListSchema,
  dayQuerySchema,
  disclosedPersonSchema,
  figuresQuerySchema,
  figuresSchema,
  objectionDecisionSchema,
  objectionListSchema,
  offerOrderSchema,
  offerRemovalSchema,
  offerSchema,
  overrideSchema,
  reasonSchema,
  scheduleEditSchema,
  scheduleItemSchema,
  serviceEditSchema,
  serviceItemSchema,
  venueEditSchema,
  venueItemSchema,
} from '../../../api-types/appointments.js';
import { closureSchema } from '../../../api-types/offer.js';
import { addressOf, defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/appointments';

export const readOffer = defineCall({ method: 'get', path: `${base}/offer`, response: offerSchema });
export const putService = defineCall({
  method: 'put',
  path: `${base}/services`,
  body: serviceEditSchema,
  response: serviceItemSchema,
});
export const putVenue = defineCall({
  method: 'put',
  path: `${base}/venues`,
  body: venueEditSchema,
  response: venueItemSchema,
});
export const putSchedule = defineCall({
  method: 'put',
  path: `${base}/schedules`,
  body: scheduleEditSchema,
  response: scheduleItemSchema,
});
export const removeService = defineCall({
  method: 'delete',
  path: `${base}/services/:id`,
  query: offerRemovalSchema,
});
export const removeVenue = defineCall({
  method: 'delete',
  path: `${base}/venues/:id`,
  query: offerRemovalSchema,
});
export const removeSchedule = defineCall({
  method: 'delete',
  path: `${base}/schedules/:service/:venue`,
  query: offerRemovalSchema,
});
export const arrangeServices = defineCall({
  method: 'put',
  path: `${base}/service-order`,
  body: offerOrderSchema,
});
export const arrangeVenues = defineCall({
  method: 'put',
  path: `${base}/venue-order`,
  body: offerOrderSchema,
});

export const readCalendar = defineCall({ method: 'get', path: `${base}/calendar`, response: calendarSchema });
export const putCalendar = defineCall({
  method: 'put',
  path: `${base}/calendar`,
  body: calendarEditSchema,
  response: calendarItemSchema,
});
export const listClosures = defineCall({
  method: 'get',
  path: `${base}/closures`,
  response: closureListSchema,
});
export const makeClosure = defineCall({
  method: 'post',
  path: `${base}/closures`,
  body: closureSchema,
  response: closureMadeSchema,
});
export const liftClosure = defineCall({ method: 'delete', path: `${base}/closures/:id` });

export const readDay = defineCall({
  method: 'get',
  path: `${base}/days/:day`,
  query: dayQuerySchema,
  response: dayListSchema,
});
export const checkIn = defineCall({
  method: 'post',
  path: `${base}/check-ins`,
  body: checkInSchema,
  response: appointmentSchema,
});
export const cancelForCitizen = defineCall({
  method: 'post',
  path: `${base}/records/:appointmentId/cancel`,
  body: reasonSchema,
  response: appointmentSchema,
});
export const disclosePerson = defineCall({
  method: 'post',
  path: `${base}/records/:appointmentId/disclosure`,
  body: reasonSchema,
  response: disclosedPersonSchema,
});
export const bookBeyondRules = defineCall({
  method: 'post',
  path: `${base}/overrides`,
  body: overrideSchema,
  response: appointmentSchema,
});

export const readFigures = defineCall({
  method: 'get',
  path: `${base}/figures`,
  query: figuresQuerySchema,
  response: figuresSchema,
});
export const listObjections = defineCall({
  method: 'get',
  path: `${base}/objections`,
  response: objectionListSchema,
});
export const decideObjection = defineCall({
  method: 'post',
  path: `${base}/objections/:appointmentId/decision`,
  body: objectionDecisionSchema,
  response: appointmentSchema,
});

/** The day list as an Excel file. */
export function dayExportAddress(
  accountId: string,
  day: string,
  query: { venue?: string | undefined; service?: string | undefined },
): string {
  return addressOf(`${base}/days/:day/export`, { accountId, day }, query);
}

export function figuresExportAddress(accountId: string, query: { from: string; to: string }): string {
  return addressOf(`${base}/figures/export`, { accountId }, query);
}
