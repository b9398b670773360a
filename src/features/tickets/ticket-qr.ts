import { z } from 'zod';

/**
 * The text of a ticket's QR code, `SS1.<payload>.<signature>`, both base64url. The payload is JSON, an array; the
 * signature ECDSA P-256 with SHA-256 over everything before the second dot, as WebCrypto makes it (r and s, 32 bytes
 * each). Of the two signatures that are equally right only the one with the smaller s counts, so that a text has one
 * form. The same code runs on the server and, at a gate without network, in the browser.
 */

const prefix = 'SS1';
const longestText = 600;
export const ticketAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const payloadSchema = z.tuple([
  z.string().min(1).max(64),
  z.string().min(1).max(64),
  z.string().min(1).max(64),
  z.string().min(1).max(64),
]);

export interface TicketClaim {
  accountId: string;
  activityId: string;
  groupId: string;
  ticketId: string;
}

/** The public half of an account's key; its private half seals nothing but tickets. */
export const ticketKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});
export type TicketKey = z.output<typeof ticketKeySchema>;

/** Verifies; told apart from a key only by what it does, so that a test needs none. */
export type VerifyTicket = (text: string) => Promise<TicketClaim | null>;

/** @returns a function that reads a QR code, and gives null for whatever this account has not signed. */
export async function createTicketVerifier(accountId: string, key: TicketKey): Promise<VerifyTicket> {
  const publicKey = await crypto.subtle.importKey('jwk', { ...key }, ticketAlgorithm, false, ['verify']);
  return async (text) => {
    const parts = readParts(text);
    if (!parts || !hasSmallerS(parts.signature)) return null;
    const isOurs = await crypto.subtle.verify(ticketAlgorithm, publicKey, parts.signature, parts.signed);
    return isOurs && parts.claim.accountId === accountId ? parts.claim : null;
  };
}

/** @param privateKey PKCS #8, base64. @returns a function that makes the text of a ticket's QR code. */
export async function createTicketSigner(
  privateKey: string,
): Promise<(claim: TicketClaim) => Promise<string>> {
  const key = await crypto.subtle.importKey('pkcs8', decode(privateKey), ticketAlgorithm, false, ['sign']);
  return async ({ accountId, activityId, groupId, ticketId }) => {
    const payload = JSON.stringify([accountId, activityId, groupId, ticketId]);
    const head = `${prefix}.${encodeUrl(new TextEncoder().encode(payload))}`;
    const made = await crypto.subtle.sign(ticketAlgorithm, key, new TextEncoder().encode(head));
    return `${head}.${encodeUrl(withSmallerS(new Uint8Array(made)))}`;
  };
}

interface Parts {
  claim: TicketClaim;
  signed: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
}

function readParts(text: string): Parts | null {
  if (text.length > longestText) return null;
  const [, head = '', payload = '', sealed = ''] =
    /^(SS1\.([A-Za-z0-9_-]+))\.([A-Za-z0-9_-]{86})$/.exec(text) ?? [];
  if (head === '') return null;
  const signature = decodeUrl(sealed);
  const claim = readPayload(payload);
  return signature?.length === 64 && claim
    ? { claim, signed: new TextEncoder().encode(head), signature }
    : null;
}

function readPayload(payload: string): TicketClaim | null {
  const bytes = decodeUrl(payload);
  if (!bytes) return null;
  const text = new TextDecoder().decode(bytes);
  const read = payloadSchema.safeParse(parseJson(text));
  if (!read.success || JSON.stringify(read.data) !== text) return null;
  const [accountId, activityId, groupId, ticketId] = read.data;
  return { accountId, activityId, groupId, ticketId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** SEC 2, 2.4.2: the order of the curve's base point. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function sOf(signature: Uint8Array): bigint {
  return signature.subarray(32).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function hasSmallerS(signature: Uint8Array): boolean {
  return sOf(signature) <= order >> 1n;
}

function withSmallerS(signature: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (hasSmallerS(signature)) return signature;
  const hex = (order - sOf(signature)).toString(16).padStart(64, '0');
  const s = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const made = Uint8Array.from(signature);
  made.set(s, 32);
  return made;
}

function encodeUrl(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Null where these bytes would be written otherwise. */
function decodeUrl(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 === 1) return null;
  const bytes = decode(text.replaceAll('-', '+').replaceAll('_', '/'));
  return encodeUrl(bytes) === text ? bytes : null;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
