import type { z } from 'zod';
import {
  admissionAnswerSchema,
  admissionSchema,
  checkInActivitiesSchema,
  disputedListSchema,
  gateNewsSchema,
  type leavingSchema,
  turnSchema,
  undoSchema,
  uploadAnswerSchema,
  uploadSchema,
} from '../../../api-types/tickets.js';
import { addressOf, apiAccess, defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/check-in';
const ofActivity = `${base}/activities/:activityId` as const;

export const listActivities = defineCall({
  method: 'get',
  path: `${base}/activities`,
  response: checkInActivitiesSchema,
});
export const takeTurn = defineCall({
  method: 'post',
  path: `${ofActivity}/turns`,
  body: turnSchema,
  response: gateNewsSchema,
});
/** Closes a gate, also while its page is being closed: nobody waits for the answer. */
export function leaveGate(
  params: { accountId: string; activityId: string },
  body: z.input<typeof leavingSchema>,
): void {
  fetch(addressOf(`${ofActivity}/leaving`, params), {
    method: 'POST',
    keepalive: true,
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': apiAccess.csrfToken },
    body: JSON.stringify(body),
  }).catch(() => undefined);
}
export const admit = defineCall({
  method: 'post',
  path: `${ofActivity}/admissions`,
  body: admissionSchema,
  response: admissionAnswerSchema,
});
export const upload = defineCall({
  method: 'post',
  path: `${ofActivity}/uploads`,
  body: uploadSchema,
  response: uploadAnswerSchema,
});
export const listDisputed = defineCall({
  method: 'get',
  path: `${ofActivity}/disputed`,
  response: disputedListSchema,
});
export const undoAdmission = defineCall({
  method: 'post',
  path: `${base}/admissions/:checkInId/undo`,
  body: undoSchema,
});
