import type { z } from 'zod';
import { accountPathSchema } from '../../api-types/account-path.js';
import {
  inquirySchema,
  orderDetailSchema,
  orderPageSchema,
  ordersQuerySchema,
  staffOrderPathSchema,
} from '../../api-types/orders.js';
import { addDays, instantOf } from '../../core/business-day.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { OrderDesk } from './order-desk.js';
import { refuse } from './order-refusals.js';
import type { OrderCursor, OrderSelection } from './order-store.js';
import type { Order } from './order.js';
import type { Fen } from './payment-gateway-port.js';
import { presentInquiry, presentOrder } from './present-order.js';

const base = '/accounts/:accountId/orders';
const toSee = { permission: 'orders.view', account: 'path' } as const;

/** 订单: what citizens were asked to pay, and what became of it. */
export function orderRoutes({ desk, approvalAboveFen }: { desk: OrderDesk; approvalAboveFen: Fen }): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: base,
      summary: 'Orders, the latest first',
      params: accountPathSchema,
      query: ordersQuerySchema,
      response: orderPageSchema,
      async handler({ params: { accountId }, query }) {
        const { limit, after } = query;
        const cursor = after === undefined ? undefined : readCursor(after);
        const found = await desk.list(selectionOf(accountId, query), limit + 1, cursor);
        const shown = found.slice(0, limit);
        const last = shown.at(-1);
        return {
          orders: shown.map(presentOrder),
          next: found.length > limit && last ? writeCursor(last) : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/:orderId`,
      summary: 'An order with its payment and refunds',
      params: staffOrderPathSchema,
      response: orderDetailSchema,
      handler: async ({ params: { accountId, orderId } }) => ({
        order: presentOrder(await desk.find(accountId, orderId)),
        approvalAboveFen,
      }),
    }),
    defineRoute({
      permission: 'orders.refund',
      account: 'path',
      method: 'post',
      path: `${base}/:orderId/inquiry`,
      summary: 'Asks WeChat Pay about the payment and its refunds, and takes in what it says',
      params: staffOrderPathSchema,
      response: inquirySchema,
      handler: async ({ params: { accountId, orderId } }) =>
        presentInquiry(await desk.inquire(accountId, orderId)),
    }),
  ];
}

function selectionOf(
  accountId: string,
  { state, number, subject, from, to }: z.output<typeof ordersQuerySchema>,
): OrderSelection {
  return {
    accountId,
    ...(state && { state }),
    ...(number !== undefined && { number }),
    ...(subject !== undefined && { subjectId: subject }),
    ...((from ?? to) !== undefined && {
      placed: {
        from: from === undefined ? new Date(0) : instantOf(from, '00:00'),
        to: to === undefined ? endOfTime : instantOf(addDays(to, 1), '00:00'),
      },
    }),
  };
}

const endOfTime = new Date(8.64e15);

function writeCursor({ createdAt, orderId }: Order): string {
  return `${createdAt.getTime()}.${orderId}`;
}

/** @throws UserError `no_such_order` */
function readCursor(text: string): OrderCursor {
  const [, ms, orderId] = /^(\d{1,15})\.(.+)$/.exec(text) ?? [];
  if (ms === undefined || orderId === undefined) throw refuse('no_such_order');
  return { createdAt: new Date(Number(ms)), orderId };
}
