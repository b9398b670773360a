import {
  bookableDaysSchema,
  bookableServicesSchema,
  bookableSlotsSchema,
  bookingSchema,
  citizenAppointmentSchema,
  citizenAppointmentsSchema,
  hallsSchema,
  homeSchema,
  objectionSchema,
  privacyNoticeSchema,
  slotChoiceSchema,
  waitingSchema,
} from '../../api-types/citizen-appointments.js';
import { erasureSchema } from '../../api-types/own-data.js';
import { createApi } from '../shared/create-api.js';
import { pagesBase } from './place.js';

/** `defineCall` also for the calls of pages that are loaded when they are opened. */
export const { access, addressOf, defineCall } = createApi(`${pagesBase}/api`);
const one = { response: citizenAppointmentSchema } as const;

export const readHome = defineCall({ method: 'get', path: '/me', response: homeSchema });
export const readPrivacy = defineCall({ method: 'get', path: '/privacy', response: privacyNoticeSchema });
export const listServices = defineCall({
  method: 'get',
  path: '/services',
  response: bookableServicesSchema,
});
export const listHalls = defineCall({
  method: 'get',
  path: '/services/:service/venues',
  response: hallsSchema,
});
export const listDays = defineCall({
  method: 'get',
  path: '/services/:service/venues/:venue/days',
  response: bookableDaysSchema,
});
export const listSlots = defineCall({
  method: 'get',
  path: '/services/:service/venues/:venue/days/:day/slots',
  response: bookableSlotsSchema,
});
export const listAppointments = defineCall({
  method: 'get',
  path: '/appointments',
  response: citizenAppointmentsSchema,
});
export const readAppointment = defineCall({ ...one, method: 'get', path: '/appointments/:appointmentId' });
export const holdPlace = defineCall({ ...one, method: 'post', path: '/holds', body: slotChoiceSchema });
export const bookPlace = defineCall({
  ...one,
  method: 'post',
  path: '/appointments/:appointmentId/booking',
  body: bookingSchema,
});
export const waitForPlace = defineCall({ ...one, method: 'post', path: '/waits', body: waitingSchema });
export const acceptPlace = defineCall({
  ...one,
  method: 'post',
  path: '/appointments/:appointmentId/acceptance',
});
export const cancelAppointment = defineCall({
  ...one,
  method: 'post',
  path: '/appointments/:appointmentId/cancellation',
});
export const moveAppointment = defineCall({
  ...one,
  method: 'post',
  path: '/appointments/:appointmentId/move',
  body: slotChoiceSchema,
});
export const objectToMiss = defineCall({
  ...one,
  method: 'post',
  path: '/appointments/:appointmentId/objection',
  body: objectionSchema,
});
export const eraseMyData = defineCall({ method: 'delete', path: '/my-data', response: erasureSchema });
export const myDataAddress = addressOf('/my-data');
