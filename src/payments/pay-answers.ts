import { z } from 'zod';
import type { PaymentState, RefundState } from '../features/orders/payment-gateway-port.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const fen = z.int().min(0);

/** An order as the platform shows it, in an answer and in a callback. */
const transactionHeadSchema = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
});
const paidSchema = z
  .object({
    ...transactionHeadSchema.shape,
    trade_state: z.enum(['SUCCESS', 'REFUND']),
    transaction_id: z.string().min(1),
    success_time: instant,
    payer: z.object({ openid: z.string().min(1) }),
    // `payer_total` is less where the platform gave a coupon; the merchant receives `total` all the same.
    amount: z.object({ total: fen, currency: z.literal('CNY').default('CNY') }),
  })
  .transform(({ appid, mchid, out_trade_no, ...paid }) => ({
    appid,
    mchid,
    orderNo: out_trade_no,
    state: {
      kind: 'paid' as const,
      transactionId: paid.transaction_id,
      paidFen: paid.amount.total,
      openid: paid.payer.openid,
      paidAt: paid.success_time,
    },
  }));
const unpaidSchema = z
  .object({
    ...transactionHeadSchema.shape,
    trade_state: z.enum(['NOTPAY', 'USERPAYING', 'PAYERROR', 'ACCEPT', 'CLOSED', 'REVOKED']),
  })
  .transform(({ appid, mchid, out_trade_no, trade_state }) => ({
    appid,
    mchid,
    orderNo: out_trade_no,
    state: {
      kind: trade_state === 'CLOSED' || trade_state === 'REVOKED' ? ('closed' as const) : ('unpaid' as const),
    },
  }));

export const paidTransactionSchema = paidSchema;

export const transactionSchema: z.ZodType<{
  appid: string;
  mchid: string;
  orderNo: string;
  state: PaymentState;
}> = z.union([paidSchema, unpaidSchema]);

/** A refund: answers call its status `status`, callbacks `refund_status`, and only these name the merchant. */
export const refundSchema = z
  .object({
    mchid: z.string().optional(),
    out_trade_no: z.string(),
    out_refund_no: z.string(),
    refund_id: z.string(),
    status: z.string().optional(),
    refund_status: z.string().optional(),
    success_time: instant.optional(),
    amount: z.object({ refund: fen }),
  })
  .transform((refund, context) => {
    const state = refundStateOf(refund);
    if (state === null) {
      context.addIssue({ code: 'custom', message: 'not a state of a refund' });
      return z.NEVER;
    }
    return {
      mchid: refund.mchid,
      orderNo: refund.out_trade_no,
      refundNo: refund.out_refund_no,
      state,
    };
  });

function refundStateOf(refund: {
  status?: string | undefined;
  refund_status?: string | undefined;
  refund_id: string;
  success_time?: Date | undefined;
  amount: { refund: number };
}): RefundState | null {
  const { refund_id, success_time, amount } = refund;
  switch (refund.status ?? refund.refund_status ?? '') {
    case 'PROCESSING':
      return { kind: 'processing' };
    case 'SUCCESS':
      return success_time
        ? { kind: 'succeeded', refundId: refund_id, refundedFen: amount.refund, at: success_time }
        : null;
    case 'CLOSED':
      return { kind: 'closed' };
    case 'ABNORMAL':
      return { kind: 'abnormal' };
    default:
      return null;
  }
}

export const prepaySchema = z.object({ prepay_id: z.string().min(1) });

export const billAddressSchema = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string(),
  download_url: z.url(),
});

export const callbackSchema = z.object({
  id: z.string().min(1),
  create_time: instant,
  event_type: z.enum(['TRANSACTION.SUCCESS', 'REFUND.SUCCESS', 'REFUND.ABNORMAL', 'REFUND.CLOSED']),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string(),
    associated_data: z.string().optional(),
    nonce: z.string(),
  }),
});
