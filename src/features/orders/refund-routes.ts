import { accountPathSchema } from '../../api-types/account-path.js';
import {
  orderSchema,
  refundCountsSchema,
  refundListSchema,
  refundPathSchema,
  refundRefusalSchema,
  refundRequestSchema,
  refundsQuerySchema,
  staffOrderPathSchema,
} from '../../api-types/orders.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { OrderDesk } from './order-desk.js';
import { presentOrder } from './present-order.js';
import { listRefunds } from './refund-lists.js';

const base = '/accounts/:accountId/orders';
const toSee = { permission: 'orders.view', account: 'path', params: accountPathSchema } as const;
const toApprove = { permission: 'orders.approveRefund', account: 'path' } as const;

/** 退款: those that want a person, and what people do about them. */
export function refundRoutes(desk: OrderDesk): Route[] {
  return [...lookRoutes(desk), ...deedRoutes(desk)];
}

function lookRoutes(desk: OrderDesk): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/refunds',
      summary: 'Orders with refunds that wait, are under way, or want a person',
      query: refundsQuerySchema,
      response: refundListSchema,
      handler: async ({ params: { accountId }, query: { section } }) => ({
        orders: (await listRefunds(desk, accountId, section)).map(presentOrder),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/refunds/count',
      summary: 'How many orders each of these lists has',
      response: refundCountsSchema,
      async handler({ params: { accountId } }) {
        const [proposed, underWay, abnormal, owed] = await Promise.all([
          listRefunds(desk, accountId, 'proposed'),
          listRefunds(desk, accountId, 'underWay'),
          listRefunds(desk, accountId, 'abnormal'),
          listRefunds(desk, accountId, 'owed'),
        ]);
        return {
          proposed: proposed.length,
          underWay: underWay.length,
          abnormal: abnormal.length,
          owed: owed.length,
        };
      },
    }),
  ];
}

function deedRoutes(desk: OrderDesk): Route[] {
  return [
    defineRoute({
      permission: 'orders.refund',
      account: 'path',
      method: 'post',
      path: `${base}/:orderId/refunds`,
      summary: 'Asks for a refund; above the amount a second person approves it',
      status: 201,
      params: staffOrderPathSchema,
      body: refundRequestSchema,
      response: orderSchema,
      handler: async ({ params, body, actor }) =>
        presentOrder(await desk.refund({ ...params, ...body }, actor)),
    }),
    defineRoute({
      ...toApprove,
      method: 'post',
      path: `${base}/:orderId/refunds/:refundNo/approval`,
      summary: 'Approves a refund that somebody else has asked for',
      params: refundPathSchema,
      response: orderSchema,
      handler: async ({ params, actor }) => presentOrder(await desk.approveRefund(params, actor)),
    }),
    defineRoute({
      ...toApprove,
      method: 'post',
      path: `${base}/:orderId/refunds/:refundNo/refusal`,
      summary: 'Turns a refund down; its money is kept',
      params: refundPathSchema,
      body: refundRefusalSchema,
      response: orderSchema,
      handler: async ({ params, body, actor }) =>
        presentOrder(await desk.turnDownRefund(params, actor, body.reason)),
    }),
  ];
}
