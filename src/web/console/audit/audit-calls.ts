import { auditPageSchema, auditQuerySchema, auditVerificationSchema } from '../../../api-types/audit.js';
import { defineCall } from '../shared/define-call.js';

export const listAuditEvents = defineCall({
  method: 'get',
  path: '/accounts/:accountId/audit-events',
  query: auditQuerySchema,
  response: auditPageSchema,
});
export const verifyAuditEvents = defineCall({
  method: 'get',
  path: '/accounts/:accountId/audit-events/verification',
  response: auditVerificationSchema,
});
