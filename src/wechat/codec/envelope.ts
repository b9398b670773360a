import { parseBody, type BodyRecord } from './body.js';
import type { Decrypted, KeyRing, MessageCrypto } from './message-crypto.js';
import { ProtocolError } from './protocol-error.js';
import { signParts, verifySignature, type QueryValue } from './signature.js';
import { cdata } from './xml.js';

/** The console's setting for bodies; a reply has the format of the message that it answers. */
export type DataFormat = 'xml' | 'json';

/** The part of the webhook's query string that signs an encrypted body. */
export interface SignedQuery {
  msg_signature?: QueryValue;
  timestamp?: QueryValue;
  nonce?: QueryValue;
}

/**
 * The message inside an encrypted delivery, `{ ToUserName, Encrypt }`: authentic, and meant for this account.
 * @throws ProtocolError `bad_envelope` without cipher text, `bad_signature`, then as MessageCrypto.decrypt does
 */
export function openDelivery(body: BodyRecord, query: SignedQuery, token: string, keys: KeyRing): Decrypted {
  const encrypt = readText(body, 'Encrypt');
  if (!verifySignature([token, query.timestamp, query.nonce, encrypt], query.msg_signature)) {
    throw new ProtocolError('bad_signature', 'msg_signature does not fit the body');
  }
  return keys.decrypt(encrypt);
}

export interface SealOptions {
  token: string;
  /** The key that opened the message answered. */
  crypto: MessageCrypto;
  /** Seconds since the epoch, in digits. */
  timestamp: string;
  nonce: string;
  format?: DataFormat;
}

/** A reply, encrypted, signed and wrapped. The JSON form has lower-case names. Source: WeChat, "消息加解密说明". */
export function sealReply(reply: string, options: SealOptions): string {
  const { token, crypto, timestamp, nonce } = options;
  const encrypt = crypto.encrypt(reply);
  const signature = signParts([token, timestamp, nonce, encrypt]);
  if (options.format === 'json') {
    return JSON.stringify({ encrypt, msgsignature: signature, timestamp: Number(timestamp), nonce });
  }
  return (
    `<xml><Encrypt>${cdata(encrypt)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature>` +
    `<TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`
  );
}

/**
 * What the platform does with a sealed reply, in either format.
 * @throws ProtocolError `bad_xml`, `bad_json`, `bad_envelope`, `bad_signature`, then as MessageCrypto.decrypt does
 */
export function openReply(text: string, token: string, crypto: MessageCrypto): string {
  const body = parseBody(text);
  const encrypt = readText(body, 'Encrypt');
  const parts = [token, readText(body, 'TimeStamp'), readText(body, 'Nonce'), encrypt];
  if (!verifySignature(parts, readText(body, 'MsgSignature'))) {
    throw new ProtocolError('bad_signature', 'the signature of the reply does not fit');
  }
  return crypto.decrypt(encrypt);
}

function readText(body: BodyRecord, name: string): string {
  const value = body[name] ?? body[name.toLowerCase()];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '')
    throw new ProtocolError('bad_envelope', `${name} is missing`);
  return value;
}
