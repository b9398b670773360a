import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CallbackRecord, PaySheet } from '../../../src/api-types/sandbox.js';
import { hour } from '../fixture.js';
import { codeOf } from '../phone-stage.js';
import { paySignOf } from './merchant-hand.js';
import { accountId, payStage, type PayStage } from './pay-stage.js';

interface Prepaid extends PayStage {
  prepayId: string;
  /** Calls the page's own interface, below `/sandbox/api/pay`. */
  page: (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Response>;
  answer: (answer: string) => Promise<Response>;
}

async function prepaid(): Promise<Prepaid> {
  const stage = await payStage();
  const { json } = await stage.call('POST', '/v3/pay/transactions/jsapi', stage.order());
  const prepayId = String(json.prepay_id);
  const page: Prepaid['page'] = (method, path, body, headers = {}) =>
    fetch(`${stage.origin}/sandbox/api/pay${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
  const answer = (answer: string) => page('POST', `/${accountId}/prepaid/${prepayId}/answer`, { answer });
  return { ...stage, prepayId, page, answer };
}

const bridge = ({ shop, prepayId, clock }: Prepaid) => paySignOf(shop, prepayId, clock.now());
const lastNotice = ({ citizen }: PayStage) => citizen.chat.at(-1)?.content;

describe('the pay sheet', () => {
  it('opens for what the merchant signed, and shows what is paid for', async () => {
    const stage = await prepaid();
    const { prepayId } = stage;
    const opened = await stage.page('POST', '/requests', bridge(stage));
    expect(await opened.json()).toEqual({ accountId, prepayId });
    const sheet = (await (await stage.page('GET', `/${accountId}/prepaid/${prepayId}`)).json()) as PaySheet;
    expect(sheet).toEqual({
      accountId,
      prepayId,
      accountName: '平安梅州',
      payerName: '小林',
      description: '少年宫航模班报名费',
      total: 1200,
      unpayable: null,
    });
  });

  it.each<[string, (stage: Prepaid) => object, string]>([
    ['a changed time', () => ({ timeStamp: '1' }), 'bad_pay_sign'],
    ['another package', () => ({ package: 'prepay_id=wx2' }), 'bad_pay_sign'],
    ['the signature of old', () => ({ signType: 'MD5' }), 'bad_pay_sign'],
    [
      'a stranger’s signature',
      ({ shop, prepayId, clock }) =>
        paySignOf({ ...shop, privateKey: strangersKey() }, prepayId, clock.now()),
      'bad_pay_sign',
    ],
    ['an unknown app', () => ({ appId: 'wx1' }), 'wrong_app_id'],
    ['a prepay_id of nobody', ({ shop, clock }) => paySignOf(shop, 'wx123', clock.now()), 'unknown_prepay'],
  ])('does not open for %s', async (_what, change, code) => {
    const stage = await prepaid();
    const response = await stage.page('POST', '/requests', { ...bridge(stage), ...change(stage) });
    expect(await codeOf(response)).toEqual([409, code]);
  });

  it('does not open without all parameters', async () => {
    const stage = await prepaid();
    const { paySign: _, ...rest } = bridge(stage);
    expect(await codeOf(await stage.page('POST', '/requests', rest))).toEqual([400, 'bad_request']);
  });

  it('does not open on somebody else’s phone', async () => {
    const stage = await prepaid();
    const other = stage.account.state.citizens.find(({ openid }) => openid !== stage.citizen.openid)!;
    const phone = (openid: string) => ({ Cookie: `suishen-sandbox-phone=${openid}` });
    const request = bridge(stage);
    expect(await codeOf(await stage.page('POST', '/requests', request, phone(other.openid)))).toEqual([
      409,
      'other_payer',
    ]);
    expect((await stage.page('POST', '/requests', request, phone(stage.citizen.openid))).status).toBe(200);
  });

  it('pays: the merchant and the chat are told', async () => {
    const stage = await prepaid();
    expect((await stage.answer('pay')).status).toBe(200);
    await stage.desk.settled();
    expect(stage.heard.map(stage.read)).toMatchObject([{ eventType: 'TRANSACTION.SUCCESS' }]);
    expect(lastNotice(stage)).toEqual({
      kind: 'notice',
      text: '微信支付：少年宫航模班报名费，已支付 ¥12.00',
    });
    const told = await stage.page('GET', `/${accountId}/callbacks`);
    const { callbacks } = (await told.json()) as { callbacks: CallbackRecord[] };
    expect(callbacks).toMatchObject([
      { kind: 'genuine', outTradeNo: 'ORDER-000001', attempt: 1, status: 204 },
    ]);
  });

  it.each(['cancel', 'fail', 'leave'])('leaves the order unpaid on %s', async (answer) => {
    const stage = await prepaid();
    expect((await stage.answer(answer)).status).toBe(200);
    await stage.desk.settled();
    expect(stage.merchant.book.find('ORDER-000001').payment).toBeNull();
    expect(stage.heard).toEqual([]);
  });

  it.each<[string, (stage: Prepaid) => unknown]>([
    ['paid', ({ answer }) => answer('pay')],
    ['closed', ({ merchant }) => merchant.book.close('ORDER-000001')],
    ['expired', ({ clock }) => clock.advance(2 * hour)],
  ])('neither opens nor pays once the order is %s', async (reason, happen) => {
    const stage = await prepaid();
    const request = bridge(stage);
    await happen(stage);
    await stage.desk.settled();
    const before = stage.heard.length;
    expect(await codeOf(await stage.page('POST', '/requests', request))).toEqual([409, `order_${reason}`]);
    expect(await codeOf(await stage.answer('pay'))).toEqual([409, `order_${reason}`]);
    await stage.desk.settled();
    expect(stage.heard).toHaveLength(before);
  });

  it('knows this machine only', async () => {
    const stage = await prepaid();
    const response = await stage.page('POST', '/requests', bridge(stage), { Origin: 'https://evil.example' });
    expect(await codeOf(response)).toEqual([403, 'local_only']);
  });

  it('changes the platform’s certificate', async () => {
    const stage = await prepaid();
    expect((await stage.page('POST', `/${accountId}/certificates`)).status).toBe(201);
    expect(stage.merchant.state.keys.certificates).toHaveLength(2);
    expect((await stage.page('POST', '/nobody/certificates')).status).toBe(404);
  });
});

function strangersKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
