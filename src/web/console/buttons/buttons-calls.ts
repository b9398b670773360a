import { buttonMenuStateSchema } from '../../../api-types/content-review.js';
import { defineCall } from '../shared/define-call.js';

const menu = '/accounts/:accountId/button-menu';

export const compareButtonMenu = defineCall({ method: 'get', path: menu, response: buttonMenuStateSchema });
export const publishButtonMenu = defineCall({
  method: 'post',
  path: `${menu}/publish`,
  response: buttonMenuStateSchema,
});
