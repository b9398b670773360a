import { describe, expect, it } from '@jest/globals';
import type { OrderView, RefundView } from '../../../../src/api-types/orders.js';
import { explainDifference, saySide } from '../../../../src/web/console/orders/bill-words.js';
import {
  historyOf,
  readYuan,
  sayInquiry,
  sayOrderNotes,
  sayPlatformCode,
  sayRefundNotes,
} from '../../../../src/web/console/orders/order-words.js';

const refund: RefundView = {
  refundNo: 'R1',
  amountFen: 1_250,
  reason: '课程改期',
  state: 'succeeded',
  requestedBy: { staffId: 'li', name: '小李' },
  requestedAt: '2026-11-22T02:00:00.000Z',
  decidedBy: { staffId: 'wang', name: '老王' },
  decidedAt: '2026-11-22T03:00:00.000Z',
  sentAt: '2026-11-22T03:01:00.000Z',
  settledAt: '2026-11-22T03:02:00.000Z',
  refundId: '503',
  failure: null,
  trouble: null,
};
const order: OrderView = {
  orderId: 'o-1',
  orderNo: '20261122abc',
  openid: 'oCitizen',
  subject: { kind: 'registration', id: 'r-1' },
  description: '少年宫绘画班',
  amountFen: 3_000,
  state: 'paid',
  receivedFen: 3_000,
  promisedFen: 1_250,
  owedFen: 0,
  paidLate: false,
  createdAt: '2026-11-22T01:00:00.000Z',
  payableUntil: '2026-11-22T01:15:00.000Z',
  prepaidAt: '2026-11-22T01:00:10.000Z',
  paidAt: '2026-11-22T01:00:20.000Z',
  closedAt: null,
  checkAt: null,
  transactionId: '4200',
  refunds: [refund],
};

describe('the words for an order', () => {
  it('tell its history in order, with who asked for a refund and who agreed', () => {
    expect(historyOf(order).map(({ text }) => text)).toEqual([
      '下单，应付 ¥30.00',
      '市民打开付款',
      '收到 ¥30.00',
      '小李：退款 ¥12.50，课程改期',
      '老王 同意退 ¥12.50',
      '向微信支付提交退款 ¥12.50',
      '¥12.50 已退到市民账户',
    ]);
  });

  it('tell of a refund that somebody turned down, and of one that the platform could not take', () => {
    const turnedDown: RefundView = {
      ...refund,
      state: 'failed',
      sentAt: null,
      settledAt: null,
      failure: { by: 'staff', text: '已经参加', at: '2026-11-22T03:00:00.000Z' },
    };
    expect(sayRefundNotes(turnedDown)).toEqual(['不同意退款：已经参加']);
    expect(historyOf({ ...order, refunds: [turnedDown] }).at(-1)?.text).toBe(
      '老王 不同意退 ¥12.50：已经参加',
    );
    const failure = {
      by: 'platform' as const,
      text: 'USER_ACCOUNT_ABNORMAL',
      at: '2026-11-22T03:02:00.000Z',
    };
    const failed: RefundView = { ...refund, state: 'failed', settledAt: null, failure };
    expect(historyOf({ ...order, refunds: [failed] }).at(-1)?.text).toContain('没有退成：市民的账户异常');
  });

  it('say what to do while a refund cannot be taken, and nothing of that once it has been', () => {
    const trouble = { code: 'NOT_ENOUGH', at: '2026-11-22T03:05:00.000Z' };
    expect(sayRefundNotes({ ...refund, state: 'requested', trouble })[0]).toContain('请在商户平台充值');
    expect(sayRefundNotes({ ...refund, trouble })).toEqual([]);
    expect(sayPlatformCode('NEW_CODE')).toBe('微信支付返回 NEW_CODE');
  });

  it('say that money came late, and that it is still with us', () => {
    expect(sayOrderNotes({ ...order, promisedFen: 0, owedFen: 3_000, paidLate: true })).toEqual([
      '付款来晚了，活动没有名额',
      '还有 ¥30.00 该退没退成，钱还在我方',
    ]);
    expect(sayOrderNotes(order)).toEqual(['退款 ¥12.50']);
    expect(sayOrderNotes({ ...order, promisedFen: 3_000 })).toEqual(['全部退款']);
  });

  it('repeat what the platform says now', () => {
    const answer = {
      order,
      payment: { kind: 'trouble' as const, code: 'ECONNRESET' },
      refunds: [{ refundNo: 'R1', kind: 'processing' as const, code: null }],
    };
    expect(sayInquiry(answer)).toEqual(['付款：没有回答（ECONNRESET）', '退款 R1：处理中']);
  });

  it.each([
    ['12', 1_200],
    ['12.5', 1_250],
    [' 0.01 ', 1],
    ['12.345', undefined],
    ['1e3', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('read %j as an amount', (text, fen) => {
    expect(readYuan(text)).toBe(fen);
  });
});

describe('the words for a difference', () => {
  const common = { orderNo: 'o-1', refundNo: null, here: null, there: null, dealt: null };

  it('are another for each kind of payment and refund', () => {
    const titles = (['payment', 'refund'] as const).flatMap((of) =>
      (['missing_here', 'missing_there', 'amount_differs', 'state_differs'] as const).map(
        (kind) => explainDifference({ ...common, of, kind }).title,
      ),
    );
    expect(new Set(titles).size).toBe(8);
  });

  it('say what each side has', () => {
    expect(saySide({ amountFen: 3_000, state: 'SUCCESS' })).toBe('¥30.00，成功');
    expect(saySide({ amountFen: 3_000, state: 'NEW' })).toBe('¥30.00，NEW');
    expect(saySide(null)).toBe('没有');
  });
});
