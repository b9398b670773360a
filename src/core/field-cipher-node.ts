import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { FieldCipher, FieldPlace } from './field-cipher.js';

/** Keys of 32 bytes each. */
export interface FieldKeys {
  /** Seals. */
  key: Buffer;
  /** The key before the last change: what it sealed can still be opened. */
  previousKey?: Buffer;
  /** Makes the digests by which a value is looked up. */
  hashKey: Buffer;
}

/**
 * AES-256-GCM and HMAC-SHA256. A sealed value is `<key id>.<base64url of nonce, ciphertext and tag>`; the id is
 * drawn from the key itself, so that a change of keys needs no other setting. The nonce is random: one key is
 * good for some 2^32 values (NIST SP 800-38D, 8.3).
 */
export class NodeFieldCipher implements FieldCipher {
  readonly #keyId: string;
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #key: Buffer;
  readonly #hashKey: Buffer;

  /** @throws Error if a key has not 32 bytes. */
  constructor({ key, previousKey, hashKey }: FieldKeys) {
    for (const one of [key, previousKey ?? key, hashKey]) {
      if (one.length !== KEY_BYTES)
        throw new Error(`a field key has ${KEY_BYTES} bytes, this one ${one.length}`);
    }
    this.#key = key;
    this.#keyId = idOf(key);
    this.#keys = new Map([key, ...(previousKey ? [previousKey] : [])].map((one) => [idOf(one), one]));
    this.#hashKey = hashKey;
  }

  seal(value: string, place: FieldPlace): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(bindingOf(place));
    const sealed = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.#keyId}.${sealed.toString('base64url')}`;
  }

  open(sealed: string, place: FieldPlace): string | null {
    const [id = '', body = ''] = sealed.split('.');
    const key = this.#keys.get(id);
    const bytes = Buffer.from(body, 'base64url');
    if (key === undefined || bytes.length < NONCE_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(bindingOf(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return (
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    } catch {
      return null;
    }
  }

  hash(value: string, { accountId, field }: Omit<FieldPlace, 'openid'>): string {
    return createHmac('sha256', this.#hashKey)
      .update(JSON.stringify([accountId, field, value]))
      .digest('base64url');
  }
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function idOf(key: Buffer): string {
  return createHash('sha256').update('field-key-id').update(key).digest('hex').slice(0, 8);
}

/** As JSON, so that no two places have one binding. */
function bindingOf({ accountId, openid, field }: FieldPlace): Buffer {
  return Buffer.from(JSON.stringify([accountId, openid, field]));
}
