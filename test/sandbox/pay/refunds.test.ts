import { describe, expect, it } from '@jest/globals';
import type { PayConduct } from '../../../src/api-types/sandbox.js';
import { day, minute, second } from '../fixture.js';
import { payStage, type PayStage } from './pay-stage.js';

const refunds = '/v3/refund/domestic/refunds';

/** An order of 12 yuan, paid. Refunds end when the test says so. */
async function paidStage(change: Partial<PayConduct> = {}): Promise<PayStage> {
  const stage = await payStage();
  stage.conduct({ refunds: 'stay', refundAfterMs: 0, ...change });
  await stage.paid('ORDER-000001');
  return stage;
}

const ask = (stage: PayStage, change: object = {}) => stage.code('POST', refunds, stage.refund(change));
const part = (number: number, fen: number) => ({
  out_refund_no: `REFUND-${number}`,
  amount: { refund: fen, total: 1200, currency: 'CNY' },
});

describe('a refund at WeChat Pay', () => {
  it('is accepted, which is not yet success', async () => {
    const stage = await paidStage();
    const { json } = await stage.call('POST', refunds, stage.refund({ reason: '活动取消' }));
    expect(json).toMatchObject({
      out_refund_no: 'REFUND-1',
      refund_id: expect.stringMatching(/^50000\d{23}$/),
      status: 'PROCESSING',
      amount: { refund: 500, total: 1200 },
    });
    expect(json).not.toHaveProperty('success_time');
    const target = `/v3/pay/transactions/out-trade-no/ORDER-000001?mchid=${stage.shop.mchId}`;
    expect((await stage.call('GET', target)).json.trade_state).toBe('REFUND');
  });

  it.each([
    ['SUCCESS', { status: 'SUCCESS', success_time: '2026-03-02T10:00:00+08:00' }],
    ['CLOSED', { status: 'CLOSED' }],
    ['ABNORMAL', { status: 'ABNORMAL' }],
  ] as const)('ends as %s, once', async (end, expected) => {
    const stage = await paidStage();
    await ask(stage);
    const refund = stage.merchant.book.findRefund('REFUND-1');
    stage.desk.settleRefund(stage.merchant, refund, end);
    stage.desk.settleRefund(stage.merchant, refund, 'SUCCESS');
    expect((await stage.call('GET', `${refunds}/REFUND-1`)).json).toMatchObject(expected);
    await stage.desk.settled();
    const events = stage.heard.map(stage.read).slice(1);
    expect(events).toMatchObject([
      { eventType: `REFUND.${end}`, content: { refund_status: end, out_refund_no: 'REFUND-1' } },
    ]);
  });

  it.each([
    ['succeed', 'SUCCESS'],
    ['close', 'CLOSED'],
    ['abnormal', 'ABNORMAL'],
  ] as const)('ends by itself where the conduct is to %s', async (conduct, status) => {
    const stage = await paidStage({ refunds: conduct });
    await ask(stage);
    expect((await stage.call('GET', `${refunds}/REFUND-1`)).json.status).toBe(status);
  });

  it('with the same number is the same refund', async () => {
    const stage = await paidStage();
    const first = await stage.call('POST', refunds, stage.refund({}));
    const again = await stage.call('POST', refunds, stage.refund({}));
    expect(again.json).toEqual(first.json);
    expect(stage.merchant.book.refunds).toHaveLength(1);
    expect(await ask(stage, part(1, 600))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('comes a minute after the one before', async () => {
    const stage = await paidStage();
    await ask(stage);
    stage.clock.advance(minute - second);
    expect(await ask(stage, part(2, 100))).toEqual([429, 'FREQUENCY_LIMITED']);
    stage.clock.advance(second);
    expect(await ask(stage, part(2, 100))).toEqual([200, undefined]);
  });

  it('never gives back more than was paid; what was closed does not count', async () => {
    const stage = await paidStage();
    await ask(stage, part(1, 1000));
    stage.clock.advance(minute);
    expect(await ask(stage, part(2, 201))).toEqual([400, 'INVALID_REQUEST']);
    stage.desk.settleRefund(stage.merchant, stage.merchant.book.findRefund('REFUND-1'), 'CLOSED');
    expect(await ask(stage, part(2, 201))).toEqual([200, undefined]);
  });

  it('is possible fifty times for parts of an order', async () => {
    const stage = await paidStage();
    for (let number = 1; number <= 50; number += 1) {
      stage.clock.advance(minute);
      expect(await ask(stage, part(number, 1))).toEqual([200, undefined]);
    }
    stage.clock.advance(minute);
    expect(await ask(stage, part(51, 1))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('is possible for 365 days', async () => {
    const stage = await paidStage();
    stage.clock.advance(365 * day);
    expect(await ask(stage)).toEqual([200, undefined]);
    stage.clock.advance(minute);
    expect(await ask(stage, part(2, 100))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('needs a payment, and its total', async () => {
    const stage = await paidStage();
    const total = { refund: 500, total: 1300, currency: 'CNY' };
    expect(await ask(stage, { amount: total })).toEqual([400, 'INVALID_REQUEST']);
    expect(await ask(stage, { out_trade_no: 'ORDER-000002' })).toEqual([404, 'RESOURCE_NOT_EXISTS']);
    await stage.call('POST', '/v3/pay/transactions/jsapi', stage.order({ out_trade_no: 'ORDER-000002' }));
    expect(await ask(stage, { out_trade_no: 'ORDER-000002' })).toEqual([400, 'INVALID_REQUEST']);
    expect(await stage.code('GET', `${refunds}/REFUND-9`)).toEqual([404, 'RESOURCE_NOT_EXISTS']);
  });

  it('can name the transaction instead of the order', async () => {
    const stage = await paidStage();
    const { transactionId } = stage.merchant.book.find('ORDER-000001').payment!;
    const body = { ...stage.refund({ transaction_id: transactionId }), out_trade_no: undefined };
    expect((await stage.call('POST', refunds, body)).json.out_trade_no).toBe('ORDER-000001');
  });

  it.each<[string, object]>([
    ['a number of 65 characters', { out_refund_no: 'r'.repeat(65) }],
    ['a number with a space', { out_refund_no: 'r 1' }],
    ['a reason of 81 characters', { reason: '因'.repeat(81) }],
    ['neither order nor transaction', { out_trade_no: undefined }],
    ['no currency', { amount: { refund: 1, total: 1200 } }],
    ['nothing to give back', { amount: { refund: 0, total: 1200, currency: 'CNY' } }],
    ['a notify_url with a query', { notify_url: 'https://example.gov.cn/pay?a=1' }],
  ])('is refused for %s', async (_what, change) => {
    expect(await ask(await paidStage(), change)).toEqual([400, 'PARAM_ERROR']);
  });

  it('is taken with a number of 64 characters', async () => {
    expect(await ask(await paidStage(), { out_refund_no: `${'r'.repeat(60)}_-|@` })).toEqual([
      200,
      undefined,
    ]);
  });

  it('fails while the merchant’s balance is used up', async () => {
    const stage = await paidStage({ refunds: 'not_enough' });
    expect(await ask(stage)).toEqual([403, 'NOT_ENOUGH']);
    stage.conduct({ refunds: 'succeed' });
    expect(await ask(stage)).toEqual([200, undefined]);
  });
});
