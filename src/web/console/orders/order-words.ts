import { moneyInWords } from '../../../api-types/in-words.js';
import type { InquiryView, OrderView, RefundSection, RefundView } from '../../../api-types/orders.js';
import { formatMinute } from '../../shared/format-time.js';

type TagType = 'primary' | 'success' | 'info' | 'warning' | 'danger';
interface Tag {
  name: string;
  type: TagType;
}

export const orderStates: Readonly<Record<OrderView['state'], Tag>> = {
  open: { name: '待付款', type: 'warning' },
  closing: { name: '正在关闭', type: 'info' },
  closed: { name: '未付款，已关闭', type: 'info' },
  paid: { name: '已付款', type: 'success' },
};

export const refundStates: Readonly<Record<RefundView['state'], Tag>> = {
  proposed: { name: '等人复核', type: 'warning' },
  requested: { name: '等待提交', type: 'primary' },
  processing: { name: '微信处理中', type: 'primary' },
  succeeded: { name: '已退到账', type: 'success' },
  failed: { name: '没有退成', type: 'info' },
  abnormal: { name: '退款异常', type: 'danger' },
};

export const refundSectionNames: Readonly<Record<RefundSection, string>> = {
  proposed: '等人复核',
  underWay: '办理中',
  abnormal: '退款异常',
  owed: '该退没退成',
};

/** What the person who opens a list has to do there. */
export const sectionAdvice: Readonly<Record<RefundSection, string>> = {
  proposed: '累计退款超过规定金额的，要由申请人以外的另一个人复核。',
  underWay: '程序会自动提交并查询结果，一般不用管。反复提交不成的，这里写着原因和该做什么。',
  abnormal:
    '市民的付款账户收不了这笔退款（例如银行卡已注销）。请登录微信支付商户平台，在“交易中心 → 退款查询”里找到它，按提示处理；处理后回来按“现在查询”，程序每 12 小时也会查一次。',
  owed: '本该退回市民，但微信支付没有退成，之后也没有再退：钱还在我方。请查明原因后再退一次，或用别的方式还给市民。',
};

/** What is to be said of an order besides its state. */
export function sayOrderNotes(order: OrderView): string[] {
  const notes: string[] = [];
  if (order.paidLate) notes.push('付款来晚了，活动没有名额');
  if (order.owedFen > 0) notes.push(`还有 ${moneyInWords(order.owedFen)} 该退没退成，钱还在我方`);
  else if (order.promisedFen > 0 && order.promisedFen === order.receivedFen) notes.push('全部退款');
  else if (order.promisedFen > 0) notes.push(`退款 ${moneyInWords(order.promisedFen)}`);
  return notes;
}

/** Codes of WeChat Pay that staff meet, and what to do (pay.weixin.qq.com/doc/v3, 申请退款). */
const platformCodes: Readonly<Record<string, string>> = {
  NOT_ENOUGH: '商户账户余额不足，请在商户平台充值，程序会再提交',
  NOTENOUGH: '商户账户余额不足，请在商户平台充值，程序会再提交',
  FREQUENCY_LIMITED: '提交太频繁，程序会再提交',
  FREQUENCY_LIMIT_EXCEED: '提交太频繁，程序会再提交',
  SYSTEM_ERROR: '微信支付系统繁忙，程序会再提交',
  NO_AUTH: '商户没有退款权限，请在商户平台检查产品权限',
  USER_ACCOUNT_ABNORMAL: '市民的账户异常或已注销，退不回去，请用别的方式还给市民',
  RESOURCE_NOT_EXISTS: '微信支付没有这笔订单',
  INVALID_REQUEST: '微信支付认为不能退，请在商户平台查看这笔订单',
};

export function sayPlatformCode(code: string): string {
  const words = platformCodes[code];
  return words === undefined ? `微信支付返回 ${code}` : `${words}（${code}）`;
}

