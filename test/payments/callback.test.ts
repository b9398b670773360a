import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { UserError } from '../../src/core/errors.js';
import { openResource } from '../../src/payments/open-resource.js';
import { WechatPayGateway } from '../../src/payments/wechat-pay-gateway.js';
import { buildCertificate, PayPlatform, type SigningKey } from '../support/pay-platform.js';

const noon = Date.parse('2026-11-23T04:00:00Z');
const accountId = 'pingan-meizhou';
let now = noon;
let certificate: SigningKey;
let nextCertificate: SigningKey;
let platform: PayPlatform;
let gateway: WechatPayGateway;

beforeAll(async () => {
  [certificate, nextCertificate] = await Promise.all([
    buildCertificate('5157F0'),
    buildCertificate('61F9A1'),
  ]);
});

function open(overrides: ConstructorParameters<typeof PayPlatform>[2] = {}): void {
  now = noon;
  platform = new PayPlatform(() => now, certificate, overrides);
  gateway = new WechatPayGateway({
    merchants: [platform.merchant],
    clock: { now: () => now },
    http: platform.http,
  });
}

function transaction(overrides: object = {}) {
  return {
    appid: platform.merchant.appId,
    mchid: platform.merchant.mchId,
    out_trade_no: '202611230000000000000001',
    transaction_id: '4200000001202611230000000001',
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    success_time: '2026-11-23T11:59:58+08:00',
    payer: { openid: 'oCitizen' },
    amount: { total: 3000, payer_total: 2900, currency: 'CNY', payer_currency: 'CNY' },
    ...overrides,
  };
}

type Callback = ReturnType<PayPlatform['callback']>;
const read = (callback: Callback) => gateway.readCallback(accountId, callback);
async function codeOf(callback: Callback): Promise<string> {
  const outcome = await read(callback).catch((error: unknown) => error);
  if (outcome instanceof UserError) return outcome.code;
  throw new Error(`it was not refused: ${JSON.stringify(outcome)}`);
}

