import { z } from 'zod';
import type { BillLine } from '../features/orders/payment-gateway-port.js';

/** Two decimals at most: every amount of a bill is whole fen. */
const fen = z
  .string()
  .regex(/^\d+(\.\d{1,2})?$/)
  .transform((yuan) => Math.round(Number(yuan) * 100));

const rowSchema = z.object({
  交易时间: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    .transform((time) => new Date(`${time.replace(' ', 'T')}+08:00`)),
  公众账号ID: z.string().min(1),
  微信订单号: z.string().min(1),
  商户订单号: z.string().min(1),
  交易状态: z.string().min(1),
  订单金额: fen,
  商户退款单号: z.string().optional(),
  申请退款金额: fen.optional(),
  退款状态: z.string().optional(),
});

/**
 * The lines of 交易账单 (all trades of a day). Every field begins with a grave accent, so that commas in names do no
 * harm; a head of Chinese names comes first, two lines of sums last.
 *
 * @param appId the bill is the merchant's: what it takes through other apps is left out.
 * @returns null for what is no such bill.
 */
export function parseTradeBill(text: string, appId: string): BillLine[] | null {
  const [head = '', ...rest] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const names = head.split(',');
  const end = rest.findIndex((line) => line.startsWith('总交易单数'));
  if (end < 0) return null;
  const rows = rest.slice(0, end).map((line) => rowSchema.safeParse(readFields(names, line)));
  if (!rows.every((row) => row.success)) return null;
  return rows.filter(({ data }) => data.公众账号ID === appId).map(({ data }) => toLine(data));
}

function readFields(names: readonly string[], line: string): Record<string, string> {
  const values = line.replace(/^`/, '').split(',`');
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']).filter(([, value]) => value));
}

function toLine(row: z.output<typeof rowSchema>): BillLine {
  const { 商户退款单号: refundNo } = row;
  const common = { at: row.交易时间, transactionId: row.微信订单号, orderNo: row.商户订单号 };
  // Payments carry 0, or nothing, where a refund has its number.
  if (refundNo === undefined || refundNo === '0')
    return { ...common, kind: 'payment', refundNo: null, amountFen: row.订单金额, state: row.交易状态 };
  return {
    ...common,
    kind: 'refund',
    refundNo,
    amountFen: row.申请退款金额 ?? 0,
    state: row.退款状态 ?? row.交易状态,
  };
}
