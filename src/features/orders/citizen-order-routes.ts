import { checkedOrderSchema, orderPathSchema, paymentRequestSchema } from '../../api-types/citizen-orders.js';
import { defineCitizenRoute, type CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { OrderDesk } from './order-desk.js';
import { refuse } from './order-refusals.js';

export interface CitizenOrderRoutesParts {
  orders: Pick<OrderDesk, 'prepare' | 'find' | 'check'>;
  /** The address of the script that plays WeixinJSBridge; null outside the sandbox. */
  bridgeScript: string | null;
}

/** Paying, below `/h5/:accountId/api`. What the page is told by WeixinJSBridge counts for nothing here. */
export function citizenOrderRoutes({ orders, bridgeScript }: CitizenOrderRoutesParts): CitizenRoute[] {
  return [
    defineCitizenRoute({
      method: 'post',
      path: '/orders/:orderId/payment',
      summary: 'What the page hands to WeixinJSBridge',
      params: orderPathSchema,
      response: paymentRequestSchema,
      handler: async ({ citizen, params: { orderId } }) => ({
        parameters: await orders.prepare(citizen, orderId),
        bridgeScript,
      }),
    }),
    defineCitizenRoute({
      method: 'post',
      path: '/orders/:orderId/check',
      summary: 'Asks the platform whether it has been paid',
      params: orderPathSchema,
      response: checkedOrderSchema,
      async handler({ citizen: { accountId, openid }, params: { orderId } }) {
        if ((await orders.find(accountId, orderId)).openid !== openid) throw refuse('no_such_order');
        const { state, paidLate = false } = await orders.check(accountId, orderId);
        return { state, paidLate };
      },
    }),
  ];
}
