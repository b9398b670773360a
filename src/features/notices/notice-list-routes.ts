import { accountPathSchema } from '../../api-types/account-path.js';
import { listPathSchema, recipientListSchema, recipientListUploadSchema } from '../../api-types/notices.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { decodeBase64 } from './lists/decode-base64.js';
import { listLimits } from './lists/recipient-list.js';
import type { RecipientLists } from './lists/recipient-lists.js';
import { presentList } from './notice-views.js';

const toCompose = { permission: 'notices.compose', account: 'path' } as const;
const base = '/accounts/:accountId/notice-lists';
/** Base64 makes four letters of three bytes; the rest is room for the file's name. */
const bodyLimitBytes = Math.ceil(listLimits.fileBytes / 3) * 4 + 4_096;

/** Recipients from a file. */
export function noticeListRoutes(lists: RecipientLists): Route[] {
  return [
    defineRoute({
      ...toCompose,
      method: 'post',
      path: base,
      summary: 'Reads a CSV or Excel file; nothing is sent to it before it is confirmed',
      status: 201,
      params: accountPathSchema,
      body: recipientListUploadSchema,
      bodyLimitBytes,
      response: recipientListSchema,
      async handler({ params: { accountId }, body: { filename, base64 }, actor }) {
        const file = await decodeBase64(base64);
        return presentList(await lists.upload({ accountId, actor, filename, file }));
      },
    }),
    defineRoute({
      permission: 'notices.view',
      account: 'path',
      method: 'get',
      path: `${base}/:listId`,
      summary: 'A list and what is wrong with it; no openids',
      params: listPathSchema,
      response: recipientListSchema,
      handler: async ({ params: { accountId, listId } }) =>
        presentList(await lists.show({ accountId, id: listId })),
    }),
    defineRoute({
      ...toCompose,
      method: 'post',
      path: `${base}/:listId/confirm`,
      summary: 'Goes on with the rows that have no fault',
      params: listPathSchema,
      response: recipientListSchema,
      handler: async ({ params: { accountId, listId }, actor }) =>
        presentList(await lists.confirm({ accountId, id: listId, actor })),
    }),
  ];
}
