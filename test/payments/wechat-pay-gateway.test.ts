import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PayHttp } from '../../src/payments/pay-http.js';
import { WechatPayGateway } from '../../src/payments/wechat-pay-gateway.js';
import { buildCertificate, PayPlatform, type SigningKey } from '../support/pay-platform.js';

const noon = Date.parse('2026-11-23T04:00:00Z');
const accountId = 'pingan-meizhou';
const orderNo = '20261123000000000000000000000001';
const orderPath = `/v3/pay/transactions/out-trade-no/${orderNo}`;
const order = {
  accountId,
  orderNo,
  openid: 'oCitizen',
  description: '少年宫绘画班',
  amountFen: 3000,
  payableUntil: new Date(noon + 15 * 60_000),
};

let certificate: SigningKey;
let now = noon;
let platform: PayPlatform;
let gateway: WechatPayGateway;
beforeAll(async () => {
  certificate = await buildCertificate('5157F0');
});
beforeEach(() => {
  now = noon;
  platform = new PayPlatform(() => now, certificate);
  gateway = open(platform.http);
});

function open(http: PayHttp): WechatPayGateway {
  return new WechatPayGateway({ merchants: [platform.merchant], clock: { now: () => now }, http });
}

const lastRequest = () => platform.requests.findLast(({ url }) => !url.endsWith('/v3/certificates'))!;

describe('an order', () => {
  const target = 'POST /v3/pay/transactions/jsapi';

  it('is placed with what the platform asks for, signed by the merchant', async () => {
    platform.answer(target, { body: { prepay_id: 'wx201410272009395522657a690389285100' } });
    expect(await gateway.prepare(order)).toEqual({
      kind: 'ready',
      prepayId: 'wx201410272009395522657a690389285100',
    });
    expect(JSON.parse(lastRequest().body)).toEqual({
      appid: platform.merchant.appId,
      mchid: platform.merchant.mchId,
      description: '少年宫绘画班',
      out_trade_no: orderNo,
      time_expire: '2026-11-23T12:15:00+08:00',
      notify_url: 'https://example.gov.cn/pay/notify/pingan-meizhou',
      amount: { total: 3000, currency: 'CNY' },
      payer: { openid: 'oCitizen' },
    });
  });

  it('is handed to the page with a signature over all that the page gets', async () => {
    const bridge = await gateway.sign(accountId, 'wx20');
    expect(bridge).toMatchObject({
      appId: platform.merchant.appId,
      timeStamp: String(noon / 1_000),
      package: 'prepay_id=wx20',
      signType: 'RSA',
    });
    const message = `${bridge.appId}\n${bridge.timeStamp}\n${bridge.nonceStr}\nprepay_id=wx20\n`;
    expect(platform.isByMerchant(message, bridge.paySign)).toBe(true);
    expect((await gateway.sign(accountId, 'wx20')).nonceStr).not.toBe(bridge.nonceStr);
  });

  it.each([
    ['ORDERPAID', { kind: 'paid' }],
    ['ORDER_CLOSED', { kind: 'closed' }],
    ['NO_AUTH', { kind: 'refused', reason: 'NO_AUTH' }],
  ])('that the platform declines with %s is explained', async (code, outcome) => {
    platform.answer(target, { status: 403, body: { code, message: '…' } });
    expect(await gateway.prepare(order)).toEqual(outcome);
  });

  it('whose number was used is what the platform says that it has become', async () => {
    platform.answer(target, { status: 403, body: { code: 'OUT_TRADE_NO_USED' } });
    platform.answer(`GET ${orderPath}`, { body: transaction({ trade_state: 'CLOSED' }) });
    expect(await gateway.prepare(order)).toEqual({ kind: 'closed' });
    platform.answer(`GET ${orderPath}`, { body: transaction({ trade_state: 'NOTPAY' }) });
    expect(await gateway.prepare(order)).toEqual({ kind: 'refused', reason: 'OUT_TRADE_NO_USED' });
  });
});

