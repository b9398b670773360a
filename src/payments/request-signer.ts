import { createPublicKey, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type WechatPay from 'wechatpay-node-v3';
import type { Clock } from '../core/clock.js';
import type { BridgeParameters } from '../features/orders/payment-gateway-port.js';
import type { Merchant } from './merchant.js';

/** Loaded for the first merchant: it brings an HTTP client along, and most nodes have no merchant. */
function loadLibrary(): typeof WechatPay {
  const library: typeof WechatPay = createRequire(import.meta.url)('wechatpay-node-v3');
  return library;
}

/**
 * Signs as the merchant. Of the library only what signs is used: its requests take nonces from `Math.random`, its
 * decryption leaves out the check of the tag, and its verification knows no 微信支付公钥.
 */
export class RequestSigner {
  readonly #merchant: Merchant;
  readonly #pay: WechatPay;
  readonly #clock: Clock;

  /** @throws Error where the private key cannot be read. */
  constructor(merchant: Merchant, clock: Clock) {
    this.#merchant = merchant;
    this.#clock = clock;
    const Library = loadLibrary();
    this.#pay = new Library({
      appid: merchant.appId,
      mchid: merchant.mchId,
      serial_no: merchant.serialNo,
      // Never used while the serial is given, but the library asks for it.
      publicKey: Buffer.from(
        createPublicKey(merchant.privateKey).export({ type: 'spki', format: 'pem' }).toString(),
      ),
      privateKey: Buffer.from(merchant.privateKey),
    });
  }

  /**
   * The value of `Authorization`.
   * @param target path and query, as sent.
   * @param body exactly as sent; empty for GET.
   */
  authorize(method: 'GET' | 'POST', target: string, body: string): string {
    const nonce = createNonce();
    const timestamp = this.#seconds();
    const signature = this.#pay.getSignature(method, nonce, timestamp, target, body);
    return this.#pay.getAuthorization(nonce, timestamp, signature);
  }

  signBridge(prepayId: string): BridgeParameters {
    const { appId } = this.#merchant;
    const timeStamp = this.#seconds();
    const nonceStr = createNonce();
    const packed = `prepay_id=${prepayId}`;
    const paySign = this.#pay.sha256WithRsa(`${appId}\n${timeStamp}\n${nonceStr}\n${packed}\n`);
    return { appId, timeStamp, nonceStr, package: packed, signType: 'RSA', paySign };
  }

  #seconds(): string {
    return String(Math.floor(this.#clock.now() / 1_000));
  }
}

/** 32 characters, the most that the platform takes. */
function createNonce(): string {
  return randomBytes(16).toString('hex');
}
