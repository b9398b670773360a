import {
  cancellationSchema,
  citizenActivitiesSchema,
  citizenActivitySchema,
  citizenRegistrationSchema,
  citizenRegistrationsSchema,
  publicDrawSchema,
  registrationFormSchema,
} from '../../api-types/citizen-activities.js';
import { checkedOrderSchema, paymentRequestSchema } from '../../api-types/citizen-orders.js';
import { defineCall } from './calls.js';

// Apart from the other calls: what they are made of is not loaded before an activity is looked at.
const registration = { response: citizenRegistrationSchema } as const;

export const listActivities = defineCall({
  method: 'get',
  path: '/activities',
  response: citizenActivitiesSchema,
});
export const readActivity = defineCall({
  method: 'get',
  path: '/activities/:activityId',
  response: citizenActivitySchema,
});
export const readDraw = defineCall({
  method: 'get',
  path: '/activities/:activityId/draw',
  response: publicDrawSchema,
});
export const register = defineCall({
  ...registration,
  method: 'post',
  path: '/activities/:activityId/registrations',
  body: registrationFormSchema,
});
export const listRegistrations = defineCall({
  method: 'get',
  path: '/registrations',
  response: citizenRegistrationsSchema,
});
export const readRegistration = defineCall({
  ...registration,
  method: 'get',
  path: '/registrations/:registrationId',
});
export const acceptRegistration = defineCall({
  ...registration,
  method: 'post',
  path: '/registrations/:registrationId/acceptance',
});
export const cancelRegistration = defineCall({
  ...registration,
  method: 'post',
  path: '/registrations/:registrationId/cancellation',
  body: cancellationSchema,
});
export const askPayment = defineCall({
  method: 'post',
  path: '/orders/:orderId/payment',
  response: paymentRequestSchema,
});
export const checkOrder = defineCall({
  method: 'post',
  path: '/orders/:orderId/check',
  response: checkedOrderSchema,
});
