import {
  attachedSchema,
  attachSchema,
  dismissalSchema,
  reopeningSchema,
  unansweredDetailSchema,
  unansweredGroupSchema,
  unansweredPageSchema,
  unansweredQuerySchema,
} from '../../../api-types/insights.js';
import { defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/unanswered';

export const listUnanswered = defineCall({
  method: 'get',
  path: base,
  query: unansweredQuerySchema,
  response: unansweredPageSchema,
});
export const readUnanswered = defineCall({
  method: 'get',
  path: `${base}/:id`,
  response: unansweredDetailSchema,
});
export const attachUnanswered = defineCall({
  method: 'post',
  path: `${base}/:id/attach`,
  body: attachSchema,
  response: attachedSchema,
});
export const dismissUnanswered = defineCall({
  method: 'post',
  path: `${base}/:id/dismiss`,
  body: dismissalSchema,
  response: unansweredGroupSchema,
});
export const reopenUnanswered = defineCall({
  method: 'post',
  path: `${base}/:id/reopen`,
  body: reopeningSchema,
  response: unansweredGroupSchema,
});
