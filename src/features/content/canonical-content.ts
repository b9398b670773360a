import { createHash } from 'node:crypto';
import type { Content } from '../../dialog/content-model.js';

/**
 * The content in its one order: replies and rules by id. So neither the hash nor the dialog (where the earlier
 * of two equal rules wins) depends on how a clerk spread them over files.
 */
export function canonicalContent(content: Content): Content {
  return { ...content, replies: content.replies.toSorted(byId), rules: content.rules.toSorted(byId) };
}

/** SHA-256, in hex, of what the content says: the name under which it is reviewed, published and compared. */
export function hashContent(content: Content): string {
  return freezeContent(content).hash;
}

/** The content as it is stored, in its one order, with its hash and its size as JSON in bytes. */
export function freezeContent(content: Content): { content: Content; hash: string; bytes: number } {
  const ordered = canonicalContent(content);
  const json = Buffer.from(canonicalJson(ordered));
  return { content: ordered, hash: createHash('sha256').update(json).digest('hex'), bytes: json.length };
}

/** JSON with the keys of every object in code-unit order and without undefined values. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => compare(one, other))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
  return `{${parts.join(',')}}`;
}

function byId(one: { id: string }, other: { id: string }): number {
  return compare(one.id, other.id);
}

/** By code units: the same on every machine, whatever its locale. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
