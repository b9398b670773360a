import type { Clock, Sleep } from '../../core/clock.js';
import type { Logger } from '../../observability/logger.js';
import type { WechatAccount } from '../account.js';
import type { AccessTokens } from './access-tokens.js';
import type { CustomMessage } from './custom-message.js';
import * as endpoints from './endpoints.js';
import type { Endpoint } from './endpoints.js';
import type { FollowerInfo } from './follower-info.js';
import type { HttpTransport } from './http-transport.js';
import { userInfoBatch } from './limits.js';
import { readAnswer } from './platform-answer.js';
import { PlatformError } from './platform-errors.js';
import { assertValidMenu, type PlatformMenu, type StoredMenu } from './platform-menu.js';
import type { PlatformMetrics } from './platform-metrics.js';
import type { TemplateMessage } from './template-message.js';
import { TransportError } from './transport-error.js';

export interface WechatClientOptions {
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

interface Input {
  query?: Readonly<Record<string, string>>;
  body?: unknown;
}

const mostTries = 4;
const transportPauseMs = 500;
/** A pause longer than this is left to the caller, who may have something else to do meanwhile. */
const longestPauseMs = 5_000;
const noSuchMenu = 46003;

/**
 * The platform's interfaces for one account. What the platform answers decides what happens: a refused token is
 * replaced once, a busy platform is asked again a few times with growing pauses, and everything else is thrown.
 * Every method throws PlatformError (an error code: nothing was done) and TransportError (no usable answer).
 */
export class WechatClient {
  readonly #options: WechatClientOptions;

  constructor(options: WechatClientOptions) {
    this.#options = options;
  }

  /** WeChat: up to 5 messages within 48 hours of the citizen's last message; then 45047 and 45015. */
  async sendCustomMessage(openid: string, message: CustomMessage): Promise<void> {
    await this.#call(endpoints.customSend, { body: { touser: openid, ...message } });
  }

  /** WeChat: to followers only, at any time; with a repeated `client_msg_id` nothing is sent within ten minutes. */
  async sendTemplateMessage(openid: string, message: TemplateMessage): Promise<void> {
    await this.#call(endpoints.templateSend, { body: { touser: openid, ...message } });
  }

  /** Shows the citizen, or stops showing, that an answer is being written. */
  async typing(openid: string, isTyping: boolean): Promise<void> {
    const command = isTyping ? 'Typing' : 'CancelTyping';
    await this.#call(endpoints.customTyping, { body: { touser: openid, command } });
  }

  /**
   * Replaces the buttons at the bottom of the chat. WeChat: followers see it within 5 minutes, or on the next visit.
   * @throws MenuError before anything is sent, if the menu breaks a limit of the platform
   */
  async createMenu(menu: PlatformMenu): Promise<void> {
    assertValidMenu(menu);
    await this.#call(endpoints.menuCreate, { body: menu });
  }

  /** The default menu; undefined if the account has none. */
  async getMenu(): Promise<StoredMenu | undefined> {
    try {
      return (await this.#call(endpoints.menuGet, {})).menu;
    } catch (error) {
      if (error instanceof PlatformError && error.errcode === noSuchMenu) return undefined;
      throw error;
    }
  }

  /** Removes the default menu, and with it all conditional ones. */
  async deleteMenu(): Promise<void> {
    await this.#call(endpoints.menuDelete, {});
  }

  async getUserInfo(openid: string): Promise<FollowerInfo> {
    return this.#call(endpoints.userInfo, { query: { openid, lang: 'zh_CN' } });
  }

  /** @throws RangeError for more than 100 openids, which is the platform's limit. */
  async batchGetUserInfo(openids: readonly string[]): Promise<FollowerInfo[]> {
    if (openids.length > userInfoBatch)
      throw new RangeError(`at most ${userInfoBatch} openids, not ${openids.length}`);
    if (openids.length === 0) return [];
    const users = openids.map((openid) => ({ openid, lang: 'zh_CN' }));
    return (await this.#call(endpoints.userInfoBatchGet, { body: { user_list: users } })).user_info_list;
  }

  /**
   * Who came back from the platform's sign-in page with `code`; null: the code is no good, or no longer.
   * WeChat: a code is valid for five minutes and once.
   */
  async exchangeCode(code: string): Promise<{ openid: string; isSnapshot: boolean } | null> {
    const { appId, appSecret } = this.#options.account;
    const query = { appid: appId, secret: appSecret, code, grant_type: 'authorization_code' };
    try {
      const { openid, is_snapshotuser: snapshot } = await this.#patiently(
        endpoints.oauthAccessToken.repeatable,
        () => this.#request(endpoints.oauthAccessToken, { query }, appSecret),
      );
      return { openid, isSnapshot: snapshot === 1 };
    } catch (error) {
      if (error instanceof PlatformError && error.policy.action === 'sign_in_again') return null;
      throw error;
    }
  }

  #call<Answer>(endpoint: Endpoint<Answer>, input: Input): Promise<Answer> {
    return this.#patiently(endpoint.repeatable, () => this.#callWithToken(endpoint, input));
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

  async #callWithToken<Answer>(endpoint: Endpoint<Answer>, input: Input): Promise<Answer> {
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
      const read = readAnswer(endpoint.name, endpoint.answer, answer, secret);
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
