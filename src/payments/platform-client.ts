import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../core/clock.js';
import { UserError } from '../core/errors.js';
import type { GatewayTrouble } from '../features/orders/payment-gateway-port.js';
import { wechatPayBase, type Merchant } from './merchant.js';
import { openResource, sealedResourceSchema } from './open-resource.js';
import type { NoAnswer, PayAnswer, PayHttp } from './pay-http.js';
import { PlatformKeys } from './platform-keys.js';
import { RequestSigner } from './request-signer.js';
import { checkSignature } from './signature-check.js';

/** What the platform answered; proven to be its own words. */
export type Reply =
  | { kind: 'done'; body: unknown }
  /** 4xx: nothing was done. `code` is the platform's. */
  | { kind: 'declined'; code: string };

const certificatesTarget = '/v3/certificates';
const errorSchema = z.object({ code: z.string() });
const certificatesSchema = z.object({
  data: z.array(z.object({ serial_no: z.string(), encrypt_certificate: sealedResourceSchema })),
});

/** Speaks to the platform as one merchant: signs what is asked, and believes only answers that are signed. */
export class PlatformClient {
  readonly keys: PlatformKeys;
  readonly signer: RequestSigner;
  readonly #merchant: Merchant;
  readonly #base: string;
  readonly #http: PayHttp;
  readonly #clock: Clock;

  /** @throws Error where one of the merchant's keys cannot be read. */
  constructor(merchant: Merchant, parts: { http: PayHttp; clock: Clock }) {
    this.#merchant = merchant;
    this.#base = merchant.apiBase ?? wechatPayBase;
    this.#http = parts.http;
    this.#clock = parts.clock;
    this.signer = new RequestSigner(merchant, parts.clock);
    this.keys = new PlatformKeys({
      ...(merchant.platformPublicKey && { publicKey: merchant.platformPublicKey }),
      loadCertificates: () => this.#loadCertificates(),
      clock: parts.clock,
    });
  }

  /** @param target path and query. */
  async call(method: 'GET' | 'POST', target: string, content?: object): Promise<Reply | GatewayTrouble> {
    const answer = await this.#send(method, target, content);
    if (answer.kind === 'no_answer') return trouble(answer.reason, answer.wasDone);
    const code = codeOf(answer);
    const doubt = await this.#doubtOf(answer);
    if (doubt !== null) return trouble(`${doubt} under HTTP ${answer.status} ${code}`.trim(), 'maybe');
    if (answer.status >= 500) return trouble(code, 'maybe');
    if (answer.status === 429) return trouble(code, 'no');
    if (answer.status >= 400) return { kind: 'declined', code };
    const body = answer.rawBody === '' ? {} : parseJson(answer.rawBody);
    return body === undefined ? trouble('bad_answer', 'maybe') : { kind: 'done', body };
  }

  /**
   * A file that an answer has named. Its bytes are not signed; the answer's hash stands for them.
   * @param sha1 in hex.
   */
  async download(url: string, sha1: string): Promise<{ kind: 'file'; text: string } | GatewayTrouble> {
    // The signature is for the platform alone.
    if (!url.startsWith(`${this.#base}/`)) return trouble('download_elsewhere', 'no');
    const answer = await this.#send('GET', url.slice(this.#base.length));
    if (answer.kind === 'no_answer') return trouble(answer.reason, 'no');
    if (answer.status !== 200) return trouble(codeOf(answer), 'no');
    const digest = createHash('sha1').update(answer.rawBody).digest('hex');
    return digest === sha1.toLowerCase()
      ? { kind: 'file', text: answer.rawBody }
      : trouble('bad_download', 'no');
  }

  async #send(
    method: 'GET' | 'POST',
    target: string,
    content?: object,
  ): Promise<({ kind: 'answer' } & PayAnswer) | NoAnswer> {
    const body = content === undefined ? '' : JSON.stringify(content);
    return this.#http({
      method,
      url: `${this.#base}${target}`,
      headers: {
        accept: 'application/json',
        authorization: this.signer.authorize(method, target, body),
        // The platform refuses requests that do not name their program.
        'user-agent': 'suishen',
        ...(body !== '' && { 'content-type': 'application/json' }),
        ...(this.#merchant.platformPublicKey && { 'wechatpay-serial': this.#merchant.platformPublicKey.id }),
      },
      body,
    });
  }

  /** The refusal's code where the answer is not proven to be the platform's. */
  async #doubtOf(answer: PayAnswer): Promise<string | null> {
    try {
      await checkSignature(answer, this.keys, this.#clock.now());
      return null;
    } catch (error) {
      if (error instanceof UserError) return error.code;
      throw error;
    }
  }

  /** The answer is signed with one of the certificates that it brings; what they are sealed with proves them. */
  async #loadCertificates(): Promise<ReadonlyMap<string, KeyObject>> {
    const answer = await this.#send('GET', certificatesTarget);
    if (answer.kind === 'no_answer' || answer.status !== 200) throw new Error('no certificates');
    const { data } = certificatesSchema.parse(parseJson(answer.rawBody));
    const certificates = new Map(
      data.map(({ serial_no, encrypt_certificate }) => [
        serial_no,
        new X509Certificate(openResource(encrypt_certificate, this.#merchant.apiV3Key)).publicKey,
      ]),
    );
    const keys = {
      find: async (serial: string) => certificates.get(serial) ?? this.keys.findConfigured(serial),
    };
    await checkSignature(answer, keys, this.#clock.now());
    return certificates;
  }
}

export function trouble(reason: string, wasDone: GatewayTrouble['wasDone']): GatewayTrouble {
  return { kind: 'trouble', reason, wasDone };
}

function codeOf({ rawBody, status }: PayAnswer): string {
  const read = errorSchema.safeParse(parseJson(rawBody));
  return read.success ? read.data.code : `HTTP_${status}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
