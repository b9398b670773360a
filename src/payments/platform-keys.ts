import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../core/clock.js';
import type { Merchant } from './merchant.js';
import { certificateRefreshMs } from './pay-limits.js';

export interface PlatformKeyOptions {
  publicKey?: Merchant['platformPublicKey'];
  /** Asks the platform for its certificates: their public keys by serial. Rejects where it gets no answer. */
  loadCertificates: () => Promise<ReadonlyMap<string, KeyObject>>;
  clock: Clock;
}

/** Serials of 微信支付公钥 begin with this; no certificate's does. */
const publicKeyPrefix = 'PUB_KEY_ID_';

/**
 * The keys that the platform signs with for one merchant, by `Wechatpay-Serial`: 微信支付公钥, which is configured, and
 * platform certificates, which are fetched. While a merchant changes from one to the other (up to seven days) both are
 * in use.
 */
export class PlatformKeys {
  readonly #options: PlatformKeyOptions;
  readonly #configured: ReadonlyMap<string, KeyObject>;
  #certificates: ReadonlyMap<string, KeyObject> = new Map();
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;

  /** @throws Error where the configured key is no public key. */
  constructor(options: PlatformKeyOptions) {
    const { publicKey } = options;
    this.#options = options;
    this.#configured = new Map(publicKey ? [[publicKey.id, createPublicKey(publicKey.pem)]] : []);
  }

  findConfigured(serial: string): KeyObject | undefined {
    return this.#configured.get(serial);
  }

  /** An unknown serial is looked for among fresh certificates, at most once a minute. */
  async find(serial: string): Promise<KeyObject | undefined> {
    const known = this.findConfigured(serial) ?? this.#certificates.get(serial);
    if (known || serial === '' || serial.startsWith(publicKeyPrefix)) return known;
    await this.#refresh();
    return this.#certificates.get(serial);
  }

  async #refresh(): Promise<void> {
    const now = this.#options.clock.now();
    if (!this.#asking && now - this.#askedAt >= certificateRefreshMs) {
      this.#askedAt = now;
      this.#asking = this.#load().finally(() => (this.#asking = null));
    }
    await this.#asking;
  }

  async #load(): Promise<void> {
    try {
      this.#certificates = await this.#options.loadCertificates();
    } catch {
      // The serial stays unknown, which is said; the certificates that are there go on counting.
    }
  }
}
