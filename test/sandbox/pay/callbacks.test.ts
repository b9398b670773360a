import { describe, expect, it } from '@jest/globals';
import type { Forgery } from '../../../src/api-types/sandbox.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { PayDesk } from '../../../src/sandbox/pay/pay-desk.js';
import { hour, minute, second, seededRandom } from '../fixture.js';
import { isSealedBy } from './merchant-hand.js';
import { accountId, payStage, type Heard, type PayStage } from './pay-stage.js';

const order = 'ORDER-000001';

/** A desk that waits on the test's clock, and writes down for how long. */
async function patientDesk(stage: PayStage): Promise<{ desk: PayDesk; pauses: number[]; pay: () => void }> {
  const pauses: number[] = [];
  const desk = new PayDesk({
    world: stage.sandbox.world,
    clock: stage.clock,
    logger: silentLogger,
    random: seededRandom(2),
    apiBase: () => stage.shop.apiBase,
    stopping: new AbortController().signal,
    pause: async (ms) => {
      pauses.push(ms);
      stage.clock.advance(ms);
    },
  });
  await stage.call('POST', '/v3/pay/transactions/jsapi', stage.order());
  const merchant = await desk.merchantOf(accountId);
  return { desk, pauses, pay: () => desk.pay(merchant, merchant.book.find(order)) };
}

describe('a callback of WeChat Pay', () => {
  it('says under seal what was paid', async () => {
    const stage = await payStage();
    await stage.paid(order);
    await stage.desk.settled();
    const [one] = stage.heard;
    expect(one!.headers).toMatchObject({
      'content-type': 'application/json',
      'wechatpay-serial': stage.shop.platformPublicKey.id,
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
      'wechatpay-timestamp': String(stage.clock.now() / 1000),
    });
    expect(JSON.parse(one!.body)).toMatchObject({
      resource_type: 'encrypt-resource',
      create_time: '2026-03-02T10:00:00+08:00',
      resource: { original_type: 'transaction', algorithm: 'AEAD_AES_256_GCM' },
    });
    expect(stage.read(one!)).toMatchObject({
      eventType: 'TRANSACTION.SUCCESS',
      content: {
        appid: stage.shop.appId,
        mchid: stage.shop.mchId,
        out_trade_no: order,
        trade_state: 'SUCCESS',
        amount: { total: 1200, payer_total: 1200 },
        payer: { openid: stage.citizen.openid },
      },
    });
  });

  it('is delivered 16 times within 24 hours and 4 minutes to a merchant that never takes it', async () => {
    const stage = await payStage();
    const { desk, pauses, pay } = await patientDesk(stage);
    stage.answerWith(() => 500);
    pay();
    await desk.settled();
    expect(pauses).toEqual(
      [15 * second, 15 * second, 30 * second, 3 * minute, 10 * minute, 20 * minute]
        .concat([30 * minute, 30 * minute, 30 * minute, hour])
        .concat([3 * hour, 3 * hour, 3 * hour, 6 * hour, 6 * hour]),
    );
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(24 * hour + 4 * minute);
    expect(stage.heard).toHaveLength(16);
    expect(new Set(stage.heard.map(({ body }) => body)).size).toBe(1);
    expect(new Set(stage.heard.map(({ headers }) => headers['wechatpay-timestamp'])).size).toBe(16);
    expect(stage.heard.map(stage.read)).not.toContain('bad seal');
    expect((await desk.callbacksOf(accountId)).map(({ attempt, status }) => [attempt, status])).toEqual(
      stage.heard.map((_, index) => [index + 1, 500]),
    );
    expect(stage.merchant.state.callbacks).toEqual([]);
  });

  it('follows the schedule at the pace that is set', async () => {
    const stage = await payStage();
    const { desk, pauses, pay } = await patientDesk(stage);
    stage.conduct({ pace: 0.001, callbackDelayMs: 7 });
    stage.answerWith((_, count) => (count < 4 ? 404 : 200));
    pay();
    await desk.settled();
    expect(pauses).toEqual([7, 15, 15, 30]);
  });

  it.each([200, 204])('ends with a %s', async (status) => {
    const stage = await payStage();
    stage.conduct({ pace: 0 });
    stage.answerWith((_, count) => (count < 3 ? 302 : status));
    await stage.paid(order);
    await stage.desk.settled();
    expect(stage.heard).toHaveLength(3);
  });

  it('comes again when no answer comes in time', async () => {
    const stage = await payStage({ timings: { answerDeadlineMs: 200 } });
    stage.conduct({ pace: 0 });
    let close: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (close = resolve));
    stage.answerWith((_, count) => {
      if (count > 1) close();
      return 204;
    });
    stage.holdBack = (count) => (count === 1 ? late : Promise.resolve());
    await stage.paid(order);
    await stage.desk.settled();
    const records = await stage.desk.callbacksOf(accountId);
    expect([records[0]!.status, records.at(-1)!.status]).toEqual([null, 204]);
    expect(records.length).toBeGreaterThan(1);
  });

  it('arrives as often as is asked for, all with the same id', async () => {
    const stage = await payStage();
    stage.conduct({ duplicates: 15 });
    await stage.paid(order);
    await stage.desk.settled();
    expect(stage.heard).toHaveLength(16);
    expect(new Set(stage.heard.map((one) => JSON.parse(one.body).id)).size).toBe(1);
    const kinds = (await stage.desk.callbacksOf(accountId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['genuine', ...Array.from({ length: 15 }, () => 'duplicate')]);
  });

  it('is lost now and then, and the order is paid all the same', async () => {
    const stage = await payStage();
    stage.conduct({ loseEvery: 2 });
    for (const number of ['ORDER-000001', 'ORDER-000002']) await stage.paid(number);
    await stage.desk.settled();
    expect(stage.heard).toHaveLength(1);
    expect((await stage.desk.callbacksOf(accountId)).map(({ kind }) => kind).sort()).toEqual([
      'genuine',
      'lost',
    ]);
    expect(stage.merchant.book.find('ORDER-000002').payment).not.toBeNull();
  });

  it('is signed by both kinds of key during a change', async () => {
    const stage = await payStage();
    stage.conduct({ key: 'mixed', pace: 0 });
    stage.answerWith(() => 500);
    await stage.paid(order);
    await stage.desk.settled();
    const isPublicKey = stage.heard.map(({ headers }) =>
      headers['wechatpay-serial']!.startsWith('PUB_KEY_ID_'),
    );
    expect(isPublicKey.filter(Boolean)).toHaveLength(8);
    expect(stage.heard.map(stage.read)).not.toContain('bad seal');
  });

  it('goes to this machine only', async () => {
    const stage = await payStage();
    stage.conduct({ pace: 0 });
    await stage.call(
      'POST',
      '/v3/pay/transactions/jsapi',
      stage.order({ notify_url: 'https://example.gov.cn/notify' }),
    );
    stage.desk.pay(stage.merchant, stage.merchant.book.find(order));
    await stage.desk.settled();
    const [record] = await stage.desk.callbacksOf(accountId);
    expect(record).toMatchObject({ status: null, problem: 'the sandbox calls this machine only' });
  });
});

