import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { ProtocolError } from './protocol-error.js';

const algorithm = 'aes-256-cbc';
/** WeChat pads to 32 bytes, not to the 16 of AES: a library's own padding would refuse half of all messages. */
const paddingBlock = 32;
const randomLength = 16;
const headLength = randomLength + 4;

/**
 * Encryption of message bodies with one EncodingAESKey for one app id.
 * The clear bytes are: 16 random bytes, the message's length (uint32, big-endian), the message in UTF-8, the app id.
 * Source: WeChat, "消息加解密说明".
 */
export class MessageCrypto {
  readonly #appId: Buffer;
  readonly #key: KeyObject;
  readonly #iv: Buffer;

  /** @throws ProtocolError `bad_aes_key` unless `aesKey` is 43 letters and digits. */
  constructor(aesKey: string, appId: string) {
    if (!/^[A-Za-z0-9]{43}$/.test(aesKey)) {
      throw new ProtocolError('bad_aes_key', 'an EncodingAESKey is 43 letters and digits');
    }
    const bytes = Buffer.from(`${aesKey}=`, 'base64');
    this.#key = createSecretKey(bytes);
    this.#iv = bytes.subarray(0, 16);
    this.#appId = Buffer.from(appId);
  }

  /** The cipher text in base64. `random` is for known-answer tests only. */
  encrypt(plain: string, random: Buffer = randomBytes(randomLength)): string {
    const message = Buffer.from(plain);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(message.length);
    const clear = pad(Buffer.concat([random, length, message, this.#appId]));
    const cipher = createCipheriv(algorithm, this.#key, this.#iv).setAutoPadding(false);
    return Buffer.concat([cipher.update(clear), cipher.final()]).toString('base64');
  }

  /**
   * The message inside `cipherText`. Verify its `msg_signature` first: only that authenticates it.
   * @throws ProtocolError, by the first check that fails: `bad_base64`, `bad_block_size`, `bad_padding`,
   * `bad_length`, `app_id_mismatch`.
   */
  decrypt(cipherText: string): string {
    const encrypted = decodeBase64(cipherText);
    if (encrypted.length === 0 || encrypted.length % paddingBlock !== 0) {
      throw new ProtocolError('bad_block_size', `the cipher text is not a multiple of ${paddingBlock} bytes`);
    }
    const decipher = createDecipheriv(algorithm, this.#key, this.#iv).setAutoPadding(false);
    const clear = unpad(Buffer.concat([decipher.update(encrypted), decipher.final()]));
    if (clear.length < headLength) throw new ProtocolError('bad_length', 'too short to hold a message');
    const end = headLength + clear.readUInt32BE(randomLength);
    if (end > clear.length) throw new ProtocolError('bad_length', 'the message is longer than its container');
    if (!clear.subarray(end).equals(this.#appId)) {
      throw new ProtocolError('app_id_mismatch', 'the message was encrypted for another app id');
    }
    return clear.toString('utf8', headLength, end);
  }
}

export interface Decrypted {
  plain: string;
  /** The key that fitted; a reply must be encrypted with the same. */
  crypto: MessageCrypto;
  key: 'current' | 'previous';
}

/**
 * The account's key and the one before it: after a change in the console the platform goes on using the old key
 * for messages under way. Source: WeChat, "消息加解密说明", FAQ.
 */
export class KeyRing {
  readonly #current: MessageCrypto;
  readonly #previous: MessageCrypto | undefined;

  /** @throws ProtocolError `bad_aes_key` for a key that cannot be one. */
  constructor(keys: { appId: string; aesKey: string; previousAesKey?: string | undefined }) {
    this.#current = new MessageCrypto(keys.aesKey, keys.appId);
    this.#previous = keys.previousAesKey ? new MessageCrypto(keys.previousAesKey, keys.appId) : undefined;
  }

  /** The key for what answers no message. */
  get current(): MessageCrypto {
    return this.#current;
  }

  /** @throws ProtocolError of the current key when no key fits; see MessageCrypto.decrypt. */
  decrypt(cipherText: string): Decrypted {
    try {
      return { plain: this.#current.decrypt(cipherText), crypto: this.#current, key: 'current' };
    } catch (error) {
      const previous = this.#previous && tryDecrypt(this.#previous, cipherText);
      if (!previous) throw error;
      return previous;
    }
  }
}

function tryDecrypt(crypto: MessageCrypto, cipherText: string): Decrypted | undefined {
  try {
    return { plain: crypto.decrypt(cipherText), crypto, key: 'previous' };
  } catch {
    return undefined;
  }
}

function decodeBase64(text: string): Buffer {
  // Node's decoder skips what it does not know, so it has to be refused beforehand.
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new ProtocolError('bad_base64', 'the cipher text is not base64');
  }
  return Buffer.from(text, 'base64');
}

/** PKCS #7; a whole block where nothing is missing. */
function pad(bytes: Buffer): Buffer {
  const missing = paddingBlock - (bytes.length % paddingBlock);
  return Buffer.concat([bytes, Buffer.alloc(missing, missing)]);
}

function unpad(bytes: Buffer): Buffer {
  const padding = bytes.at(-1) ?? 0;
  const end = bytes.length - padding;
  if (padding < 1 || padding > paddingBlock || !bytes.subarray(end).every((byte) => byte === padding)) {
    throw new ProtocolError('bad_padding', 'the padding is wrong: another key, or damaged bytes');
  }
  return bytes.subarray(0, end);
}
