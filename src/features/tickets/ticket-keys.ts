import type { FieldCipher } from '../../core/field-cipher.js';
import { OperationalError } from '../../core/errors.js';
import {
  createTicketSigner,
  createTicketVerifier,
  ticketAlgorithm,
  ticketKeySchema,
  type TicketClaim,
  type TicketKey,
  type VerifyTicket,
} from './ticket-qr.js';
import type { StoredTicketKey, TicketKeyStore } from './ticket-store.js';

interface AccountKey {
  publicKey: TicketKey;
  verify: VerifyTicket;
  sign: () => Promise<(claim: TicketClaim) => Promise<string>>;
}

const field = 'tickets.signingKey';

/** Each account signs its tickets with a key of its own, made when it is first needed. */
export class TicketKeys {
  readonly #store: TicketKeyStore;
  readonly #cipher: FieldCipher;
  readonly #keys = new Map<string, Promise<AccountKey>>();

  constructor(store: TicketKeyStore, cipher: FieldCipher) {
    this.#store = store;
    this.#cipher = cipher;
  }

  /** @throws OperationalError `ticket_key_unreadable`: sealed with a field key that is not known any more. */
  async sign(claim: TicketClaim): Promise<string> {
    const { sign } = await this.#keyOf(claim.accountId);
    return (await sign())(claim);
  }

  /** Null for whatever this account has not signed. */
  async verify(accountId: string, text: string): Promise<TicketClaim | null> {
    return (await this.#keyOf(accountId)).verify(text);
  }

  async publicKey(accountId: string): Promise<TicketKey> {
    return (await this.#keyOf(accountId)).publicKey;
  }

  /** The key never changes, so it is read once. */
  #keyOf(accountId: string): Promise<AccountKey> {
    const known = this.#keys.get(accountId);
    if (known) return known;
    const opened = this.#open(accountId);
    this.#keys.set(accountId, opened);
    opened.catch(() => this.#keys.delete(accountId));
    return opened;
  }

  async #open(accountId: string): Promise<AccountKey> {
    const stored =
      (await this.#store.find(accountId)) ?? (await this.#store.keep(await this.#make(accountId)));
    let signer: ReturnType<AccountKey['sign']> | undefined;
    return {
      publicKey: stored.publicKey,
      verify: await createTicketVerifier(accountId, stored.publicKey),
      // Opened when something is to be signed: tickets are let in also where the field key is lost.
      sign: () => (signer ??= this.#openSigner(stored)),
    };
  }

  async #openSigner({ accountId, sealed }: StoredTicketKey) {
    const privateKey = this.#cipher.open(sealed, { accountId, openid: '', field });
    if (privateKey === null)
      throw new OperationalError('ticket_key_unreadable', `the ticket key of ${accountId} cannot be opened`);
    return createTicketSigner(privateKey);
  }

  async #make(accountId: string): Promise<StoredTicketKey> {
    const pair = await crypto.subtle.generateKey(ticketAlgorithm, true, ['sign', 'verify']);
    const publicKey = ticketKeySchema.parse(await crypto.subtle.exportKey('jwk', pair.publicKey));
    const privateKey = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
    return {
      accountId,
      publicKey,
      sealed: this.#cipher.seal(privateKey.toString('base64'), { accountId, openid: '', field }),
    };
  }
}
