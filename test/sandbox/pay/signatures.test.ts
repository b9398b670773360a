import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { changeConduct } from '../../../src/sandbox/misbehaviour/conduct.js';
import { minute, second } from '../fixture.js';
import { isSealedBy, openResource } from './merchant-hand.js';
import { payStage, type Answered, type PayStage } from './pay-stage.js';

const place = '/v3/pay/transactions/jsapi';
const unknownOrder = ({ shop }: PayStage) => `/v3/pay/transactions/out-trade-no/UNKNOWN?mchid=${shop.mchId}`;

describe('a request to WeChat Pay', () => {
  it.each<[string, (stage: PayStage) => Parameters<PayStage['call']>[3]]>([
    ['no signature', () => ({ headers: { Authorization: '' } })],
    ['another scheme', () => ({ headers: { Authorization: 'Bearer x' } })],
    ['a merchant that does not exist', () => ({ as: { mchId: '1900000001' } })],
    ['another serial number', () => ({ as: { serialNo: 'ABCDEF' } })],
    ['another body than was signed', () => ({ signed: { body: '{}' } })],
    ['another address than was signed', () => ({ signed: { target: '/v3/certificates' } })],
    ['a clock six minutes slow', ({ clock }) => ({ signed: { now: clock.now() - 6 * minute } })],
    ['a clock six minutes fast', ({ clock }) => ({ signed: { now: clock.now() + 6 * minute } })],
    ['a stranger’s key', () => ({ as: { privateKey: strangersKey() } })],
  ])('is refused for %s', async (_what, options) => {
    const stage = await payStage();
    const { status, json, headers } = await stage.call('POST', place, stage.order(), options(stage));
    expect([status, json.code]).toEqual([401, 'SIGN_ERROR']);
    expect(headers).not.toHaveProperty('wechatpay-signature');
    expect(stage.merchant.book.orders).toEqual([]);
  });

  it('is accepted within five minutes, and with the prefix of the sandbox signed as well', async () => {
    const stage = await payStage();
    const slow = { signed: { now: stage.clock.now() - 5 * minute + second } };
    expect((await stage.call('POST', place, stage.order(), slow)).status).toBe(200);
    const whole = { signed: { target: `/sandbox/pay${place}` } };
    expect((await stage.call('POST', place, stage.order(), whole)).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['without Accept', { Accept: '' }],
    ['without User-Agent', { 'User-Agent': '' }],
    ['that is no JSON', { 'Content-Type': 'text/plain' }],
  ])('%s is refused', async (_what, headers) => {
    const { code, order } = await payStage();
    expect(await code('POST', place, order(), { headers })).toEqual([400, 'PARAM_ERROR']);
  });
});

describe('an answer of WeChat Pay', () => {
  const serialOf = ({ headers }: Answered) => headers['wechatpay-serial'];

  it('is signed with 微信支付公钥, whether it is good, empty or a refusal', async () => {
    const stage = await payStage();
    const { shop } = stage;
    const answers = [
      await stage.call('POST', place, stage.order()),
      await stage.call('POST', '/v3/pay/transactions/out-trade-no/ORDER-000001/close', { mchid: shop.mchId }),
      await stage.call('GET', unknownOrder(stage)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 404]);
    for (const { headers, text } of answers) {
      expect(headers['wechatpay-serial']).toMatch(/^PUB_KEY_ID_/);
      expect(isSealedBy(shop.platformPublicKey.pem, headers, text)).toBe(true);
    }
  });

  it('is signed with the platform’s certificate for merchants of old', async () => {
    const stage = await payStage();
    stage.conduct({ key: 'certificate' });
    const answer = await stage.call('GET', '/v3/certificates');
    const [listed] = answer.json.data as { serial_no: string; encrypt_certificate: Sealed }[];
    const certificate = openResource(stage.shop.apiV3Key, listed!.encrypt_certificate);
    expect(new X509Certificate(certificate).serialNumber).toBe(listed!.serial_no);
    expect(serialOf(answer)).toBe(listed!.serial_no);
    expect(isSealedBy(certificate, answer.headers, answer.text)).toBe(true);
  });

  it('is signed with either in turn during a change, and follows what the request asks for', async () => {
    const stage = await payStage();
    stage.conduct({ key: 'mixed' });
    const kinds = [];
    for (let asked = 0; asked < 4; asked += 1)
      kinds.push(serialOf(await stage.call('GET', unknownOrder(stage)))!.startsWith('PUB_KEY_ID_'));
    expect(kinds).toEqual([true, false, true, false]);
    const headers = { 'Wechatpay-Serial': stage.shop.platformPublicKey.id };
    for (let asked = 0; asked < 2; asked += 1)
      expect(serialOf(await stage.call('GET', unknownOrder(stage), undefined, { headers }))).toBe(
        stage.shop.platformPublicKey.id,
      );
  });

  it('is signed with the new certificate once there is one, and both are listed', async () => {
    const stage = await payStage();
    stage.conduct({ key: 'certificate' });
    const before = serialOf(await stage.call('GET', unknownOrder(stage)));
    await stage.desk.changeCertificate('pingan-meizhou');
    const after = await stage.call('GET', '/v3/certificates');
    expect((after.json.data as { serial_no: string }[]).map(({ serial_no }) => serial_no)).toEqual([
      before,
      serialOf(after),
    ]);
    expect(serialOf(after)).not.toBe(before);
  });

  it('lists no certificates for a merchant with 微信支付公钥 only', async () => {
    const { code } = await payStage();
    expect(await code('GET', '/v3/certificates')).toEqual([404, 'RESOURCE_NOT_EXISTS']);
  });

  it('now and then carries a probe’s signature', async () => {
    const stage = await payStage();
    stage.conduct({ probeAnswersEvery: 2 });
    const answers = [
      await stage.call('GET', unknownOrder(stage)),
      await stage.call('GET', unknownOrder(stage)),
    ];
    const { pem } = stage.shop.platformPublicKey;
    expect(answers.map(({ headers, text }) => isSealedBy(pem, headers, text))).toEqual([true, false]);
    expect(answers[1]!.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//);
  });
});

describe('WeChat Pay that misbehaves', () => {
  const faulty = async (fault: object): Promise<PayStage> => {
    const stage = await payStage();
    const faults = [{ endpoint: place, times: 1, fault }] as never;
    stage.account.misbehaviour = changeConduct(stage.account.misbehaviour, { faults });
    return stage;
  };

  it.each<[object, [number, string]]>([
    [{ kind: 'errcode', errcode: -1 }, [500, 'SYSTEM_ERROR']],
    [{ kind: 'errcode', errcode: 45011 }, [429, 'FREQUENCY_LIMITED']],
  ])('refuses without acting: %j', async (fault, expected) => {
    const { code, order, merchant } = await faulty(fault);
    expect(await code('POST', place, order())).toEqual(expected);
    expect(merchant.book.orders).toHaveLength(0);
    expect(await code('POST', place, order())).toEqual([200, undefined]);
  });

  it('breaks off after it has acted', async () => {
    const { call, order, merchant, sandbox, account } = await faulty({ kind: 'cut' });
    await expect(call('POST', place, order())).rejects.toThrow('fetch failed');
    expect(merchant.book.orders).toHaveLength(1);
    expect(sandbox.tally.of(account)).toEqual({ [place]: { cut: 1 } });
  });

  it('never answers', async () => {
    const { order, merchant, origin } = await faulty({ kind: 'hang' });
    const headers = { Authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${merchant.mchId}",${rest}` };
    const body = JSON.stringify(order());
    const asked = fetch(`${origin}/sandbox/pay${place}`, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(100),
    });
    await expect(asked).rejects.toThrow('timeout');
  });
});

const rest = 'nonce_str="n",timestamp="1",serial_no="s",signature="s"';

type Sealed = Parameters<typeof openResource>[1];

function strangersKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
