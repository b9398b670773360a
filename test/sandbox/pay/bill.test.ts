import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { PlantedDifference } from '../../../src/api-types/sandbox.js';
import { day, hour, minute } from '../fixture.js';
import { payStage, type PayStage } from './pay-stage.js';

const billOf = (date: string) => `/v3/bill/tradebill?bill_date=${date}`;
const monday = '2026-03-02';

/** Three orders paid on Monday at ten; one has two refunds on the same day. */
async function tradingDay(): Promise<PayStage> {
  const stage = await payStage();
  stage.conduct({ refundAfterMs: 0 });
  for (const number of ['ORDER-000001', 'ORDER-000002', 'ORDER-000003']) await stage.paid(number);
  for (const [number, fen] of [
    ['REFUND-1', 500],
    ['REFUND-2', 700],
  ] as const) {
    const amount = { refund: fen, total: 1200, currency: 'CNY' };
    await stage.call('POST', '/v3/refund/domestic/refunds', stage.refund({ out_refund_no: number, amount }));
    stage.clock.advance(minute);
  }
  await stage.desk.settled();
  return stage;
}

/** The rows by their columns' names, as a merchant reads them, and the sums. */
async function readBill({ call, origin }: PayStage, target: string) {
  const { json } = await call('GET', target);
  const address = String(json.download_url).slice(`${origin}/sandbox/pay`.length);
  const { text, headers } = await call('GET', address);
  expect(headers).not.toHaveProperty('wechatpay-signature');
  expect(createHash('sha1').update(text).digest('hex')).toBe(json.hash_value);
  const lines = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');
  const names = lines[0]!.split(',');
  const read = (line: string) => line.split(',').map((value) => value.replace(/^`/, ''));
  const rows = lines
    .slice(1, -2)
    .map((line) => Object.fromEntries(read(line).map((value, index) => [names[index], value])));
  return { text, rows, sums: read(lines.at(-1)!) };
}

describe('a day’s bill', () => {
  it('lists payments and refunds in yuan', async () => {
    const stage = await tradingDay();
    stage.clock.advance(day);
    const { text, rows, sums } = await readBill(stage, billOf(monday));
    expect(text.startsWith('\uFEFF交易时间,公众账号ID,商户号,')).toBe(true);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({
      交易时间: '2026-03-02 10:00:00',
      商户号: stage.shop.mchId,
      商户订单号: 'ORDER-000001',
      用户标识: stage.citizen.openid,
      交易状态: 'SUCCESS',
      应结订单金额: '12.00',
      商户退款单号: '0',
      手续费: '0.07000',
      订单金额: '12.00',
    });
    expect(rows.at(-1)).toMatchObject({
      交易状态: 'REFUND',
      商户订单号: 'ORDER-000001',
      商户退款单号: 'REFUND-2',
      退款金额: '7.00',
      退款状态: 'SUCCESS',
      订单金额: '0.00',
      申请退款金额: '7.00',
    });
    expect(sums).toEqual(['5', '36.00', '12.00', '0.00', '0.14000', '36.00', '12.00']);
  });

  it('can be packed; the hash is that of what is inside', async () => {
    const stage = await tradingDay();
    stage.clock.advance(day);
    const { json } = await stage.call('GET', `${billOf(monday)}&tar_type=GZIP`);
    const token = new URL(String(json.download_url));
    const raw = await stage.bytes(token.pathname.slice('/sandbox/pay'.length) + token.search);
    expect(createHash('sha1').update(gunzipSync(raw)).digest('hex')).toBe(json.hash_value);
  });

  it('is there from ten o’clock of the next day', async () => {
    const stage = await tradingDay();
    expect(await stage.code('GET', billOf(monday))).toEqual([400, 'INVALID_REQUEST']);
    stage.clock.time = Date.UTC(2026, 2, 3, 2) - 1;
    expect(await stage.code('GET', billOf(monday))).toEqual([400, 'STATEMENT_CREATING']);
    stage.clock.advance(1);
    expect(await stage.code('GET', billOf(monday))).toEqual([200, undefined]);
  });

  it('is there at once where that is switched on', async () => {
    const stage = await tradingDay();
    stage.conduct({ billsAtOnce: true });
    expect((await readBill(stage, billOf(monday))).rows).toHaveLength(5);
  });

  it('does not exist for a day without trade, and is kept for three months', async () => {
    const stage = await tradingDay();
    stage.clock.advance(90 * day);
    expect(await stage.code('GET', billOf('2026-03-03'))).toEqual([400, 'NO_STATEMENT_EXIST']);
    expect(await stage.code('GET', billOf(monday))).toEqual([200, undefined]);
    stage.clock.advance(day);
    expect(await stage.code('GET', billOf(monday))).toEqual([400, 'INVALID_REQUEST']);
  });

  it.each(['20260302', '2026-02-30', ''])('is refused for the date %j', async (date) => {
    const { code } = await payStage();
    expect(await code('GET', billOf(date))).toEqual([400, 'PARAM_ERROR']);
  });

  it('can be downloaded for five minutes', async () => {
    const stage = await tradingDay();
    stage.clock.advance(day + hour);
    const { json } = await stage.call('GET', billOf(monday));
    const { pathname, search } = new URL(String(json.download_url));
    const target = pathname.slice('/sandbox/pay'.length) + search;
    stage.clock.advance(5 * minute - 1);
    expect((await stage.call('GET', target)).status).toBe(200);
    stage.clock.advance(1);
    expect((await stage.call('GET', target)).status).toBe(400);
  });

  const trades = async (differences: PlantedDifference[]) => {
    const stage = await tradingDay();
    stage.conduct({ billsAtOnce: true, billDifferences: differences });
    const { rows } = await readBill(stage, billOf(monday));
    return rows.map((row) => {
      const isRefund = row.交易状态 === 'REFUND';
      const number = isRefund ? row.商户退款单号 : row.商户订单号;
      return `${number} ${isRefund ? row.申请退款金额 : row.订单金额} ${isRefund ? row.退款状态 : row.交易状态}`;
    });
  };
  const genuine = [
    'ORDER-000001 12.00 SUCCESS',
    'ORDER-000002 12.00 SUCCESS',
    'ORDER-000003 12.00 SUCCESS',
    'REFUND-1 5.00 SUCCESS',
    'REFUND-2 7.00 SUCCESS',
  ];

  it.each<[PlantedDifference, string[]]>([
    ['missing_payment', genuine.slice(1)],
    ['extra_payment', [genuine[0]!, 'STRANGE0ORDER-000001 12.00 SUCCESS', ...genuine.slice(1)]],
    ['payment_amount', ['ORDER-000001 12.01 SUCCESS', ...genuine.slice(1)]],
    ['missing_refund', [...genuine.slice(0, 3), genuine[4]!]],
    ['extra_refund', [...genuine.slice(0, 4), 'STRANGE0REFUND-1 5.00 SUCCESS', genuine[4]!]],
    ['refund_amount', [...genuine.slice(0, 3), 'REFUND-1 5.01 SUCCESS', genuine[4]!]],
    ['refund_state', [...genuine.slice(0, 3), 'REFUND-1 5.00 PROCESSING', genuine[4]!]],
  ])('holds the planted difference %s and no other', async (difference, expected) => {
    expect(await trades([difference])).toEqual(expected);
  });

  it('holds several planted differences, each in a trade of its own', async () => {
    expect(await trades(['missing_payment', 'payment_amount', 'refund_amount', 'refund_state'])).toEqual([
      'ORDER-000002 12.01 SUCCESS',
      'ORDER-000003 12.00 SUCCESS',
      'REFUND-1 5.01 SUCCESS',
      'REFUND-2 7.00 PROCESSING',
    ]);
  });
});
