import { describe, expect, it } from '@jest/globals';
import { day, hour } from '../fixture.js';
import { payStage, type PayStage } from './pay-stage.js';

const place = '/v3/pay/transactions/jsapi';
const one = '/v3/pay/transactions/out-trade-no/ORDER-000001';

async function placed(): Promise<PayStage & { prepayId: unknown }> {
  const stage = await payStage();
  const { json } = await stage.call('POST', place, stage.order());
  return { ...stage, prepayId: json.prepay_id };
}

const query = ({ call, shop }: PayStage) => call('GET', `${one}?mchid=${shop.mchId}`);
const close = ({ code, shop }: PayStage) => code('POST', `${one}/close`, { mchid: shop.mchId });

describe('an order at WeChat Pay', () => {
  it('is placed, and is unpaid at first', async () => {
    const stage = await placed();
    expect(stage.prepayId).toMatch(/^wx\d{34}$/);
    const { json } = await query(stage);
    expect(json).toMatchObject({
      out_trade_no: 'ORDER-000001',
      trade_state: 'NOTPAY',
      amount: { total: 1200 },
    });
    expect(json).not.toHaveProperty('transaction_id');
  });

  it.each<[string, object, string]>([
    ['a number of five characters', { out_trade_no: '12345' }, '/out_trade_no'],
    ['a number of 33 characters', { out_trade_no: '1'.repeat(33) }, '/out_trade_no'],
    ['a number with a space', { out_trade_no: '12 456' }, '/out_trade_no'],
    ['a description of 128 characters', { description: '费'.repeat(128) }, '/description'],
    ['no description', { description: '' }, '/description'],
    ['an attachment of 129 characters', { attach: 'a'.repeat(129) }, '/attach'],
    ['an amount of nothing', { amount: { total: 0 } }, '/amount/total'],
    ['half a fen', { amount: { total: 12.5 } }, '/amount/total'],
    ['an amount written as text', { amount: { total: '1200' } }, '/amount/total'],
    ['another currency', { amount: { total: 1, currency: 'USD' } }, '/amount/currency'],
    ['a notify_url with a query', { notify_url: 'https://example.gov.cn/pay?a=1' }, '/notify_url'],
    ['a notify_url without TLS', { notify_url: 'http://example.gov.cn/pay' }, '/notify_url'],
    ['a notify_url of 256 characters', { notify_url: `https://a.cn/${'p'.repeat(243)}` }, '/notify_url'],
    ['a time_expire that is no time', { time_expire: '2026-03-02' }, '/time_expire'],
    ['a time_expire that is over', { time_expire: '2026-03-02T09:59:59+08:00' }, '/time_expire'],
    ['a payer of another account', { payer: { openid: 'oStranger' } }, '/payer/openid'],
  ])('is refused for %s', async (_what, change, field) => {
    const { call, order } = await payStage();
    const { status, json } = await call('POST', place, order(change));
    expect([status, json.code, json.detail]).toEqual([
      400,
      'PARAM_ERROR',
      expect.objectContaining({ field }),
    ]);
  });

  it.each<[string, object]>([
    ['a number of six characters', { out_trade_no: '12345_' }],
    ['a number of 32 characters of all kinds', { out_trade_no: `${'a'.repeat(28)}-_|*` }],
    ['a description of 127 characters', { description: '费'.repeat(127) }],
    ['a notify_url with TLS of 255 characters', { notify_url: `https://a.cn/${'p'.repeat(242)}` }],
  ])('is taken with %s', async (_what, change) => {
    const { code, order } = await payStage();
    expect(await code('POST', place, order(change))).toEqual([200, undefined]);
  });

  it('is refused for an app that is not the merchant’s', async () => {
    const { code, order } = await payStage();
    expect(await code('POST', place, order({ appid: 'wx1' }))).toEqual([400, 'APPID_MCHID_NOT_MATCH']);
    expect(await code('POST', place, order({ mchid: '1900000001' }))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('keeps its prepay_id for two hours, and gets a new one then', async () => {
    const { call, order, clock, prepayId } = await placed();
    clock.advance(2 * hour - 1);
    expect((await call('POST', place, order())).json.prepay_id).toBe(prepayId);
    clock.advance(1);
    expect((await call('POST', place, order())).json.prepay_id).not.toBe(prepayId);
  });

  it('refuses its number for anything else', async () => {
    const { code, order } = await placed();
    expect(await code('POST', place, order({ amount: { total: 1300 } }))).toEqual([403, 'OUT_TRADE_NO_USED']);
  });

  it('is paid once: it is neither placed nor closed after that', async () => {
    const stage = await placed();
    stage.desk.pay(stage.merchant, stage.merchant.book.find('ORDER-000001'));
    expect((await query(stage)).json).toMatchObject({
      trade_state: 'SUCCESS',
      transaction_id: expect.stringMatching(/^42000\d{23}$/),
      success_time: '2026-03-02T10:00:00+08:00',
      payer: { openid: stage.citizen.openid },
    });
    expect(await stage.code('POST', place, stage.order())).toEqual([400, 'ORDERPAID']);
    expect(await close(stage)).toEqual([400, 'ORDERPAID']);
  });

  it('can be found by its transaction', async () => {
    const stage = await payStage();
    await stage.paid('ORDER-000001');
    const { transactionId } = stage.merchant.book.find('ORDER-000001').payment!;
    const { json } = await stage.call(
      'GET',
      `/v3/pay/transactions/id/${transactionId}?mchid=${stage.shop.mchId}`,
    );
    expect(json.out_trade_no).toBe('ORDER-000001');
  });

  it('is closed for good', async () => {
    const stage = await placed();
    expect(await close(stage)).toEqual([204, undefined]);
    expect((await query(stage)).json.trade_state).toBe('CLOSED');
    expect(await stage.code('POST', place, stage.order())).toEqual([400, 'ORDER_CLOSED']);
    expect(await close(stage)).toEqual([400, 'ORDER_CLOSED']);
  });

  it('that nobody placed does not exist', async () => {
    const stage = await payStage();
    expect(await close(stage)).toEqual([404, 'ORDER_NOT_EXIST']);
    expect((await query(stage)).status).toBe(404);
  });

  it('cannot be paid after its time', async () => {
    const { merchant, call, order, clock } = await payStage();
    await call('POST', place, order({ time_expire: '2026-03-02T10:30:00+08:00' }));
    const found = merchant.book.find('ORDER-000001');
    clock.advance(hour / 2 - 1);
    expect(merchant.book.whyUnpayable(found, clock.now())).toBeNull();
    clock.advance(1);
    expect(merchant.book.whyUnpayable(found, clock.now())).toBe('expired');
    clock.advance(30 * day);
    expect(merchant.book.stateOf(found)).toBe('NOTPAY');
  });
});
