/** What the citizens' page and its server tell each other about paying. */
import { z } from 'zod';

export const orderPathSchema = z.object({ accountId: z.string(), orderId: z.string().min(1).max(64) });

export const paymentRequestSchema = z.object({
  /** For `getBrandWCPayRequest` of WeixinJSBridge, as they are. */
  parameters: z.object({
    appId: z.string(),
    timeStamp: z.string(),
    nonceStr: z.string(),
    package: z.string(),
    signType: z.string(),
    paySign: z.string(),
  }),
  /** The script that plays WeixinJSBridge; null where only WeChat's own browser brings one. */
  bridgeScript: z.string().nullable(),
});

export const checkedOrderSchema = z.object({
  state: z.enum(['open', 'closing', 'closed', 'paid']),
  /** The money came when the place was gone, and goes back. */
  paidLate: z.boolean(),
});

export type PaymentRequest = z.output<typeof paymentRequestSchema>;