describe('a question', () => {
  it.each([
    ['SUCCESS', { kind: 'paid', paidFen: 3000, openid: 'oCitizen' }],
    ['REFUND', { kind: 'paid', paidFen: 3000 }],
    ['NOTPAY', { kind: 'unpaid' }],
    ['USERPAYING', { kind: 'unpaid' }],
    ['PAYERROR', { kind: 'unpaid' }],
    ['CLOSED', { kind: 'closed' }],
  ])('brings %s', async (trade_state, state) => {
    platform.answer(`GET ${orderPath}`, { body: transaction({ trade_state }) });
    expect(await gateway.query(accountId, orderNo)).toMatchObject(state);
    expect(lastRequest().url).toMatch(/\?mchid=1900000001$/);
  });

  it('about an order that the platform does not know says so', async () => {
    platform.answer(`GET ${orderPath}`, { status: 404, body: { code: 'ORDER_NOT_EXIST' } });
    expect(await gateway.query(accountId, orderNo)).toEqual({ kind: 'unknown_order' });
  });

  it.each([
    ['another order', { out_trade_no: 'another' }],
    ['another merchant', { mchid: '1900000002' }],
    ['another official account', { appid: 'wxffffffffffffffff' }],
  ])('answered with %s is not answered', async (_what, overrides) => {
    platform.answer(`GET ${orderPath}`, { body: transaction(overrides) });
    expect(await gateway.query(accountId, orderNo)).toMatchObject({ kind: 'trouble', reason: 'other_order' });
  });

  it('is not believed where the answer is not signed by the platform, whatever it says', async () => {
    platform.answer(`GET ${orderPath}`, { body: transaction() });
    const forged = open(async (request) => {
      const answer = await platform.http(request);
      if (answer.kind === 'no_answer' || request.url.endsWith('/v3/certificates')) return answer;
      return { ...answer, rawBody: answer.rawBody.replace('3000', '3001') };
    });
    expect(await forged.query(accountId, orderNo)).toMatchObject({
      kind: 'trouble',
      reason: expect.stringContaining('bad_signature'),
    });
    const unsigned = open(async () => ({
      kind: 'answer',
      status: 404,
      headers: {},
      rawBody: '{"code":"ORDER_NOT_EXIST"}',
    }));
    expect(await unsigned.query(accountId, orderNo)).toMatchObject({ kind: 'trouble' });
  });

  it.each([
    [500, 'SYSTEM_ERROR', 'maybe'],
    [429, 'FREQUENCY_LIMITED', 'no'],
  ])('that ends with HTTP %i leaves open what is', async (status, code, wasDone) => {
    platform.answer(`GET ${orderPath}`, { status, body: { code } });
    expect(await gateway.query(accountId, orderNo)).toEqual({ kind: 'trouble', reason: code, wasDone });
  });

  it('without an answer leaves open what is', async () => {
    const silent = open(async () => ({ kind: 'no_answer', reason: 'ECONNREFUSED', wasDone: 'no' }));
    expect(await silent.query(accountId, orderNo)).toEqual({
      kind: 'trouble',
      reason: 'ECONNREFUSED',
      wasDone: 'no',
    });
  });
});

describe('closing an order', () => {
  it.each([
    [204, undefined, { kind: 'closed' }],
    [400, 'ORDERPAID', { kind: 'paid' }],
    [400, 'ORDER_CLOSED', { kind: 'closed' }],
    [404, 'ORDER_NOT_EXIST', { kind: 'closed' }],
    [403, 'NO_AUTH', { kind: 'trouble', reason: 'NO_AUTH', wasDone: 'no' }],
  ])('answered with %i %s', async (status, code, outcome) => {
    platform.answer(`POST ${orderPath}/close`, { status, ...(code !== undefined && { body: { code } }) });
    expect(await gateway.close(accountId, orderNo)).toEqual(outcome);
  });
});

