import { createHash } from 'node:crypto';
import type { PayConduct } from '../../api-types/sandbox.js';
import type { WorldAccount } from '../world.js';
import { PayBook } from './pay-book.js';
import { publicKeyOf, serialOf, type SigningKey } from './pay-keys.js';
import type { PayState } from './pay-state.js';

/** One account's merchant at WeChat Pay: its keys, its book, and which key signs next. */
export class PayMerchant {
  readonly mchId: string;
  readonly appId: string;
  readonly serialNo: string;
  /** Its requests are verified with it, PEM. */
  readonly publicKey: string;
  readonly book: PayBook;
  #signed = 0;

  constructor(
    readonly account: WorldAccount,
    readonly state: PayState,
    random: () => number,
  ) {
    this.mchId = mchIdOf(account.account.accountId);
    this.appId = account.account.appId;
    this.serialNo = serialOf(state.keys.merchant.certificate);
    this.publicKey = publicKeyOf(state.keys.merchant.privateKey);
    this.book = new PayBook(state, random);
  }

  get accountId(): string {
    return this.account.account.accountId;
  }

  get conduct(): PayConduct {
    return this.account.misbehaviour.pay;
  }

  /** @param wanted the serial number that a request asks to be answered with. */
  signingKey(wanted?: string): SigningKey {
    const { publicKey, certificates } = this.state.keys;
    const byPublicKey = { serial: publicKey.id, privateKey: publicKey.privateKey };
    const byCertificate = certificates.map(({ certificate, privateKey }) => ({
      serial: serialOf(certificate),
      privateKey,
    }));
    const asked = [byPublicKey, ...byCertificate].find(({ serial }) => serial === wanted);
    if (asked) return asked;
    this.#signed += 1;
    const { key } = this.conduct;
    const newest = byCertificate.at(-1) ?? byPublicKey;
    return key === 'certificate' || (key === 'mixed' && this.#signed % 2 === 0) ? newest : byPublicKey;
  }
}

/** Ten digits, the same after every start. */
export function mchIdOf(accountId: string): string {
  const digest = createHash('sha256').update(accountId).digest().readUInt32BE(0);
  return `19${String(digest % 100_000_000).padStart(8, '0')}`;
}
