import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { readConfig } from '../src/config.js';
import { OperationalError } from '../src/core/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'suishen-pay-settings-'));

function keep(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function makePair(modulusLength = 2048) {
  return generateKeyPairSync('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

const own = makePair();
const platform = makePair();
const ownKeyFile = keep('apiclient_key.pem', own.privateKey);
const platformKeyFile = keep('pub_key.pem', platform.publicKey);

const account = {
  PUBLIC_URL: 'https://wx.example.gov.cn',
  WECHAT_APPID: 'wx0123456789abcdef',
  WECHAT_SECRET: 's'.repeat(32),
  WECHAT_TOKEN: 'token123',
  WECHAT_AES_KEY: 'a'.repeat(43),
};
const merchant = {
  WECHAT_PAY_MCHID: '1900000001',
  WECHAT_PAY_SERIAL: '3775b6a45acd588826d15e583a95f5dd00000001',
  WECHAT_PAY_PRIVATE_KEY_FILE: ownKeyFile,
  WECHAT_PAY_API_V3_KEY: 'k'.repeat(32),
};
const publicKey = {
  WECHAT_PAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0119000000012026112300000000000001',
  WECHAT_PAY_PUBLIC_KEY_FILE: platformKeyFile,
};
const all = { ...account, ...merchant, ...publicKey };

function faultsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof OperationalError) return error.details['faults'] as string[];
    throw error;
  }
  return [];
}

