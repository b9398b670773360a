import {
  passwordProofSchema,
  sessionListSchema,
  totpCodeSchema,
  totpSecretSchema,
} from '../../../api-types/staff.js';
import { defineCall } from '../shared/define-call.js';

export const enrolTotp = defineCall({
  method: 'post',
  path: '/totp',
  body: passwordProofSchema,
  response: totpSecretSchema,
});
export const confirmTotp = defineCall({ method: 'put', path: '/totp', body: totpCodeSchema });
export const removeTotp = defineCall({ method: 'post', path: '/totp/removal', body: passwordProofSchema });
export const listSessions = defineCall({ method: 'get', path: '/sessions', response: sessionListSchema });
export const revokeSession = defineCall({ method: 'delete', path: '/sessions/:sessionId' });
