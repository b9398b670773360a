import {
  alertClosingSchema,
  alertPageSchema,
  alertSchema,
  alertsQuerySchema,
  openAlertsSchema,
} from '../../../api-types/duty.js';
import { defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/duty-alerts';

export const listAlerts = defineCall({
  method: 'get',
  path: base,
  query: alertsQuerySchema,
  response: alertPageSchema,
});
export const countAlerts = defineCall({ method: 'get', path: `${base}/count`, response: openAlertsSchema });
export const seeAlert = defineCall({ method: 'post', path: `${base}/:id/see`, response: alertSchema });
export const closeAlert = defineCall({
  method: 'post',
  path: `${base}/:id/close`,
  body: alertClosingSchema,
  response: alertSchema,
});
