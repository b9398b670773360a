import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ownCopy } from '../../core/own-copy.js';

/** Requests remembered per process: a minute of a very busy account, a few megabytes. */
const remembered = 20_000;

/**
 * In plain mode the signature does not cover the body, so that whoever has seen one valid query string could send
 * any body under it. The platform never uses a query twice for two bodies: the first body seen under a query is
 * the only one admitted under it. Each process remembers for itself; only encryption protects in full.
 */
export class ReplayGuard {
  readonly #bodies: LRUCache<string, string>;

  constructor(freshnessSeconds: number) {
    this.#bodies = new LRUCache({ max: remembered, ttl: freshnessSeconds * 1000 });
  }

  /** False when another body has come under this signature. */
  admit(signature: string, body: string): boolean {
    const digest = hash('sha1', body, 'base64');
    const before = this.#bodies.get(signature);
    if (before !== undefined) return before === digest;
    this.#bodies.set(ownCopy(signature), digest);
    return true;
  }
}