describe('a refund', () => {
  const request = {
    accountId,
    orderNo,
    refundNo: `${orderNo}R1`,
    refundFen: 500,
    totalFen: 3000,
    reason: '课程取消',
  };
  const refund = (overrides: object = {}) => ({
    refund_id: '503',
    out_refund_no: request.refundNo,
    out_trade_no: orderNo,
    status: 'PROCESSING',
    amount: { total: 3000, refund: 500 },
    ...overrides,
  });
  const target = 'POST /v3/refund/domestic/refunds';

  it('is asked for with its number and its amount', async () => {
    platform.answer(target, { body: refund() });
    expect(await gateway.refund(request)).toEqual({ kind: 'processing' });
    expect(JSON.parse(lastRequest().body)).toEqual({
      out_trade_no: orderNo,
      out_refund_no: request.refundNo,
      reason: '课程取消',
      notify_url: 'https://example.gov.cn/pay/notify/pingan-meizhou',
      amount: { refund: 500, total: 3000, currency: 'CNY' },
    });
  });

  it.each([
    [
      'SUCCESS',
      { kind: 'succeeded', refundId: '503', refundedFen: 500, at: new Date('2026-11-23T04:00:00Z') },
    ],
    ['CLOSED', { kind: 'closed' }],
    ['ABNORMAL', { kind: 'abnormal' }],
  ])('is found %s', async (status, state) => {
    platform.answer(`GET /v3/refund/domestic/refunds/${request.refundNo}`, {
      body: refund({ status, success_time: '2026-11-23T12:00:00+08:00' }),
    });
    expect(await gateway.queryRefund(accountId, request.refundNo)).toEqual(state);
  });

  it('that the platform does not know is told apart from a failure', async () => {
    platform.answer(`GET /v3/refund/domestic/refunds/${request.refundNo}`, {
      status: 404,
      body: { code: 'RESOURCE_NOT_EXISTS' },
    });
    expect(await gateway.queryRefund(accountId, request.refundNo)).toEqual({ kind: 'unknown_refund' });
  });

  it('waits where the merchant’s account is empty, and is refused where it may not be', async () => {
    platform.answer(target, { status: 403, body: { code: 'NOT_ENOUGH' } });
    expect(await gateway.refund(request)).toMatchObject({ kind: 'trouble', wasDone: 'no' });
    platform.answer(target, { status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(await gateway.refund(request)).toEqual({ kind: 'refused', reason: 'INVALID_REQUEST' });
  });
});

describe('a bill', () => {
  const head =
    '\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
  const row = (values: string[]) => values.map((value) => `\`${value}`).join(',');
  const payment = row(
    (
      '2026-11-22 09:30:00|wx0123456789abcdef|19|0||4200|order-1|oCitizen|JSAPI|SUCCESS|OTHERS|CNY|30.10|0.00|0|0|0.00|0.00||' +
      '|绘画班,周六||0.18|0.60%|30.10|0.00|'
    ).split('|'),
  );
  const refund = row(
    (
      '2026-11-22 18:00:00|wx0123456789abcdef|19|0||4200|order-1|oCitizen|JSAPI|REFUND|OTHERS|CNY|0.00|0.00|503|order-1R1|5.00|' +
      '0.00|ORIGINAL|PROCESSING|绘画班||-0.03|0.60%|0.00|5.00|'
    ).split('|'),
  );
  const sums = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
  const text = [head, payment, refund, sums, '`2,`30.10,`5.00,`0.00,`0.15,`30.10,`5.00', ''].join('\r\n');
  const answerBill = (downloaded: string, sha1 = createHash('sha1').update(downloaded).digest('hex')) => {
    platform.answer('GET /v3/bill/tradebill', {
      body: {
        hash_type: 'SHA1',
        hash_value: sha1,
        download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=t',
      },
    });
    platform.answer('GET /v3/billdownload/file', { text: downloaded });
  };

  it('lists payments and refunds in fen', async () => {
    answerBill(text);
    expect(await gateway.readBill(accountId, '2026-11-22')).toEqual({
      kind: 'bill',
      lines: [
        {
          kind: 'payment',
          at: new Date('2026-11-22T01:30:00Z'),
          transactionId: '4200',
          orderNo: 'order-1',
          refundNo: null,
          amountFen: 3010,
          state: 'SUCCESS',
        },
        {
          kind: 'refund',
          at: new Date('2026-11-22T10:00:00Z'),
          transactionId: '4200',
          orderNo: 'order-1',
          refundNo: 'order-1R1',
          amountFen: 500,
          state: 'PROCESSING',
        },
      ],
    });
  });

  it('leaves out what the merchant takes through other apps', async () => {
    answerBill(text.replace('wx0123456789abcdef', 'wxother'));
    expect(await gateway.readBill(accountId, '2026-11-22')).toMatchObject({
      kind: 'bill',
      lines: [{ refundNo: 'order-1R1' }],
    });
  });

  it('whose hash is another, or that is cut off, is not read', async () => {
    answerBill(text, 'f'.repeat(40));
    expect(await gateway.readBill(accountId, '2026-11-22')).toMatchObject({ reason: 'bad_download' });
    answerBill(text.slice(0, text.indexOf('总交易单数')));
    expect(await gateway.readBill(accountId, '2026-11-22')).toMatchObject({ reason: 'bad_bill' });
  });

  it('is not fetched from elsewhere', async () => {
    platform.answer('GET /v3/bill/tradebill', {
      body: { hash_type: 'SHA1', hash_value: 'f', download_url: 'https://example.com/bill' },
    });
    expect(await gateway.readBill(accountId, '2026-11-22')).toMatchObject({ reason: 'download_elsewhere' });
  });

  it('that does not exist is empty once it would be there', async () => {
    platform.answer('GET /v3/bill/tradebill', { status: 400, body: { code: 'NO_STATEMENT_EXIST' } });
    expect(await gateway.readBill(accountId, '2026-11-22')).toEqual({ kind: 'bill', lines: [] });
    now = Date.parse('2026-11-23T01:59:00Z');
    expect(await gateway.readBill(accountId, '2026-11-22')).toEqual({ kind: 'not_yet' });
    now = noon;
    platform.answer('GET /v3/bill/tradebill', { status: 400, body: { code: 'STATEMENT_CREATING' } });
    expect(await gateway.readBill(accountId, '2026-11-22')).toEqual({ kind: 'not_yet' });
  });
});

function transaction(overrides: object = {}) {
  return {
    appid: platform.merchant.appId,
    mchid: platform.merchant.mchId,
    out_trade_no: orderNo,
    transaction_id: '4200',
    trade_state: 'SUCCESS',
    success_time: '2026-11-23T11:59:58+08:00',
    payer: { openid: 'oCitizen' },
    amount: { total: 3000, payer_total: 3000, currency: 'CNY' },
    ...overrides,
  };
}
