import { phoneAnswerSchema, phoneMessageSchema } from '../../../api-types/content-phone.js';
import { defineCall } from '../shared/define-call.js';

export const sayToDraft = defineCall({
  method: 'post',
  path: '/accounts/:accountId/draft/phone',
  body: phoneMessageSchema,
  response: phoneAnswerSchema,
});
