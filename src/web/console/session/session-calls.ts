import {
  accountListSchema,
  demoSignInsSchema,
  passwordChangeSchema,
  sessionViewSchema,
  signInSchema,
} from '../../../api-types/staff.js';
import { defineCall } from '../shared/define-call.js';

export const readSession = defineCall({ method: 'get', path: '/session', response: sessionViewSchema });
export const openSession = defineCall({
  method: 'post',
  path: '/session',
  body: signInSchema,
  response: sessionViewSchema,
});
export const closeSession = defineCall({ method: 'delete', path: '/session' });
export const changePassword = defineCall({
  method: 'put',
  path: '/password',
  body: passwordChangeSchema,
  response: sessionViewSchema,
});
export const listAccounts = defineCall({ method: 'get', path: '/accounts', response: accountListSchema });
/** 404 unless the sandbox is on. */
export const listDemoSignIns = defineCall({
  method: 'get',
  path: '/demo-sign-ins',
  response: demoSignInsSchema,
});
