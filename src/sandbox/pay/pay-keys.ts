import {
  createCipheriv,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  randomInt,
  sign,
  X509Certificate,
} from 'node:crypto';
import { promisify } from 'node:util';
import { randomText } from '../random-text.js';
import type { CertifiedKey, PayKeys } from './pay-state.js';

const makeKeyPair = promisify(generateKeyPair);
const validityYears = 5;

/** What signs for the platform: the id that `Wechatpay-Serial` names, and the private key, PEM. */
export interface SigningKey {
  serial: string;
  privateKey: string;
}

/**
 * Keys of a new merchant, and of the platform for it. They are as secret as real ones: taken from `node:crypto`.
 * @param platform what the platform's certificate is issued to
 */
export async function makePayKeys(mchId: string, platform: string, now: number): Promise<PayKeys> {
  const [merchant, certified, publicKey] = await Promise.all([
    makeCertifiedKey(mchId, now),
    makeCertifiedKey(platform, now),
    makePrivateKey(),
  ]);
  return {
    merchant,
    apiV3Key: randomText(() => randomInt(2 ** 32) / 2 ** 32, 32),
    publicKey: {
      id: `PUB_KEY_ID_01${mchId}${randomBytes(8).toString('hex').toUpperCase()}`,
      privateKey: publicKey,
    },
    certificates: [certified],
  };
}

/** A key pair of 2048 bits with a certificate made by itself. */
export async function makeCertifiedKey(commonName: string, now: number): Promise<CertifiedKey> {
  // Only where somebody pays: the library is nothing that the product needs at its start.
  const { generate } = await import('selfsigned');
  const notAfterDate = new Date(now);
  notAfterDate.setUTCFullYear(notAfterDate.getUTCFullYear() + validityYears);
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(now),
    notAfterDate,
    extensions: [{ name: 'keyUsage', digitalSignature: true, keyEncipherment: true }],
  });
  return { privateKey: made.private, certificate: made.cert };
}

export async function makePrivateKey(): Promise<string> {
  const { privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The serial number by which requests and answers name a certificate: hexadecimal, upper case. */
export function serialOf(certificate: string): string {
  return new X509Certificate(certificate).serialNumber;
}

export function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}

/** SHA256 with RSA, base64. */
export function signText(privateKey: string, text: string): string {
  return sign('sha256', Buffer.from(text), privateKey).toString('base64');
}

/** AEAD_AES_256_GCM as WeChat Pay writes it: base64 of the ciphertext followed by the tag of 16 bytes. */
export function encryptResource(
  apiV3Key: string,
  plain: string,
  associatedData: string,
): { algorithm: string; nonce: string; associated_data: string; ciphertext: string } {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associatedData));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    nonce,
    associated_data: associatedData,
    ciphertext: sealed.toString('base64'),
  };
}