describe('a forged callback', () => {
  const forged = async (kind: Forgery): Promise<PayStage & { forged: Heard; genuine: Heard }> => {
    const stage = await payStage();
    stage.conduct({ forgeries: [kind] });
    await stage.paid(order);
    await stage.desk.settled();
    const [forged, genuine] = stage.heard;
    expect(stage.heard).toHaveLength(2);
    expect(stage.read(genuine!)).toMatchObject({ content: { out_trade_no: order } });
    expect((await stage.desk.callbacksOf(accountId)).map((record) => record.kind)).toEqual([kind, 'genuine']);
    return { ...stage, forged: forged!, genuine: genuine! };
  };

  it('may be the platform’s own probe', async () => {
    const { forged: probe, read } = await forged('probe');
    expect(probe.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//);
    expect(read(probe)).toBe('bad seal');
  });

  it('may be signed by a stranger under the platform’s serial number', async () => {
    const { forged: letter, read, shop } = await forged('signature');
    expect(letter.headers['wechatpay-serial']).toBe(shop.platformPublicKey.id);
    expect(read(letter)).toBe('bad seal');
  });

  it('may be signed by a stranger under another serial number', async () => {
    const { forged: letter, read, shop } = await forged('key');
    expect(letter.headers['wechatpay-serial']).not.toBe(shop.platformPublicKey.id);
    expect(read(letter)).toBe('bad seal');
  });

  it('may be genuine and ten minutes old', async () => {
    const { forged: letter, genuine, shop } = await forged('stale');
    const age = (one: Heard) => Number(one.headers['wechatpay-timestamp']);
    expect(age(genuine) - age(letter)).toBe(600);
    expect(isSealedBy(shop.platformPublicKey.pem, letter.headers, letter.body)).toBe(true);
  });

  it('may hold a bit that was turned over', async () => {
    const { forged: letter, read } = await forged('ciphertext');
    expect(read(letter)).toBe('bad tag');
  });

  it.each<[Forgery, object]>([
    ['merchant', { mchid: '1900000001' }],
    ['app', { appid: 'wx0000000000000001' }],
    ['amount', { amount: { total: 1201 } }],
  ])('may be genuine, but about another %s', async (kind, content) => {
    const { forged: letter, genuine, read } = await forged(kind);
    expect(read(letter)).toMatchObject({ content });
    expect(JSON.parse(letter.body).id).not.toBe(JSON.parse(genuine.body).id);
  });

  it('of a refund goes before the genuine one as well', async () => {
    const stage = await payStage();
    await stage.paid(order);
    await stage.desk.settled();
    stage.conduct({ forgeries: ['probe', 'amount'], refundAfterMs: 0 });
    await stage.call('POST', '/v3/refund/domestic/refunds', stage.refund({}));
    await stage.desk.settled();
    expect(stage.heard.slice(1).map(stage.read)).toMatchObject([
      'bad seal',
      { content: { amount: { total: 1201 } } },
      { content: { amount: { total: 1200 } } },
    ]);
  });
});
