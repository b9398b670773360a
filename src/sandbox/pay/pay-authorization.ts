import { verify } from 'node:crypto';
import { requestRules } from './pay-limits.js';
import { PayRefusal } from './pay-refusal.js';

/** One request to WeChat Pay, as it came. */
export interface PayRequest {
  method: string;
  /** Below the API's base, such as `/v3/certificates`. */
  path: string;
  /** The address as asked for, with the prefix under which the sandbox lies. */
  fullPath: string;
  /** With its question mark; empty where there is none. */
  search: string;
  rawBody: string;
  headers: Readonly<Record<string, string | undefined>>;
}

export interface Authorization {
  mchid: string;
  nonce_str: string;
  timestamp: string;
  serial_no: string;
  signature: string;
}

const scheme = /^WECHATPAY2-SHA256-RSA2048\s+(.+)$/;
const names = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const;

/** undefined: the header is absent or incomplete. */
export function readAuthorization(header: string | undefined): Authorization | undefined {
  const fields = new Map(
    [...(scheme.exec(header ?? '')?.[1] ?? '').matchAll(/([a-z_]+)="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
  const [mchid, nonce, timestamp, serial, signature] = names.map((name) => fields.get(name) ?? '');
  if (!mchid || !nonce || !timestamp || !serial || !signature) return undefined;
  return { mchid, nonce_str: nonce, timestamp, serial_no: serial, signature };
}

/**
 * Checks that the merchant signed exactly this request, and lately. The merchant cannot know under which prefix a
 * stand-in lies: the path counts with it and without it.
 * @throws PayRefusal SIGN_ERROR
 */
export function checkAuthorization(
  request: PayRequest,
  authorization: Authorization,
  merchant: { serialNo: string; publicKey: string },
  now: number,
): void {
  const { timestamp, nonce_str: nonce, signature } = authorization;
  if (authorization.serial_no !== merchant.serialNo)
    throw new PayRefusal('SIGN_ERROR', { message: '商户证书序列号有误' });
  const age = Math.abs(now - Number(timestamp) * 1000);
  if (!/^\d+$/.test(timestamp) || age > requestRules.freshnessMs)
    throw new PayRefusal('SIGN_ERROR', {
      message: 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
    });
  const isGenuine = [request.path, request.fullPath].some((path) => {
    const text = [request.method, path + request.search, timestamp, nonce, request.rawBody, ''].join('\n');
    return verify('sha256', Buffer.from(text), merchant.publicKey, Buffer.from(signature, 'base64'));
  });
  if (!isGenuine) throw new PayRefusal('SIGN_ERROR');
}
