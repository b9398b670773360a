import type { PlantedDifference } from '../../api-types/sandbox.js';
import { businessDay } from '../../core/business-day.js';
import type { PayBook } from './pay-book.js';
import type { PayOrder, PayRefund } from './pay-state.js';

/** The columns of the bill of all trades of a direct merchant. Source: WeChat Pay, "下载账单", ALL.xlsx. */
const columns = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '充值券退款金额',
  '退款类型',
  '退款状态',
  '商品名称',
  '商户数据包',
  '手续费',
  '费率',
  '订单金额',
  '申请退款金额',
  '费率备注',
] as const;

const sums = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
] as const;

const feeRate = 0.006;

interface Line {
  kind: 'payment' | 'refund';
  at: number;
  order: PayOrder;
  transactionId: string;
  fen: number;
  refund: { refundId: string; outRefundNo: string; state: string } | null;
}

const refundStates: Readonly<Record<PayRefund['status'], string>> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CLOSED: 'FAIL',
  ABNORMAL: 'CHANGE',
};

/**
 * A day's bill, text as the platform writes it: begins with a byte order mark, amounts in yuan, a grave accent before
 * each value. null: nothing was paid and nothing refunded.
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 * @param planted differences from what happened; each takes the next payment or refund of the day that is untouched.
 */
export function writeTradeBill(
  book: PayBook,
  merchant: { appId: string; mchId: string },
  day: string,
  planted: readonly PlantedDifference[],
): string | null {
  const lines = plantDifferences(linesOf(book, day), planted).sort((one, other) => one.at - other.at);
  if (lines.length === 0) return null;
  const rows = lines.map((line) => writeRow(valuesOf(line, merchant)));
  return `\uFEFF${[columns.join(','), ...rows, sums.join(','), writeRow(sumUp(lines))].join('\r\n')}\r\n`;
}

function linesOf(book: PayBook, day: string): Line[] {
  const payments = book.orders.flatMap((order): Line[] => {
    const { payment } = order;
    if (!payment || businessDay(payment.at) !== day) return [];
    const { transactionId, at } = payment;
    return [{ kind: 'payment', at, order, transactionId, fen: order.total, refund: null }];
  });
  const refunds = book.refunds
    .filter(({ createdAt }) => businessDay(createdAt) === day)
    .map((refund): Line => ({
      kind: 'refund',
      at: refund.createdAt,
      order: book.find(refund.outTradeNo),
      transactionId: refund.transactionId,
      fen: refund.refund,
      refund: { ...refund, state: refundStates[refund.status] },
    }));
  return [...payments, ...refunds];
}

/** An invented line is a copy under other numbers: without anything of the day there is nothing to copy. */
function plantDifferences(lines: readonly Line[], planted: readonly PlantedDifference[]): Line[] {
  const untouched = { payment: kindOf(lines, 'payment'), refund: kindOf(lines, 'refund') };
  const changed = new Map<Line, Line[]>();
  for (const [ordinal, difference] of planted.entries()) {
    const kind = kindTouched[difference];
    const line = untouched[kind].shift();
    if (line) changed.set(line, changes[difference](line, ordinal));
  }
  return lines.flatMap((line) => changed.get(line) ?? [line]);
}

const kindTouched: Readonly<Record<PlantedDifference, Line['kind']>> = {
  missing_payment: 'payment',
  extra_payment: 'payment',
  payment_amount: 'payment',
  missing_refund: 'refund',
  extra_refund: 'refund',
  refund_amount: 'refund',
  refund_state: 'refund',
};

const changes: Readonly<Record<PlantedDifference, (line: Line, ordinal: number) => Line[]>> = {
  missing_payment: () => [],
  missing_refund: () => [],
  extra_payment: (line, ordinal) => [
    line,
    {
      ...line,
      transactionId: strange(line.transactionId, ordinal),
      order: { ...line.order, outTradeNo: `STRANGE${ordinal}${line.order.outTradeNo}`.slice(0, 32) },
    },
  ],
  extra_refund: (line, ordinal) => [
    line,
    {
      ...line,
      refund: {
        refundId: strange(line.refund?.refundId ?? '', ordinal),
        outRefundNo: `STRANGE${ordinal}${line.refund?.outRefundNo ?? ''}`.slice(0, 64),
        state: 'SUCCESS',
      },
    },
  ],
  payment_amount: (line) => [{ ...line, fen: line.fen + 1 }],
  refund_amount: (line) => [{ ...line, fen: line.fen + 1 }],
  refund_state: ({ refund, ...line }) => [
    {
      ...line,
      refund: refund && { ...refund, state: refund.state === 'SUCCESS' ? 'PROCESSING' : 'SUCCESS' },
    },
  ],
};

function strange(id: string, ordinal: number): string {
  return `${id.slice(0, -2)}9${ordinal % 10}`;
}

function kindOf(lines: readonly Line[], kind: Line['kind']): Line[] {
  return lines.filter((line) => line.kind === kind);
}

function valuesOf(line: Line, { appId, mchId }: { appId: string; mchId: string }): string[] {
  const { at, order, transactionId, fen, refund } = line;
  const paid = refund ? 0 : fen;
  const returned = refund ? fen : 0;
  const values: Record<(typeof columns)[number], string> = {
    交易时间: new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
    公众账号ID: appId,
    商户号: mchId,
    特约商户号: '0',
    设备号: '',
    微信订单号: transactionId,
    商户订单号: order.outTradeNo,
    用户标识: order.openid,
    交易类型: 'JSAPI',
    交易状态: refund ? 'REFUND' : 'SUCCESS',
    付款银行: 'OTHERS',
    货币种类: 'CNY',
    应结订单金额: yuan(paid),
    代金券金额: yuan(0),
    微信退款单号: refund?.refundId ?? '0',
    商户退款单号: refund?.outRefundNo ?? '0',
    退款金额: yuan(returned),
    充值券退款金额: yuan(0),
    退款类型: refund ? 'ORIGINAL' : '',
    退款状态: refund?.state ?? '',
    商品名称: order.description.replaceAll(',', '，'),
    商户数据包: (order.attach ?? '').replaceAll(',', '，'),
    手续费: feeOf(line).toFixed(5),
    费率: '0.60%',
    订单金额: yuan(paid),
    申请退款金额: yuan(returned),
    费率备注: '',
  };
  return columns.map((column) => values[column]);
}

function sumUp(lines: readonly Line[]): string[] {
  const total = (kind: Line['kind']) => kindOf(lines, kind).reduce((sum, { fen }) => sum + fen, 0);
  const [paid, returned] = [yuan(total('payment')), yuan(total('refund'))];
  const fees = lines.reduce((sum, line) => sum + feeOf(line), 0);
  return [String(lines.length), paid, returned, yuan(0), fees.toFixed(5), paid, returned];
}

/** In yuan; given back with a refund. */
function feeOf({ kind, fen }: Line): number {
  const fee = Math.round(fen * feeRate) / 100;
  return kind === 'payment' ? fee : -fee;
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

function writeRow(values: readonly string[]): string {
  return values.map((value) => `\`${value}`).join(',');
}
