import { z } from 'zod';
import { describeError } from '../../core/errors.js';
import type { KeyValueStore } from '../../core/key-value-store.js';
import type { Logger } from '../../observability/logger.js';
import type { WechatAccount } from '../account.js';
import { tokenLimits } from './limits.js';

const heldTokenSchema = z.object({ token: z.string().min(1), refreshAt: z.number(), expiresAt: z.number() });

/** An access token; times are milliseconds since the epoch, UTC. */
export type HeldToken = z.infer<typeof heldTokenSchema>;

export type ReleaseLock = () => Promise<void>;

/**
 * A lock holder that has died holds up the others this long, and only if they have no valid token left.
 * A fetch that takes longer than this meets another one, which is harmless: both get the same token.
 */
export const lockLeaseMs = 20_000;

/**
 * The place where the nodes share one account's token, with the lock that lets one of them fetch it.
 * A store that fails is logged and otherwise does as if it were empty and free: messages go out without it.
 */
export class SharedToken {
  readonly #store: KeyValueStore;
  readonly #logger: Logger;
  readonly #newId: () => string;
  readonly #account: string;
  readonly #key: string;

  constructor(store: KeyValueStore, account: WechatAccount, logger: Logger, newId: () => string) {
    this.#store = store;
    this.#logger = logger;
    this.#newId = newId;
    this.#account = account.accountId;
    // With the app id: an account that was moved to another one must not use the old one's token.
    this.#key = `wechat-token:${account.accountId}:${account.appId}`;
  }

  async read(): Promise<HeldToken | undefined> {
    const text = await this.#orElse(undefined, () => this.#store.get(this.#key));
    return text === undefined ? undefined : parseHeldToken(text);
  }

  async write(held: HeldToken, ttlMs: number): Promise<void> {
    await this.#orElse(undefined, () => this.#store.set(this.#key, JSON.stringify(held), ttlMs));
  }

  /** undefined: another node holds the lock. */
  async lock(): Promise<ReleaseLock | undefined> {
    const key = `${this.#key}:lock`;
    const owner = this.#newId();
    if (!(await this.#orElse(true, () => this.#store.setIfAbsent(key, owner, lockLeaseMs)))) return undefined;
    return async () => {
      await this.#orElse(false, () => this.#store.deleteIfEquals(key, owner));
    };
  }

  /** Takes the permission to force a new token, which exists once in 75 minutes; never while the store fails. */
  async takeForcedRefresh(): Promise<boolean> {
    const key = `${this.#key}:forced`;
    return this.#orElse(false, () => this.#store.setIfAbsent(key, '1', tokenLimits.forceRefreshSpacingMs));
  }

  async #orElse<Value>(fallback: Value, operation: () => Promise<Value>): Promise<Value> {
    try {
      return await operation();
    } catch (error) {
      this.#logger.warn(
        { account: this.#account, reason: describeError(error) },
        'the store of access tokens failed; using the copy in this process',
      );
      return fallback;
    }
  }
}

/** Whatever else lies under the key counts as no token. */
function parseHeldToken(text: string): HeldToken | undefined {
  try {
    return heldTokenSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
