import { createHash } from 'node:crypto';
import { z } from 'zod';
import { createBreather } from '../../../core/breather.js';
import { canonicalJson } from '../../../core/canonical-json.js';
import { OperationalError } from '../../../core/errors.js';
import { runGently } from '../../../core/run-gently.js';
import { sortInSlices } from '../../../core/sort-in-slices.js';
import type { Content } from '../../../dialog/content-model.js';
import { contentItemSchema, itemKinds, type ContentItem, type ItemRef } from './content-item.js';
import { contentToItems, itemsToContentInSlices } from './content-items.js';

/**
 * Content as it is reviewed, published and kept: one line for each item, in their one order. The hash is its name.
 * It depends on what the content says and on nothing else, not on the order in which it was written.
 */
export interface FrozenContent {
  /** SHA-256 of the lines, each ended by a line feed, in hex. */
  hash: string;
  /** UTF-8. */
  bytes: number;
  /** Canonical JSON: `[kind, id, value]`, sorted by code units. */
  lines: readonly string[];
}

/** An item as it was written, maybe under an older schema. */
export interface FrozenItem extends ItemRef {
  value: z.core.util.JSONType;
}

/** Freezes content a few milliseconds at a time; messages flow meanwhile. */
export async function freezeContent(content: Content): Promise<FrozenContent> {
  return freezeItems(contentToItems(content));
}

export async function freezeItems(items: Iterable<ContentItem>): Promise<FrozenContent> {
  const breathe = createBreather();
  const unsorted: string[] = [];
  for (const { kind, id, value } of items) {
    unsorted.push(canonicalJson([kind, id, value]));
    await breathe();
  }
  const lines = await runGently(sortInSlices(unsorted));
  return { ...(await digestLines(lines)), lines };
}

async function digestLines(lines: readonly string[]): Promise<Pick<FrozenContent, 'hash' | 'bytes'>> {
  const breathe = createBreather();
  const hash = createHash('sha256');
  let bytes = 0;
  // Some at a time: each update is a call out of JavaScript.
  for (let from = 0; from < lines.length; from += DIGESTED_LINES) {
    const text = Buffer.from(`${lines.slice(from, from + DIGESTED_LINES).join('\n')}\n`);
    hash.update(text);
    bytes += text.length;
    await breathe();
  }
  return { hash: hash.digest('hex'), bytes };
}

const DIGESTED_LINES = 200;

/** In bytes of UTF-8, as `FrozenContent` counts them. */
export function sizeOf(lines: readonly string[]): number {
  return lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);
}

/**
 * The content that was frozen under a hash, read a few milliseconds at a time.
 *
 * @throws OperationalError `stored_content_unreadable` when lines are missing or altered, or were written under
 *   another schema.
 */
export async function thawContent(lines: readonly string[], hash: string): Promise<Content> {
  if ((await digestLines(lines)).hash !== hash) throw unreadable(hash, 'its lines do not have this hash');
  const breathe = createBreather();
  const items: ContentItem[] = [];
  for (const line of lines) {
    const [kind, id, value] = frameSchema.parse(JSON.parse(line));
    const parsed = contentItemSchema.safeParse({ kind, id, value });
    if (!parsed.success) throw unreadable(hash, `${line.slice(0, 80)} does not fit the schema`);
    items.push(parsed.data);
    await breathe();
  }
  return runGently(itemsToContentInSlices(items));
}

/** Much faster than `lineSchema`, for what is checked against its own schema anyway. */
const frameSchema = z.tuple([z.unknown(), z.unknown(), z.unknown()]);
const lineSchema = z.tuple([z.enum(itemKinds), z.string(), z.json()]);

/** The item on a line. */
export function readLine(line: string): FrozenItem {
  const [kind, id, value] = lineSchema.parse(JSON.parse(line));
  return { kind, id, value };
}

function unreadable(hash: string, reason: string): OperationalError {
  return new OperationalError('stored_content_unreadable', `content ${hash}: ${reason}`, {
    details: { hash },
  });
}
