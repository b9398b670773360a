import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeError } from './core/errors.js';

/** A merchant of WeChat Pay (直连商户) that takes money for an account. Its secrets are never logged. */
export interface PayConfig {
  mchId: string;
  /** Of the merchant's API certificate (商户API证书序列号). */
  serialNo: string;
  /** The merchant's private key, PEM. */
  privateKey: string;
  /** APIv3密钥, 32 bytes. */
  apiV3Key: string;
  /** 微信支付公钥, PEM; absent: answers and callbacks are verified with the platform's certificates. */
  platformPublicKey?: { /** `PUB_KEY_ID_…` */ id: string; pem: string };
}

const mchId = z.string().regex(/^\d{8,10}$/, '应为 8–10 位数字的商户号');
const serialNo = z
  .string()
  .regex(/^[0-9A-Fa-f]{8,64}$/, '应为商户 API 证书的序列号（十六进制），不是微信支付公钥 ID');
const apiV3Key = z
  .string()
  .refine((key) => Buffer.byteLength(key) === 32, { error: '应为 32 字节的 APIv3 密钥' });
const publicKeyId = z.string().regex(/^PUB_KEY_ID_[0-9A-Za-z]{8,64}$/, '应以 PUB_KEY_ID_ 开头');

/** Of the account that the environment sets. */
export const payEnvironment = {
  WECHAT_PAY_MCHID: mchId.optional(),
  WECHAT_PAY_SERIAL: serialNo.optional(),
  WECHAT_PAY_PRIVATE_KEY_FILE: z.string().optional(),
  WECHAT_PAY_API_V3_KEY: apiV3Key.optional(),
  WECHAT_PAY_PUBLIC_KEY_ID: publicKeyId.optional(),
  WECHAT_PAY_PUBLIC_KEY_FILE: z.string().optional(),
};

/** `pay` of an account in the accounts file: the same settings. */
export const paySchema = z.strictObject({
  mchId,
  serialNo,
  privateKeyFile: z.string(),
  apiV3Key,
  publicKeyId: publicKeyId.exactOptional(),
  publicKeyFile: z.string().exactOptional(),
});

type PaySettings = z.output<typeof paySchema>;
type PayNames = Record<keyof PaySettings, string>;

const environmentNames = {
  mchId: 'WECHAT_PAY_MCHID',
  serialNo: 'WECHAT_PAY_SERIAL',
  privateKeyFile: 'WECHAT_PAY_PRIVATE_KEY_FILE',
  apiV3Key: 'WECHAT_PAY_API_V3_KEY',
  publicKeyId: 'WECHAT_PAY_PUBLIC_KEY_ID',
  publicKeyFile: 'WECHAT_PAY_PUBLIC_KEY_FILE',
} as const satisfies PayNames;

const needed = ['mchId', 'serialNo', 'privateKeyFile', 'apiV3Key'] as const;
/** The platform issues and takes nothing shorter. */
const leastBits = 2048;

/** The merchant that the environment names. @returns undefined: no money is taken, or `faults` says what is wrong. */
export function readPayEnvironment(
  settings: { [Name in keyof typeof payEnvironment]?: string | undefined },
  faults: string[],
): PayConfig | undefined {
  const names = Object.values(environmentNames);
  if (names.every((name) => settings[name] === undefined)) return undefined;
  const missing = needed
    .map((field) => environmentNames[field])
    .filter((name) => settings[name] === undefined);
  faults.push(...missing.map((name) => `${name}：在线收款的设置要一起填，缺了这一项`));
  const parsed = paySchema.safeParse(
    Object.fromEntries(
      Object.entries(environmentNames).flatMap(([field, name]) =>
        settings[name] === undefined ? [] : [[field, settings[name]]],
      ),
    ),
  );
  return parsed.success ? openPay(parsed.data, environmentNames, faults) : undefined;
}

/** The merchant that an account of the accounts file names. @param where what its faults begin with. */
export function readPayOf(settings: PaySettings, where: string, faults: string[]): PayConfig | undefined {
  const nameOf = (field: string) => `${where} pay.${field}`;
  return openPay(
    settings,
    {
      mchId: nameOf('mchId'),
      serialNo: nameOf('serialNo'),
      privateKeyFile: nameOf('privateKeyFile'),
      apiV3Key: nameOf('apiV3Key'),
      publicKeyId: nameOf('publicKeyId'),
      publicKeyFile: nameOf('publicKeyFile'),
    },
    faults,
  );
}

function openPay(settings: PaySettings, names: PayNames, faults: string[]): PayConfig | undefined {
  const before = faults.length;
  const privateKey = openKey(settings.privateKeyFile, 'private', names.privateKeyFile, faults);
  const publicKey = openPublicKey(settings, names, faults);
  if (privateKey && publicKey && isOfPair(privateKey, publicKey.pem))
    faults.push(`${names.publicKeyFile}：这是商户自己的公钥，应为微信支付公钥（pub_key.pem）`);
  if (!privateKey || faults.length > before) return undefined;
  return {
    mchId: settings.mchId,
    serialNo: settings.serialNo.toUpperCase(),
    privateKey,
    apiV3Key: settings.apiV3Key,
    ...(publicKey && { platformPublicKey: publicKey }),
  };
}

function openPublicKey(
  { publicKeyId: id, publicKeyFile: file }: PaySettings,
  names: PayNames,
  faults: string[],
): PayConfig['platformPublicKey'] {
  if (id === undefined && file === undefined) return undefined;
  if (id === undefined) faults.push(`${names.publicKeyId}：设了微信支付公钥就必须写它的 ID`);
  if (file === undefined) {
    faults.push(`${names.publicKeyFile}：设了微信支付公钥 ID 就必须给出公钥文件`);
    return undefined;
  }
  const pem = openKey(file, 'public', names.publicKeyFile, faults);
  return id !== undefined && pem !== undefined ? { id, pem } : undefined;
}

/** The key, PEM; undefined: `faults` says what is wrong with it. */
function openKey(
  file: string,
  kind: 'private' | 'public',
  name: string,
  faults: string[],
): string | undefined {
  try {
    const pem = readFileSync(file, 'utf8');
    const fault = faultOfKey(pem, kind);
    if (fault === null) return pem;
    faults.push(`${name}：${file} ${fault}`);
  } catch (error) {
    faults.push(`${name}：${file} 读不出来（${describeError(error)}）`);
  }
  return undefined;
}

function faultOfKey(pem: string, kind: 'private' | 'public'): string | null {
  // Node would take the public key out of a certificate, or out of a private key.
  if (pem.includes('BEGIN CERTIFICATE'))
    return kind === 'private'
      ? '是证书，应为商户 API 私钥（apiclient_key.pem）'
      : '是证书，应为微信支付公钥（pub_key.pem）';
  if (kind === 'public' && pem.includes('PRIVATE KEY')) return '是私钥，应为微信支付公钥（pub_key.pem）';
  const key = parseKey(pem, kind);
  if (!key) return kind === 'private' ? '不是 PEM 格式的私钥' : '不是 PEM 格式的公钥';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return key.asymmetricKeyType === 'rsa' && bits >= leastBits ? null : `不是 ${leastBits} 位以上的 RSA 密钥`;
}

function parseKey(pem: string, kind: 'private' | 'public'): KeyObject | null {
  try {
    return kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    return null;
  }
}

function isOfPair(privateKey: string, publicKey: string): boolean {
  return createPublicKey(privateKey).equals(createPublicKey(publicKey));
}
