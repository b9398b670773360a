import type { Clock, Sleep } from '../../core/clock.js';
import type { Logger } from '../../observability/logger.js';
import type { WechatAccount } from '../account.js';
import type { AccessTokens } from './access-tokens.js';
import type { Endpoint } from './endpoint.js';
import type { HttpTransport, PlatformRequest } from './http-transport.js';
import { readAnswer } from './platform-answer.js';
import { PlatformError } from './platform-errors.js';
import type { PlatformMetrics } from './platform-metrics.js';
import { TransportError } from './transport-error.js';

export interface PlatformCallerOptions {
  account: WechatAccount;
  /** The platform's address without a slash at its end, for example `https://api.weixin.qq.com`. */
  apiBase: string;
  transport: HttpTransport;
  tokens: AccessTokens;
  metrics: PlatformMetrics;
  clock: Clock;
  sleep: Sleep;
  /** At least 0, less than 1. */
  random: () => number;
  logger: Logger;
}

type Input = Pick<PlatformRequest, 'query' | 'body' | 'file'>;

const mostTries = 4;
const transportPauseMs = 500;
/** A pause longer than this is left to the caller, who may have something else to do meanwhile. */
const longestPauseMs = 5_000;

/**
 * Calls the platform for one account. What it answers decides what happens: a refused token is replaced once, a busy
 * platform is asked again a few times with growing pauses, and everything else is thrown.
 * Every method throws PlatformError (an error code: nothing was done) and TransportError (no usable answer).
 */
export class PlatformCaller {
  readonly #options: PlatformCallerOptions;

  constructor(options: PlatformCallerOptions) {
    this.#options = options;
  }

  call<Answer>(endpoint: Endpoint<Answer>, input: Input): Promise<Answer> {
    return this.#patiently(endpoint.repeatable, () => this.callOnce(endpoint, input));
  }

  /** For a call that proves who asks by the account's secret in `input.query`, without a token. */
  callWithSecret<Answer>(endpoint: Endpoint<Answer>, input: Input): Promise<Answer> {
    const { appSecret } = this.#options.account;
    return this.#patiently(endpoint.repeatable, () => this.#request(endpoint, input, appSecret));
  }

  /** One attempt, for those who have their own idea of when to repeat it; a refused token is replaced all the same. */
  async callOnce<Answer>(endpoint: Endpoint<Answer>, input: Input): Promise<Answer> {
    const { tokens } = this.#options;
    const withToken = (token: string) => ({ ...input, query: { access_token: token, ...input.query } });
    const token = await tokens.get();
    try {
      return await this.#request(endpoint, withToken(token), token);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.policy.action !== 'refresh_token') throw error;
      const other = await tokens.replace(token);
      if (other === undefined) throw error;
      return await this.#request(endpoint, withToken(other), other);
    }
  }

  async #patiently<Answer>(isRepeatable: boolean, request: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request();
      } catch (error) {
        const pauseMs = pauseBeforeRepeat(error, isRepeatable);
        if (pauseMs === undefined || attempt === mostTries) throw error;
        // Never shorter than the pause that the error asks for, and never in step with other callers.
        await this.#options.sleep(pauseMs * 2 ** (attempt - 1) * (1 + this.#options.random()));
      }
    }
  }

  /** @param secret what the query holds that must not come back in an error. */
  async #request<Answer>(endpoint: Endpoint<Answer>, input: Input, secret: string): Promise<Answer> {
    const { apiBase, transport, clock } = this.#options;
    const startedAt = clock.now();
    try {
      const answer = await transport.exchange({
        method: endpoint.method,
        url: `${apiBase}${endpoint.path}`,
        ...input,
      });
      const read = readAnswer(endpoint.name, endpoint.answer, answer, secret, endpoint.answeringCodes);
      this.#record(endpoint.name, 'ok', startedAt);
      return read;
    } catch (error) {
      this.#reportFailure(endpoint.name, error, startedAt);
      throw error;
    }
  }

  #reportFailure(endpoint: string, error: unknown, startedAt: number): void {
    const { account, logger } = this.#options;
    const facts = { account: account.accountId, endpoint };
    if (error instanceof PlatformError) {
      this.#record(endpoint, error.group, startedAt);
      const level = error.policy.action === 'tell_operator' ? 'error' : 'warn';
      logger[level](
        { ...facts, errcode: error.errcode, errmsg: error.errmsg },
        'the platform refused a call',
      );
    } else if (error instanceof TransportError) {
      this.#record(endpoint, error.code, startedAt);
      logger.warn(
        { ...facts, delivered: error.delivered, reason: error.message },
        'a call to the platform failed',
      );
    }
  }

  #record(endpoint: string, outcome: string, startedAt: number): void {
    const { account, clock, metrics } = this.#options;
    metrics.record(account.accountId, endpoint, outcome, clock.now() - startedAt);
  }
}

/** undefined: the same must not, or need not, be sent again here. An error code means that nothing was done. */
function pauseBeforeRepeat(error: unknown, repeatable: boolean): number | undefined {
  if (error instanceof PlatformError) {
    const { action, pauseMs = 0 } = error.policy;
    return action === 'retry' && pauseMs <= longestPauseMs ? pauseMs : undefined;
  }
  if (!(error instanceof TransportError)) return undefined;
  return repeatable || error.delivered === 'no' ? transportPauseMs : undefined;
}