/** What became of a refund besides its state; none: nothing is to be said. */
export function sayRefundNotes({ failure, trouble, state }: RefundView): string[] {
  const notes: string[] = [];
  if (failure?.by === 'staff') notes.push(`不同意退款：${failure.text ?? ''}`);
  if (failure?.by === 'platform')
    notes.push(failure.text === null ? '微信支付关闭了这笔退款' : sayPlatformCode(failure.text));
  if (trouble && state === 'requested')
    notes.push(`${formatMinute(trouble.at)} 没有提交成功：${sayPlatformCode(trouble.code)}`);
  if (state === 'abnormal') notes.push('市民的账户收不了，请到商户平台处理');
  return notes;
}

export function sayRequester({ requestedBy }: RefundView): string {
  return requestedBy.staffId === 'system' ? '按规则自动退' : requestedBy.name;
}

const paymentAnswers: Readonly<Record<InquiryView['payment']['kind'], string>> = {
  paid: '已付款',
  unpaid: '还没有付款',
  closed: '已关闭',
  unknown_order: '没有这笔订单（市民没有点过付款）',
  trouble: '没有回答',
};
const refundAnswers: Readonly<Record<InquiryView['refunds'][number]['kind'], string>> = {
  processing: '处理中',
  succeeded: '已退到账',
  closed: '已关闭',
  abnormal: '退款异常',
  unknown_refund: '没有这笔退款',
  trouble: '没有回答',
};

/** What WeChat Pay said just now, a line for the payment and each refund. */
export function sayInquiry({ payment, refunds }: InquiryView): string[] {
  const withCode = (text: string, code: string | null) => (code === null ? text : `${text}（${code}）`);
  return [
    `付款：${withCode(paymentAnswers[payment.kind], payment.code)}`,
    ...refunds.map(({ refundNo, kind, code }) => `退款 ${refundNo}：${withCode(refundAnswers[kind], code)}`),
  ];
}

export interface HistoryLine {
  at: string;
  text: string;
}

/** Everything that happened to an order, the first first. */
export function historyOf(order: OrderView): HistoryLine[] {
  const lines = [
    lineAt(order.createdAt, `下单，应付 ${moneyInWords(order.amountFen)}`),
    lineAt(order.prepaidAt, '市民打开付款'),
    lineAt(order.closedAt, '没有付款，订单关闭'),
    lineAt(
      order.paidAt,
      `收到 ${moneyInWords(order.receivedFen)}${order.paidLate ? '，来晚了，活动没有名额' : ''}`,
    ),
    ...order.refunds.flatMap(refundHistory),
  ].flat();
  return lines.toSorted((one, other) => one.at.localeCompare(other.at));
}

function refundHistory(refund: RefundView): HistoryLine[] {
  const money = moneyInWords(refund.amountFen);
  return [
    lineAt(refund.requestedAt, `${sayRequester(refund)}：退款 ${money}，${refund.reason}`),
    refund.failure?.by === 'staff'
      ? lineAt(
          refund.decidedAt,
          `${refund.decidedBy?.name ?? ''} 不同意退 ${money}：${refund.failure.text ?? ''}`,
        )
      : lineAt(refund.decidedAt, `${refund.decidedBy?.name ?? ''} 同意退 ${money}`),
    lineAt(refund.sentAt, `向微信支付提交退款 ${money}`),
    lineAt(refund.settledAt, `${money} 已退到市民账户`),
    refund.failure?.by === 'platform'
      ? lineAt(refund.failure.at, `${money} 没有退成：${sayRefundNotes(refund)[0] ?? ''}`)
      : [],
  ].flat();
}

function lineAt(at: string | null, text: string): HistoryLine[] {
  return at === null ? [] : [{ at, text }];
}

/** `12.5` as 1250; undefined: no amount of whole fen. */
export function readYuan(text: string): number | undefined {
  const [, yuan, part = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (yuan === undefined) return undefined;
  return Number(yuan) * 100 + Number(part.padEnd(2, '0'));
}
