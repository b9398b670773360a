import {
  createCipheriv,
  createSign,
  createVerify,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import { generate } from 'selfsigned';
import type { Merchant } from '../../src/payments/merchant.js';
import type { PayAnswer, PayHttp, PayRequest } from '../../src/payments/pay-http.js';

export interface SigningKey {
  serial: string;
  privateKey: string;
  /** Of a platform certificate; 微信支付公钥 has none. */
  certificate?: string;
}

type Answer = { status?: number; body?: unknown; text?: string };

/** WeChat Pay as far as one merchant sees it, with keys of its own; answers as it is told to. */
export class PayPlatform {
  readonly merchant: Merchant;
  readonly requests: PayRequest[] = [];
  /** What answers are signed with. */
  signer: SigningKey;
  /** What `/v3/certificates` answers. */
  certificates: SigningKey[];
  readonly publicKey: SigningKey;
  readonly #merchantPublicKey: KeyObject;
  readonly #now: () => number;
  readonly #answers = new Map<string, (request: PayRequest) => Answer>();

  constructor(now: () => number, certificate: SigningKey, overrides: Partial<Merchant> = {}) {
    const { own, platform } = (keyPairs ??= { own: makeKeyPair(), platform: makeKeyPair() });
    this.#now = now;
    this.#merchantPublicKey = own.publicKey;
    this.publicKey = { serial: 'PUB_KEY_ID_0100000001', privateKey: toPem(platform.privateKey) };
    this.certificates = [certificate];
    this.signer = certificate;
    this.merchant = {
      accountId: 'pingan-meizhou',
      appId: 'wx0123456789abcdef',
      mchId: '1900000001',
      serialNo: '3775B6A45ACD588826D15E583A95F5DD00000001',
      privateKey: toPem(own.privateKey),
      apiV3Key: randomBytes(16).toString('hex'),
      platformPublicKey: {
        id: this.publicKey.serial,
        pem: platform.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      },
      notifyBaseUrl: 'https://example.gov.cn',
      ...overrides,
    };
  }

  /** @param target `GET /v3/…`, without the query. */
  answer(target: string, how: Answer | ((request: PayRequest) => Answer)): void {
    this.#answers.set(target, typeof how === 'function' ? how : () => how);
  }

  readonly http: PayHttp = async (request) => {
    this.requests.push(request);
    const { method, url } = request;
    const { pathname, search } = new URL(url);
    if (!this.#isSigned(request, `${pathname}${search}`))
      return { kind: 'answer', ...this.#signed(401, '{"code":"SIGN_ERROR"}') };
    const answer =
      pathname === '/v3/certificates'
        ? { body: { data: this.certificates.map((key) => this.#sealCertificate(key)) } }
        : this.#answers.get(`${method} ${pathname}`)?.(request);
    if (!answer) throw new Error(`nobody said what ${method} ${pathname} answers`);
    const { status = 200, body, text } = answer;
    return {
      kind: 'answer',
      ...this.#signed(status, text ?? (body === undefined ? '' : JSON.stringify(body))),
    };
  };

  /** A callback as it arrives at our door. */
  callback(
    eventType: string,
    resource: object,
    overrides: { key?: SigningKey; timestamp?: number; id?: string } = {},
  ): { headers: Record<string, string>; rawBody: string } {
    const rawBody = JSON.stringify({
      id: overrides.id ?? randomBytes(8).toString('hex'),
      create_time: '2026-11-23T12:00:00+08:00',
      resource_type: 'encrypt-resource',
      event_type: eventType,
      summary: '支付成功',
      resource: this.seal(JSON.stringify(resource), 'transaction'),
    });
    return {
      headers: this.sign(rawBody, overrides.key ?? this.signer, overrides.timestamp),
      rawBody,
    };
  }

  seal(text: string, associatedData: string) {
    const nonce = randomBytes(6).toString('hex');
    const cipher = createCipheriv('aes-256-gcm', this.merchant.apiV3Key, nonce);
    cipher.setAAD(Buffer.from(associatedData));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: sealed.toString('base64'),
      associated_data: associatedData,
      nonce,
    };
  }

  sign(
    rawBody: string,
    key: SigningKey,
    timestamp = Math.floor(this.#now() / 1_000),
  ): Record<string, string> {
    const nonce = randomBytes(16).toString('hex');
    const signature = createSign('RSA-SHA256')
      .update(`${timestamp}\n${nonce}\n${rawBody}\n`)
      .sign(key.privateKey, 'base64');
    return {
      'wechatpay-timestamp': String(timestamp),
      'wechatpay-nonce': nonce,
      'wechatpay-serial': key.serial,
      'wechatpay-signature': signature,
    };
  }

  /** As the platform verifies `Authorization`, and paySign. */
  isByMerchant(message: string, signature: string): boolean {
    return createVerify('RSA-SHA256').update(message).verify(this.#merchantPublicKey, signature, 'base64');
  }

  #isSigned({ method, headers, body }: PayRequest, target: string): boolean {
    const fields = new Map(
      [...(headers['authorization'] ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    const message = `${method}\n${target}\n${fields.get('timestamp')}\n${fields.get('nonce_str')}\n${body}\n`;
    return (
      headers['authorization']?.startsWith('WECHATPAY2-SHA256-RSA2048 ') === true &&
      fields.get('mchid') === this.merchant.mchId &&
      fields.get('serial_no') === this.merchant.serialNo &&
      this.isByMerchant(message, fields.get('signature') ?? '')
    );
  }

  #signed(status: number, rawBody: string): PayAnswer {
    return { status, rawBody, headers: this.sign(rawBody, this.signer) };
  }

  #sealCertificate({ serial, certificate = '' }: SigningKey) {
    return {
      serial_no: serial,
      effective_time: '2026-01-01T00:00:00+08:00',
      expire_time: '2031-01-01T00:00:00+08:00',
      encrypt_certificate: this.seal(certificate, 'certificate'),
    };
  }
}

/** Made once for all platforms of a test file: it takes long. */
let keyPairs: Record<'own' | 'platform', KeyPairKeyObjectResult> | undefined;

function makeKeyPair(): KeyPairKeyObjectResult {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** A platform certificate with its key. */
export async function buildCertificate(serial: string): Promise<SigningKey> {
  const { cert, private: privateKey } = await generate([{ name: 'commonName', value: 'Tenpay.com' }], {
    keySize: 2048,
  });
  return { serial, privateKey, certificate: cert };
}

function toPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
