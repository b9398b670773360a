import { OperationalError } from '../../core/errors.js';
import type { Content } from '../../dialog/content-model.js';
import { thawContent, type FrozenContent } from './items/frozen-content.js';

/** Frozen content by its hash: what releases, submissions and snapshots name. Written once, never changed. */
export interface FrozenContentStore {
  /** Keeps it, under its hash; again and again has the effect of once. */
  keep(accountId: string, frozen: FrozenContent): Promise<void>;
  /** Its lines, in order; null: there are none under this hash. */
  findLines(accountId: string, hash: string): Promise<string[] | null>;
}

/** @throws OperationalError `stored_content_unreadable` */
export async function loadLines(
  store: FrozenContentStore,
  accountId: string,
  hash: string,
): Promise<readonly string[]> {
  const lines = await store.findLines(accountId, hash);
  if (lines) return lines;
  throw new OperationalError('stored_content_unreadable', `content ${hash} of ${accountId} is not there`, {
    details: { accountId, hash },
  });
}

/** @throws OperationalError `stored_content_unreadable` */
export async function loadContent(
  store: FrozenContentStore,
  accountId: string,
  hash: string,
): Promise<Content> {
  return thawContent(await loadLines(store, accountId, hash), hash);
}
