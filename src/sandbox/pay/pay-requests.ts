import { z } from 'zod';
import { isLocalName } from '../guard.js';
import { orderRules, refundRules } from './pay-limits.js';
import { PayRefusal } from './pay-refusal.js';

const fen = z.int().min(1).max(100_000_000_000);
const notifyUrl = z.string().min(8).max(orderRules.notifyUrlCharacters).refine(isNotifyUrl);

export const placeOrderSchema = z.object({
  appid: z.string().min(1).max(32),
  mchid: z.string().min(1).max(32),
  description: z.string().min(1).max(orderRules.descriptionCharacters),
  out_trade_no: z.string().regex(orderRules.outTradeNo),
  time_expire: z.iso.datetime({ offset: true }).optional(),
  attach: z.string().max(orderRules.attachCharacters).optional(),
  notify_url: notifyUrl,
  amount: z.object({ total: fen, currency: z.literal('CNY').optional() }),
  payer: z.object({ openid: z.string().min(1).max(128) }),
});

export const closeOrderSchema = z.object({ mchid: z.string().min(1).max(32) });

const refundShape = z.object({
  transaction_id: z.string().min(1).max(32).optional(),
  out_trade_no: z.string().regex(orderRules.outTradeNo).optional(),
  out_refund_no: z.string().regex(refundRules.outRefundNo),
  reason: z.string().max(refundRules.reasonCharacters).optional(),
  notify_url: notifyUrl.optional(),
  amount: z.object({ refund: fen, total: fen, currency: z.literal('CNY') }),
});

/** The transaction goes before the merchant's own number. */
export const requestRefundSchema = refundShape.refine(
  ({ transaction_id, out_trade_no }) => transaction_id !== undefined || out_trade_no !== undefined,
  { path: ['out_trade_no'] },
);

export type PlaceOrderRequest = z.output<typeof placeOrderSchema>;
export type RefundRequest = z.output<typeof requestRefundSchema>;

/** @throws PayRefusal PARAM_ERROR, naming the field. */
export function readPayBody<Schema extends z.ZodType>(rawBody: string, schema: Schema): z.output<Schema> {
  const read = schema.safeParse(parse(rawBody));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw wrongField(`/${(issue?.path ?? []).join('/')}`, issue?.message ?? '');
}

/** @param field as a path: `/amount/total`, or the name in the query. */
export function wrongField(field: string, issue: string, location = 'body'): PayRefusal {
  return new PayRefusal('PARAM_ERROR', {
    message: `输入源“${location}”的“${field}”不符合规则`,
    detail: { field, issue, location },
  });
}

/**
 * https without query. The platform knows nothing else; here plain http to this machine is accepted as well, where
 * there is no certificate to be had.
 */
function isNotifyUrl(address: string): boolean {
  if (!URL.canParse(address) || /[?#]/.test(address)) return false;
  const { protocol } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isLocalName(address));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
