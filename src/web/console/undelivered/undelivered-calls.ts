import { reasonSchema } from '../../../api-types/appointments.js';
import { undeliveredPageSchema, undeliveredQuerySchema } from '../../../api-types/undelivered-notices.js';
import { defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/undelivered-notices/:subject';

export const listUndelivered = defineCall({
  method: 'get',
  path: base,
  query: undeliveredQuerySchema,
  response: undeliveredPageSchema,
});
export const repeatNotice = defineCall({
  method: 'post',
  path: `${base}/:noticeId/repeat`,
  body: reasonSchema,
});
