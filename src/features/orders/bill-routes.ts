import { accountPathSchema } from '../../api-types/account-path.js';
import { billListSchema, billPathSchema, billSchema, dealingSchema } from '../../api-types/orders.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { BillDesk } from './bill-desk.js';
import { presentBill } from './present-order.js';

const base = '/accounts/:accountId/bills';
const toSee = { permission: 'bills.view', account: 'path' } as const;
const toSettle = { permission: 'bills.settle', account: 'path', params: billPathSchema } as const;
/** Three months. */
const mostDays = 92;

/** 对账: each day's bill of WeChat Pay held against our records. */
export function billRoutes(desk: BillDesk): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: base,
      summary: 'The days of the last three months whose bills have been compared',
      params: accountPathSchema,
      response: billListSchema,
      handler: async ({ params: { accountId } }) => ({
        days: (await desk.list(accountId, mostDays)).map(presentBill),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/:day`,
      summary: 'A day with its differences',
      params: billPathSchema,
      response: billSchema,
      handler: async ({ params }) => presentBill(await desk.find(params)),
    }),
    defineRoute({
      ...toSettle,
      method: 'post',
      path: `${base}/:day/comparison`,
      summary: 'Fetches the bill of a day and compares it anew',
      response: billSchema,
      handler: async ({ params, actor }) => presentBill(await desk.reconcile(params, actor)),
    }),
    defineRoute({
      ...toSettle,
      method: 'post',
      path: `${base}/:day/dealings`,
      summary: 'Notes what was done about a difference',
      body: dealingSchema,
      response: billSchema,
      handler: async ({ params, body: { note, ...which }, actor }) =>
        presentBill(await desk.deal(params, which, note, actor)),
    }),
  ];
}
