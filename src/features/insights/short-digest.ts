import { createHash } from 'node:crypto';

/** Short enough to type, and too long to meet by chance. */
export function shortDigest(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

/** A citizen within a group of questions: the same one has the same there, and another elsewhere. */
export function askerDigest(groupId: string, openid: string): string {
  return shortDigest(groupId, openid);
}
