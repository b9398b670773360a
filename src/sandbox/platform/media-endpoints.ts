import { readFileParts } from './multipart.js';
import type { PlatformCall, PlatformEndpoint } from './platform-call.js';
import { mediaRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export const mediaEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/media/upload', takesFiles: true, run: upload },
];

/** 40004 unknown kind, 41005 no file, 45001 too large, 40005 a picture that is none. */
function upload(call: PlatformCall): object {
  const kind = call.query.get('type') ?? '';
  if (!isKind(kind)) throw new PlatformRefusal(40004);
  const { contentType = '', bytes = Buffer.alloc(0) } = call.upload ?? {};
  const file = readFileParts(contentType, bytes).find(({ name }) => name === 'media');
  if (!file || file.bytes.length === 0) throw new PlatformRefusal(41005);
  if (file.bytes.length > mediaRules.bytes[kind]) throw new PlatformRefusal(45001);
  const type = typeOf(file.bytes);
  if ((kind === 'image' || kind === 'thumb') && type === null) throw new PlatformRefusal(40005);
  const mediaId = call.platform.media.add(type ?? 'application/octet-stream', file.bytes, call.now);
  return { type: kind, media_id: mediaId, created_at: Math.floor(call.now / 1000) };
}

function isKind(kind: string): kind is keyof typeof mediaRules.bytes {
  return Object.hasOwn(mediaRules.bytes, kind);
}

/** By their first bytes, whatever their names say. */
function typeOf(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 8);
  if (start.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  return /^GIF8[79]a/.test(start) ? 'image/gif' : null;
}