describe('the settings of payments', () => {
  it('are not needed: the account takes no money then', () => {
    const config = readConfig(account);
    expect(config.accounts[0]?.pay).toBeUndefined();
    expect(config.refundApprovalAboveFen).toBe(10_000);
  });

  it('hold the merchant with its keys read from their files', () => {
    expect(readConfig(all).accounts[0]?.pay).toEqual({
      mchId: '1900000001',
      serialNo: '3775B6A45ACD588826D15E583A95F5DD00000001',
      privateKey: own.privateKey,
      apiV3Key: 'k'.repeat(32),
      platformPublicKey: { id: publicKey.WECHAT_PAY_PUBLIC_KEY_ID, pem: platform.publicKey },
    });
  });

  it('do without 微信支付公钥 where the platform signs with certificates', () => {
    expect(readConfig({ ...account, ...merchant }).accounts[0]?.pay?.platformPublicKey).toBeUndefined();
  });

  it('stand in the accounts file as well, for each account its own', () => {
    const one = {
      accountId: 'yuexiu-youth',
      appId: 'wx1111111111111111',
      appSecret: 's'.repeat(32),
      token: 'token123',
      messageMode: 'plain',
    };
    const pay = {
      mchId: '1900000002',
      serialNo: 'ABCDEF0123456789',
      privateKeyFile: ownKeyFile,
      apiV3Key: 'k'.repeat(32),
    };
    const file = keep(
      'accounts.json',
      JSON.stringify([
        { ...one, pay },
        { ...one, accountId: 'without' },
      ]),
    );
    const { accounts } = readConfig({ PUBLIC_URL: account.PUBLIC_URL, WECHAT_ACCOUNTS_FILE: file });
    expect(accounts.map(({ pay: read }) => read?.mchId)).toEqual(['1900000002', undefined]);

    const broken = { ...one, pay: { ...pay, privateKeyFile: '/nowhere.pem' } };
    const faults = faultsOf({ WECHAT_ACCOUNTS_FILE: keep('broken.json', JSON.stringify([broken])) });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('yuexiu-youth pay.privateKeyFile：/nowhere.pem 读不出来');
  });

  it('name each one that is missing', () => {
    const faults = faultsOf({ ...account, WECHAT_PAY_MCHID: '1900000001' });
    expect(faults.map((fault) => fault.split('：')[0])).toEqual([
      'WECHAT_PAY_SERIAL',
      'WECHAT_PAY_PRIVATE_KEY_FILE',
      'WECHAT_PAY_API_V3_KEY',
    ]);
  });

  it.each([
    ['a merchant number with letters', { WECHAT_PAY_MCHID: '19000x' }, 'WECHAT_PAY_MCHID：应为'],
    [
      'the id of 微信支付公钥 in the place of the serial number',
      { WECHAT_PAY_SERIAL: publicKey.WECHAT_PAY_PUBLIC_KEY_ID },
      'WECHAT_PAY_SERIAL：应为',
    ],
    [
      'an APIv3 key of another length',
      { WECHAT_PAY_API_V3_KEY: 'k'.repeat(31) },
      'WECHAT_PAY_API_V3_KEY：应为',
    ],
    [
      'a key file that is not there',
      { WECHAT_PAY_PRIVATE_KEY_FILE: '/nowhere.pem' },
      'WECHAT_PAY_PRIVATE_KEY_FILE：/nowhere.pem 读不出来',
    ],
    [
      'a file that holds no key',
      { WECHAT_PAY_PRIVATE_KEY_FILE: keep('note.txt', 'hello') },
      'WECHAT_PAY_PRIVATE_KEY_FILE：.* 不是 PEM 格式的私钥',
    ],
    [
      'a key that is too short',
      { WECHAT_PAY_PRIVATE_KEY_FILE: keep('short.pem', makePair(1024).privateKey) },
      'WECHAT_PAY_PRIVATE_KEY_FILE：.* 不是 2048 位以上的 RSA 密钥',
    ],
    [
      'a key that is not RSA',
      {
        WECHAT_PAY_PRIVATE_KEY_FILE: keep(
          'ec.pem',
          generateKeyPairSync('ec', {
            namedCurve: 'P-256',
            privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
            publicKeyEncoding: { type: 'spki', format: 'pem' },
          }).privateKey,
        ),
      },
      'WECHAT_PAY_PRIVATE_KEY_FILE：.* 不是 2048 位以上的 RSA 密钥',
    ],
    [
      'the id of 微信支付公钥 without its file',
      { WECHAT_PAY_PUBLIC_KEY_FILE: '' },
      'WECHAT_PAY_PUBLIC_KEY_FILE：设了微信支付公钥 ID',
    ],
    [
      'the file of 微信支付公钥 without its id',
      { WECHAT_PAY_PUBLIC_KEY_ID: '' },
      'WECHAT_PAY_PUBLIC_KEY_ID：设了微信支付公钥就',
    ],
    [
      'a private key in the place of 微信支付公钥',
      { WECHAT_PAY_PUBLIC_KEY_FILE: ownKeyFile },
      'WECHAT_PAY_PUBLIC_KEY_FILE：.* 是私钥',
    ],
    [
      "the merchant's own public key in the place of 微信支付公钥",
      { WECHAT_PAY_PUBLIC_KEY_FILE: keep('own_pub.pem', own.publicKey) },
      'WECHAT_PAY_PUBLIC_KEY_FILE：这是商户自己的公钥',
    ],
    ['an address that WeChat Pay does not call', { PUBLIC_URL: 'http://wx.example.gov.cn' }, 'PUBLIC_URL：'],
    ['no public address at all', { PUBLIC_URL: '' }, 'PUBLIC_URL：'],
    [
      'a merchant without an account',
      { WECHAT_APPID: '', WECHAT_SECRET: '', WECHAT_TOKEN: '' },
      'WECHAT_PAY_MCHID：要和',
    ],
    ['a limit that is no amount', { REFUND_APPROVAL_ABOVE_FEN: '-1' }, 'REFUND_APPROVAL_ABOVE_FEN：'],
  ])('refuse %s', (_name, change, sentence) => {
    expect(faultsOf({ ...all, ...change })).toEqual([expect.stringMatching(new RegExp(`^${sentence}`))]);
  });

  it('refuse a certificate in the place of a key', async () => {
    const { cert } = await generate([{ name: 'commonName', value: 'x' }], { keySize: 2048 });
    const file = keep('apiclient_cert.pem', cert);
    expect(faultsOf({ ...all, WECHAT_PAY_PRIVATE_KEY_FILE: file })[0]).toContain('是证书，应为商户 API 私钥');
    expect(faultsOf({ ...all, WECHAT_PAY_PUBLIC_KEY_FILE: file })[0]).toContain('是证书，应为微信支付公钥');
  });
});
