import {
  billListSchema,
  billSchema,
  dealingSchema,
  inquirySchema,
  orderDetailSchema,
  orderPageSchema,
  orderSchema,
  ordersQuerySchema,
  refundCountsSchema,
  refundListSchema,
  refundRefusalSchema,
  refundRequestSchema,
  refundsQuerySchema,
} from '../../../api-types/orders.js';
import { defineCall } from '../shared/define-call.js';

const orders = '/accounts/:accountId/orders';
const refunds = '/accounts/:accountId/refunds';
const bills = '/accounts/:accountId/bills';

export const listOrders = defineCall({
  method: 'get',
  path: orders,
  query: ordersQuerySchema,
  response: orderPageSchema,
});
export const readOrder = defineCall({
  method: 'get',
  path: `${orders}/:orderId`,
  response: orderDetailSchema,
});
export const inquireOrder = defineCall({
  method: 'post',
  path: `${orders}/:orderId/inquiry`,
  response: inquirySchema,
});
export const askRefund = defineCall({
  method: 'post',
  path: `${orders}/:orderId/refunds`,
  body: refundRequestSchema,
  response: orderSchema,
});
export const approveRefund = defineCall({
  method: 'post',
  path: `${orders}/:orderId/refunds/:refundNo/approval`,
  response: orderSchema,
});
export const turnDownRefund = defineCall({
  method: 'post',
  path: `${orders}/:orderId/refunds/:refundNo/refusal`,
  body: refundRefusalSchema,
  response: orderSchema,
});

export const listRefunds = defineCall({
  method: 'get',
  path: refunds,
  query: refundsQuerySchema,
  response: refundListSchema,
});
export const countRefunds = defineCall({
  method: 'get',
  path: `${refunds}/count`,
  response: refundCountsSchema,
});

export const listBills = defineCall({ method: 'get', path: bills, response: billListSchema });
export const readBill = defineCall({ method: 'get', path: `${bills}/:day`, response: billSchema });
export const compareBill = defineCall({
  method: 'post',
  path: `${bills}/:day/comparison`,
  response: billSchema,
});
export const dealWithDifference = defineCall({
  method: 'post',
  path: `${bills}/:day/dealings`,
  body: dealingSchema,
  response: billSchema,
});
