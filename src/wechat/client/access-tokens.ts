import { z } from 'zod';
import type { Clock, Sleep } from '../../core/clock.js';
import { OperationalError } from '../../core/errors.js';
import type { KeyValueStore } from '../../core/key-value-store.js';
import type { Logger } from '../../observability/logger.js';
import type { WechatAccount } from '../account.js';
import type { HttpTransport } from './http-transport.js';
import { tokenLimits } from './limits.js';
import { readAnswer } from './platform-answer.js';
import { PlatformError } from './platform-errors.js';
import { lockLeaseMs, SharedToken, type HeldToken } from './shared-token.js';
import { TransportError } from './transport-error.js';

export interface AccessTokensOptions {
  account: WechatAccount;
  /** The platform's address without a slash at its end, for example `https://api.weixin.qq.com`. */
  apiBase: string;
  transport: HttpTransport;
  store: KeyValueStore;
  clock: Clock;
  sleep: Sleep;
  /** Unique among all nodes. */
  newId: () => string;
  logger: Logger;
}

/** How errors name the call for a token. */
export const accessTokenEndpoint = 'stable_token';
const answerSchema = z.object({ access_token: z.string().min(1), expires_in: z.number() });

const pollMs = 200;
/** Twice the lease: whoever waits longer waits for nodes that fail one after the other. */
const mostPolls = (2 * lockLeaseMs) / pollMs;
/** However short a token's life is said to be, it is not asked for again before this. */
const shortestLifeMs = 10_000;
/** How long a failure that asking again cannot cure is repeated without asking. */
const failurePauseMs = 30_000;

/**
 * The access token of one account: one request for all callers of this process and for all nodes that share the
 * store. WeChat: `stable_token` in normal mode gives every caller the same token, so that nodes cannot invalidate
 * one another's; it is asked for again five minutes before the end.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #shared: SharedToken;
  readonly #underWay = new Map<string | undefined, Promise<string | undefined>>();
  #held: HeldToken | undefined;
  #failure: { error: PlatformError; until: number } | undefined;
  #stuck: { token: string; until: number } | undefined;

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    this.#shared = new SharedToken(options.store, options.account, options.logger, options.newId);
  }

  /**
   * A token to send with a request.
   * @throws PlatformError if the platform gives none
   * @throws TransportError always with `delivered: 'no'`: the request that needs the token has not been sent
   */
  async get(): Promise<string> {
    const held = this.#held;
    if (held && held.refreshAt > this.#options.clock.now()) return held.token;
    const token = await this.#once(undefined);
    if (token === undefined)
      throw new TransportError('platform_timeout', `${accessTokenEndpoint}: other nodes take too long`, 'no');
    return token;
  }

  /**
   * Another token than the one that the platform refused (40001, 40014, 42001): the one that another caller or node
   * has fetched since, or a new one. undefined: the platform insists on the refused one, and a forced refresh must
   * wait (20 a day).
   * @throws PlatformError, TransportError as `get` does
   */
  async replace(refused: string): Promise<string | undefined> {
    const held = this.#held;
    if (held && held.token !== refused && held.refreshAt > this.#options.clock.now()) return held.token;
    return this.#once(refused);
  }

  #once(refused: string | undefined): Promise<string | undefined> {
    const underWay = this.#underWay.get(refused);
    if (underWay) return underWay;
    const renewal = this.#renew(refused).finally(() => this.#underWay.delete(refused));
    this.#underWay.set(refused, renewal);
    return renewal;
  }

  /** The lock comes before the look into the store, so that what another node wrote last is always seen. */
  async #renew(refused: string | undefined): Promise<string | undefined> {
    for (let poll = 0; poll < mostPolls; poll += 1) {
      const release = await this.#shared.lock();
      try {
        const known = await this.#findValid(refused);
        if (known) this.#held = known;
        if (known && (!release || known.refreshAt > this.#options.clock.now())) return known.token;
        if (release) return await this.#fetchUnlessFailing(refused, known);
      } finally {
        await release?.();
      }
      await this.#options.sleep(pollMs);
    }
    return undefined;
  }

  async #findValid(refused: string | undefined): Promise<HeldToken | undefined> {
    const now = this.#options.clock.now();
    const candidates = [await this.#shared.read(), this.#held];
    return candidates.find((held) => held && held.token !== refused && held.expiresAt > now);
  }

  /** While the last token is still valid, a platform that gives no new one stops nothing. */
  async #fetchUnlessFailing(
    refused: string | undefined,
    known: HeldToken | undefined,
  ): Promise<string | undefined> {
    const { clock } = this.#options;
    try {
      if (this.#failure && this.#failure.until > clock.now()) throw this.#failure.error;
      return await this.#fetchOtherThan(refused);
    } catch (error) {
      if (!known || !(error instanceof OperationalError)) throw error;
      this.#held = { ...known, refreshAt: clock.now() + shortestLifeMs };
      return known.token;
    }
  }

  async #fetchOtherThan(refused: string | undefined): Promise<string | undefined> {
    const { clock } = this.#options;
    if (this.#stuck && this.#stuck.token === refused && this.#stuck.until > clock.now()) return undefined;
    let fetched = await this.#fetch(false);
    if (fetched.token === refused) {
      if (!(await this.#shared.takeForcedRefresh())) {
        this.#stuck = { token: refused, until: clock.now() + failurePauseMs };
        return undefined;
      }
      fetched = await this.#fetch(true);
    }
    this.#held = fetched;
    await this.#shared.write(fetched, fetched.expiresAt - clock.now());
    return fetched.token;
  }

  async #fetch(force: boolean): Promise<HeldToken> {
    const { account, apiBase, transport, clock } = this.#options;
    const { appId, appSecret } = account;
    try {
      const answer = await transport.exchange({
        method: 'POST',
        url: `${apiBase}/cgi-bin/stable_token`,
        body: { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: force },
      });
      const { access_token: token, expires_in: life } = readAnswer(
        accessTokenEndpoint,
        answerSchema,
        answer,
        appSecret,
      );
      this.#failure = undefined;
      return { token, ...planLife(clock.now(), life * 1_000) };
    } catch (error) {
      throw this.#noteFailure(error);
    }
  }

  #noteFailure(error: unknown): unknown {
    const { account, clock, logger } = this.#options;
    const facts = { account: account.accountId, endpoint: accessTokenEndpoint };
    if (error instanceof TransportError) {
      logger.warn({ ...facts, reason: error.message }, 'no access token');
      return new TransportError(error.code, error.message, 'no');
    }
    if (error instanceof PlatformError) {
      const { action, pauseMs = failurePauseMs } = error.policy;
      this.#failure = { error, until: clock.now() + pauseMs };
      logger[action === 'tell_operator' ? 'error' : 'warn'](
        { ...facts, reason: error.message },
        'no access token',
      );
    }
    return error;
  }
}

/** @param lifeMs as the platform says; it may be anything down to nothing. */
function planLife(now: number, lifeMs: number): Pick<HeldToken, 'refreshAt' | 'expiresAt'> {
  const life = Math.min(lifeMs, tokenLimits.longestLifeMs);
  const untilOverlap = life - tokenLimits.overlapMs;
  const refreshAfter = Math.max(untilOverlap >= shortestLifeMs ? untilOverlap : life / 2, shortestLifeMs);
  return { refreshAt: now + refreshAfter, expiresAt: now + Math.max(life, refreshAfter) };
}
