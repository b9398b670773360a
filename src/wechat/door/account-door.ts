import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { WechatAccount } from '../account.js';
import { parseBody, type BodyRecord } from '../codec/body.js';
import { openDelivery, sealReply, type DataFormat } from '../codec/envelope.js';
import { KeyRing } from '../codec/message-crypto.js';
import { ProtocolError } from '../codec/protocol-error.js';
import { verifySignature, type QueryValue } from '../codec/signature.js';
import { ReplayGuard } from './replay-guard.js';

export type WebhookQuery = Readonly<Record<string, QueryValue>>;

/** A delivery that is proven to come from the platform and to be meant for this account. */
export interface Admitted {
  record: BodyRecord;
  format: DataFormat;
  /** Puts a reply into the form that the account's mode asks for. */
  seal: (reply: string) => string;
}

/**
 * Decides what comes in for one account. Stricter than the protocol: a query must be signed, fresh and used for one
 * body only.
 */
export class AccountDoor {
  readonly #account: WechatAccount;
  readonly #clock: Clock;
  readonly #freshnessSeconds: number;
  readonly #keys: KeyRing | null;
  readonly #replays: ReplayGuard;

  /** @throws ProtocolError `bad_aes_key` where the account's mode needs a key and there is none that can be one. */
  constructor(account: WechatAccount, clock: Clock, freshnessSeconds: number) {
    this.#account = account;
    this.#clock = clock;
    this.#freshnessSeconds = freshnessSeconds;
    this.#keys =
      account.messageMode === 'plain'
        ? null
        : new KeyRing({
            appId: account.appId,
            aesKey: account.aesKey ?? '',
            previousAesKey: account.previousAesKey,
          });
    this.#replays = new ReplayGuard(freshnessSeconds);
  }

  /**
   * The query is signed with the account's token, a short time ago. In every mode, before the body is read.
   * @throws ProtocolError `bad_signature`, `stale`
   */
  checkQuery(query: WebhookQuery): void {
    const { signature, timestamp, nonce } = query;
    if (!verifySignature([this.#account.token, timestamp, nonce], signature)) {
      throw new ProtocolError('bad_signature', 'the query is not signed with the token of this account');
    }
    const age = this.#clock.now() / 1000 - Number(timestamp);
    if (!(Math.abs(age) <= this.#freshnessSeconds)) {
      throw new ProtocolError('stale', `signed ${Math.round(age)} seconds ago`);
    }
  }

  /**
   * What the body says. In compat and safe mode only the encrypted part counts: the plain fields beside it, and
   * a body without it, prove nothing.
   * @throws ProtocolError saying what is wrong with the body
   */
  openBody(body: string, query: WebhookQuery): Admitted {
    const format = body.trimStart().startsWith('{') ? 'json' : 'xml';
    if (!this.#keys) {
      if (!this.#replays.admit(String(query['signature']), body)) {
        throw new ProtocolError('replayed', 'another body has come under this signature');
      }
      return { record: parseBody(body), format, seal: (reply) => reply };
    }
    const { plain, crypto } = openDelivery(parseBody(body), query, this.#account.token, this.#keys);
    return {
      record: parseBody(plain),
      format,
      seal: (reply) =>
        sealReply(reply, {
          token: this.#account.token,
          crypto,
          timestamp: String(Math.floor(this.#clock.now() / 1000)),
          nonce: randomBytes(8).toString('hex'),
          format,
        }),
    };
  }
}
