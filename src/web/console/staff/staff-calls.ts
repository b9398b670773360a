import {
  decidedSchema,
  newStaffRequestSchema,
  revokedSessionsSchema,
  staffPageSchema,
  staffQuerySchema,
  staffRequestPageSchema,
  staffRequestSchema,
  staffRequestsQuerySchema,
  verdictSchema,
} from '../../../api-types/staff.js';
import { defineCall } from '../shared/define-call.js';

export const listStaff = defineCall({
  method: 'get',
  path: '/staff',
  query: staffQuerySchema,
  response: staffPageSchema,
});
export const revokeStaffSessions = defineCall({
  method: 'delete',
  path: '/staff/:staffId/sessions',
  response: revokedSessionsSchema,
});
export const listStaffRequests = defineCall({
  method: 'get',
  path: '/staff-requests',
  query: staffRequestsQuerySchema,
  response: staffRequestPageSchema,
});
export const makeStaffRequest = defineCall({
  method: 'post',
  path: '/staff-requests',
  body: newStaffRequestSchema,
  response: staffRequestSchema,
});
export const decideStaffRequest = defineCall({
  method: 'post',
  path: '/staff-requests/:requestId/decision',
  body: verdictSchema,
  response: decidedSchema,
});
