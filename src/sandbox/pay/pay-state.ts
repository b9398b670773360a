import { z } from 'zod';

/** A key pair with its certificate, both PEM. */
const certifiedKeySchema = z.object({ privateKey: z.string(), certificate: z.string() });

export const payKeysSchema = z.object({
  merchant: certifiedKeySchema,
  /** 32 characters. */
  apiV3Key: z.string(),
  /** 微信支付公钥. */
  publicKey: z.object({ id: z.string(), privateKey: z.string() }),
  /** The platform's, newest last. */
  certificates: z.array(certifiedKeySchema).min(1),
});

export const payOrderSchema = z.object({
  outTradeNo: z.string(),
  description: z.string(),
  attach: z.string().nullable(),
  notifyUrl: z.string(),
  /** In fen. */
  total: z.int(),
  openid: z.string(),
  /** As the merchant wrote it. */
  timeExpire: z.string().nullable(),
  payableUntil: z.number(),
  closed: z.boolean(),
  prepayId: z.string(),
  prepaidAt: z.number(),
  createdAt: z.number(),
  payment: z.object({ transactionId: z.string(), at: z.number() }).nullable(),
});

export const payRefundSchema = z.object({
  outRefundNo: z.string(),
  refundId: z.string(),
  outTradeNo: z.string(),
  transactionId: z.string(),
  reason: z.string().nullable(),
  notifyUrl: z.string().nullable(),
  /** In fen. */
  refund: z.int(),
  total: z.int(),
  status: z.enum(['PROCESSING', 'SUCCESS', 'CLOSED', 'ABNORMAL']),
  createdAt: z.number(),
  /** When the platform decides; null: when somebody says so. */
  dueAt: z.number().nullable(),
  settledAt: z.number().nullable(),
});

/** A callback on its way. Re-deliveries carry the same body. */
export const payCallbackSchema = z.object({
  id: z.string(),
  eventType: z.string(),
  outTradeNo: z.string(),
  outRefundNo: z.string().nullable(),
  notifyUrl: z.string(),
  body: z.string(),
  /** How often it was delivered. */
  attempts: z.int(),
  dueAt: z.number(),
});

/** What simulated WeChat Pay remembers of one account's merchant across restarts. */
export const payStateSchema = z.object({
  keys: payKeysSchema,
  orders: z.array(payOrderSchema),
  refunds: z.array(payRefundSchema),
  callbacks: z.array(payCallbackSchema),
});

export type CertifiedKey = z.output<typeof certifiedKeySchema>;
export type PayKeys = z.output<typeof payKeysSchema>;
export type PayOrder = z.output<typeof payOrderSchema>;
export type PayRefund = z.output<typeof payRefundSchema>;
export type PayCallback = z.output<typeof payCallbackSchema>;
export type PayState = z.output<typeof payStateSchema>;
