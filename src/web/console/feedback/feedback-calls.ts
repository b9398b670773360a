import {
  feedbackPageSchema,
  feedbackQuerySchema,
  samplesQuerySchema,
  samplesSchema,
} from '../../../api-types/insights.js';
import { defineCall } from '../shared/define-call.js';

export const listFeedback = defineCall({
  method: 'get',
  path: '/accounts/:accountId/feedback',
  query: feedbackQuerySchema,
  response: feedbackPageSchema,
});
export const listSamples = defineCall({
  method: 'get',
  path: '/accounts/:accountId/feedback/:reply/samples',
  query: samplesQuerySchema,
  response: samplesSchema,
});
