/** The merchant's side of WeChat Pay, written for the tests apart from `payments/`. */
import { createDecipheriv, createSign, createVerify, X509Certificate } from 'node:crypto';
import type { SandboxMerchant } from '../../../src/sandbox/pay/pay-desk.js';

export function authorizationOf(
  { mchId, serialNo, privateKey }: Pick<SandboxMerchant, 'mchId' | 'serialNo' | 'privateKey'>,
  request: { method: string; target: string; body: string; now: number },
): string {
  const { method, target, body, now } = request;
  const timestamp = String(Math.floor(now / 1000));
  const nonce = 'NONCE0123456789';
  const signature = createSign('RSA-SHA256')
    .update(`${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`)
    .sign(privateKey, 'base64');
  const fields = { mchid: mchId, nonce_str: nonce, timestamp, serial_no: serialNo, signature };
  const written = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${written.join(',')}`;
}

export function paySignOf(
  { appId, privateKey }: Pick<SandboxMerchant, 'appId' | 'privateKey'>,
  prepayId: string,
  now: number,
): Record<string, string> {
  const timeStamp = String(Math.floor(now / 1000));
  const prepaid = `prepay_id=${prepayId}`;
  const paySign = createSign('RSA-SHA256')
    .update(`${appId}\n${timeStamp}\nNONCE\n${prepaid}\n`)
    .sign(privateKey, 'base64');
  return { appId, timeStamp, nonceStr: 'NONCE', package: prepaid, signType: 'RSA', paySign };
}

/** Whether the seal of an answer or callback was made with the key, PEM: a public key or a certificate. */
export function isSealedBy(key: string, headers: Record<string, string>, body: string): boolean {
  const text = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${body}\n`;
  const publicKey = key.includes('CERTIFICATE') ? new X509Certificate(key).publicKey : key;
  return createVerify('RSA-SHA256')
    .update(text)
    .verify(publicKey, headers['wechatpay-signature'] ?? '', 'base64');
}

/** @throws Error when the tag does not fit. */
export function openResource(
  apiV3Key: string,
  resource: { ciphertext: string; nonce: string; associated_data: string },
): string {
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce);
  decipher.setAAD(Buffer.from(resource.associated_data));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return decipher.update(bytes.subarray(0, bytes.length - 16), undefined, 'utf8') + decipher.final('utf8');
}