describe('a callback', () => {
  beforeAll(() => open());

  it('says who paid what, and when, once it is verified and decrypted', async () => {
    expect(await read(platform.callback('TRANSACTION.SUCCESS', transaction(), { id: 'e-1' }))).toEqual({
      id: 'e-1',
      createdAt: new Date('2026-11-23T04:00:00Z'),
      kind: 'payment',
      orderNo: '202611230000000000000001',
      state: {
        kind: 'paid',
        transactionId: '4200000001202611230000000001',
        paidFen: 3000,
        openid: 'oCitizen',
        paidAt: new Date('2026-11-23T03:59:58Z'),
      },
    });
  });

  it.each([
    [
      'SUCCESS',
      { kind: 'succeeded', refundId: '503', refundedFen: 500, at: new Date('2026-11-23T04:00:00Z') },
    ],
    ['CLOSED', { kind: 'closed' }],
    ['ABNORMAL', { kind: 'abnormal' }],
  ])('tells of a refund that is %s', async (status, state) => {
    const refund = {
      mchid: platform.merchant.mchId,
      out_trade_no: 'order-1',
      out_refund_no: 'order-1R1',
      transaction_id: '42',
      refund_id: '503',
      refund_status: status,
      ...(status === 'SUCCESS' && { success_time: '2026-11-23T12:00:00+08:00' }),
      amount: { total: 3000, refund: 500, payer_total: 3000, payer_refund: 500 },
    };
    expect(await read(platform.callback(`REFUND.${status}`, refund))).toMatchObject({
      kind: 'refund',
      orderNo: 'order-1',
      refundNo: 'order-1R1',
      state,
    });
  });

  it.each([
    ['of another merchant', { mchid: '1900000002' }, 'other_merchant'],
    ['of another official account', { appid: 'wxffffffffffffffff' }, 'other_merchant'],
    ['without an amount', { amount: undefined }, 'malformed_callback'],
    ['in another currency', { amount: { total: 3000, currency: 'USD' } }, 'malformed_callback'],
    ['with a fraction of a fen', { amount: { total: 30.5 } }, 'malformed_callback'],
    ['that is not paid', { trade_state: 'NOTPAY' }, 'malformed_callback'],
  ])('%s is refused', async (_what, overrides, code) => {
    expect(await codeOf(platform.callback('TRANSACTION.SUCCESS', transaction(overrides)))).toBe(code);
  });

  it('for an account without a merchant is refused', async () => {
    const callback = platform.callback('TRANSACTION.SUCCESS', transaction());
    await expect(gateway.readCallback('nobody', callback)).rejects.toMatchObject({ code: 'other_merchant' });
  });

  it('is refused when it was signed more than five minutes ago, or ahead', async () => {
    const seconds = noon / 1_000;
    for (const timestamp of [seconds - 301, seconds + 301])
      expect(await codeOf(platform.callback('TRANSACTION.SUCCESS', transaction(), { timestamp }))).toBe(
        'stale_callback',
      );
    const edge = platform.callback('TRANSACTION.SUCCESS', transaction(), { timestamp: seconds - 300 });
    expect(await read(edge)).toMatchObject({ kind: 'payment' });
  });

  it('that only probes our verification is refused, and asks the platform nothing', async () => {
    const probe = platform.callback('TRANSACTION.SUCCESS', transaction());
    probe.headers['wechatpay-signature'] = `WECHATPAY/SIGNTEST/${probe.headers['wechatpay-signature']}`;
    probe.headers['wechatpay-serial'] = 'unheard-of';
    const asked = platform.requests.length;
    expect(await codeOf(probe)).toBe('bad_signature');
    expect(platform.requests.length).toBe(asked);
  });

  it('without its headers is refused', async () => {
    const { rawBody } = platform.callback('TRANSACTION.SUCCESS', transaction());
    expect(await codeOf({ headers: {}, rawBody })).toBe('bad_signature');
  });

  it('sealed with another APIv3 key is refused', async () => {
    const callback = platform.callback('TRANSACTION.SUCCESS', transaction());
    const elsewhere = new WechatPayGateway({
      merchants: [{ ...platform.merchant, apiV3Key: 'x'.repeat(32) }],
      clock: { now: () => now },
      http: platform.http,
    });
    // Its certificates cannot be opened either, so that only the configured key is left.
    const signed = { ...callback, headers: platform.sign(callback.rawBody, platform.publicKey) };
    await expect(elsewhere.readCallback(accountId, signed)).rejects.toMatchObject({ code: 'bad_ciphertext' });
  });

  it('is refused for any bit that is flipped in its headers or its body', async () => {
    const parts = [
      'wechatpay-timestamp',
      'wechatpay-nonce',
      'wechatpay-serial',
      'wechatpay-signature',
      'body',
    ];
    const callback = platform.callback('TRANSACTION.SUCCESS', transaction());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), fc.nat(), fc.nat(7), async (part, at, bit) => {
        const { headers, rawBody } = callback;
        const flipped =
          part === 'body'
            ? { headers, rawBody: flip(rawBody, at, bit) }
            : { headers: { ...headers, [part]: flip(headers[part]!, at, bit) }, rawBody };
        expect(['bad_signature', 'stale_callback', 'unknown_key']).toContain(await codeOf(flipped));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when one of two spellings of its signature is not the platform’s', async () => {
    const callback = platform.callback('TRANSACTION.SUCCESS', transaction());
    const signature = callback.headers['wechatpay-signature']!;
    // The last character before the padding carries four bits that decode to nothing.
    const respelt = signature.replace(/.(?===$)/, (last) => String.fromCharCode(last.charCodeAt(0) + 1));
    expect(Buffer.from(respelt, 'base64')).toEqual(Buffer.from(signature, 'base64'));
    callback.headers['wechatpay-signature'] = respelt;
    expect(await codeOf(callback)).toBe('bad_signature');
  });
});

