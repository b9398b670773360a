import {
  disclosureSchema,
  handlingSchema,
  messageListSchema,
  messagePageSchema,
  messageSchema,
  messagesQuerySchema,
  phoneSearchSchema,
} from '../../../api-types/messages.js';
import { defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/messages';

export const listMessages = defineCall({
  method: 'get',
  path: base,
  query: messagesQuerySchema,
  response: messagePageSchema,
});
export const listMessagesByPhone = defineCall({
  method: 'post',
  path: `${base}/by-phone`,
  body: phoneSearchSchema,
  response: messageListSchema,
});
export const discloseMessage = defineCall({
  method: 'post',
  path: `${base}/:receipt/disclosure`,
  body: disclosureSchema,
  response: messageSchema,
});
export const handleMessage = defineCall({
  method: 'post',
  path: `${base}/:receipt/handle`,
  body: handlingSchema,
  response: messageSchema,
});