describe('what is sealed', () => {
  beforeAll(() => open());

  it('opens again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), (text, associated) => {
        expect(openResource(platform.seal(text, associated), platform.merchant.apiV3Key)).toBe(
          Buffer.from(text).toString(),
        );
      }),
    );
  });

  it('does not open for any bit that is flipped in ciphertext, tag, nonce or associated data', () => {
    const sealed = platform.seal('{"trade_state":"NOTPAY_"}', 'transaction');
    const parts = ['ciphertext', 'nonce', 'associated_data'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.nat(), fc.nat(7), (part, at, bit) => {
        const flipped =
          part === 'ciphertext' ? flipBytes(sealed.ciphertext, at, bit) : flip(sealed[part], at, bit);
        expect(() => openResource({ ...sealed, [part]: flipped }, platform.merchant.apiV3Key)).toThrow(
          expect.objectContaining({ code: 'bad_ciphertext' }),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the platform’s keys', () => {
  const payment = (key: SigningKey) => platform.callback('TRANSACTION.SUCCESS', transaction(), { key });

  it('are a certificate and 微信支付公钥 at once while a merchant changes from one to the other', async () => {
    open();
    for (const key of [certificate, platform.publicKey, certificate, platform.publicKey])
      expect(await read(payment(key))).toMatchObject({ kind: 'payment' });
    expect(platform.requests.length).toBe(1);
  });

  it('are the public key alone for a merchant without certificates', async () => {
    open();
    platform.certificates = [];
    platform.signer = platform.publicKey;
    expect(await read(payment(platform.publicKey))).toMatchObject({ kind: 'payment' });
    expect(platform.requests).toEqual([]);
    expect(await codeOf(payment(certificate))).toBe('unknown_key');
  });

  it('are the certificates alone for a merchant without a public key, which is not looked for', async () => {
    open();
    const { platformPublicKey: _none, ...merchant } = platform.merchant;
    gateway = new WechatPayGateway({ merchants: [merchant], clock: { now: () => now }, http: platform.http });
    expect(await codeOf(payment(platform.publicKey))).toBe('unknown_key');
    expect(platform.requests).toEqual([]);
    expect(await read(payment(certificate))).toMatchObject({ kind: 'payment' });
  });

  it('are fetched anew for an unknown serial, at most once a minute', async () => {
    open();
    await read(payment(certificate));
    expect(await codeOf(payment(nextCertificate))).toBe('unknown_key');
    platform.certificates = [certificate, nextCertificate];
    now += 59_000;
    expect(await codeOf(payment(nextCertificate))).toBe('unknown_key');
    expect(platform.requests.length).toBe(1);
    now += 1_000;
    expect(await read(payment(nextCertificate))).toMatchObject({ kind: 'payment' });
    expect(await read(payment(certificate))).toMatchObject({ kind: 'payment' });
    expect(platform.requests.length).toBe(2);
  });

  it('are fetched once for any number of callbacks at the same time', async () => {
    open();
    await Promise.all(Array.from({ length: 10 }, () => read(payment(certificate))));
    expect(platform.requests.length).toBe(1);
  });

  it('are not taken from an answer that somebody else signed', async () => {
    open();
    platform.signer = { ...certificate, privateKey: nextCertificate.privateKey };
    expect(await codeOf(payment(certificate))).toBe('unknown_key');
  });

  it('of one merchant verify nothing for another', async () => {
    open();
    const other = new PayPlatform(() => now, nextCertificate, { accountId: 'other', mchId: '1900000009' });
    gateway = new WechatPayGateway({
      merchants: [platform.merchant, other.merchant],
      clock: { now: () => now },
      http: (request) =>
        request.headers['authorization']?.includes('1900000009')
          ? other.http(request)
          : platform.http(request),
    });
    await read(payment(certificate));
    const theirs = other.callback('TRANSACTION.SUCCESS', transaction());
    await expect(gateway.readCallback('other', theirs)).rejects.toMatchObject({ code: 'other_merchant' });
    expect(await codeOf(theirs)).toBe('unknown_key');
  });
});

/** Another text of the same length: characters stay such as a header may hold. */
function flip(text: string, at: number, bit: number): string {
  const index = at % text.length;
  const code = text.charCodeAt(index) ^ (1 << bit);
  return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
}

function flipBytes(base64: string, at: number, bit: number): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[at % bytes.length]! ^= 1 << bit;
  return bytes.toString('base64');
}
