import type { WechatAccount } from '../account.js';
import type { CustomMessage } from './custom-message.js';
import * as endpoints from './endpoints.js';
import { FollowerCalls } from './follower-calls.js';
import type { FollowerInfo } from './follower-info.js';
import { NoticeCalls } from './notice-calls.js';
import { PlatformCaller, type PlatformCallerOptions } from './platform-caller.js';
import { PlatformError } from './platform-errors.js';
import { assertValidMenu, type PlatformMenu, type StoredMenu } from './platform-menu.js';
import type { TemplateMessage } from './template-message.js';

const noSuchMenu = 46003;

/**
 * The platform's interfaces for one account. Every method throws PlatformError (an error code: nothing was done) and
 * TransportError (no usable answer), and repeats a call where that can help, as PlatformCaller says.
 */
export class WechatClient {
  readonly followers: FollowerCalls;
  readonly notices: NoticeCalls;
  readonly #account: WechatAccount;
  readonly #caller: PlatformCaller;

  constructor(options: PlatformCallerOptions) {
    this.#account = options.account;
    this.#caller = new PlatformCaller(options);
    this.followers = new FollowerCalls(this.#caller);
    this.notices = new NoticeCalls(this.#caller);
  }

  /** WeChat: up to 5 messages within 48 hours of the citizen's last message; then 45047 and 45015. */
  async sendCustomMessage(openid: string, message: CustomMessage): Promise<void> {
    await this.#caller.call(endpoints.customSend, { body: { touser: openid, ...message } });
  }

  /**
   * WeChat: to followers only, at any time; with a repeated `client_msg_id` nothing is sent within ten minutes.
   * @returns the id by which TEMPLATESENDJOBFINISH reports what became of it, if the platform gives one
   */
  async sendTemplateMessage(openid: string, message: TemplateMessage): Promise<string | undefined> {
    const body = { touser: openid, ...message };
    return (await this.#caller.call(endpoints.templateSend, { body })).msgid;
  }

  /** Shows the citizen, or stops showing, that an answer is being written. */
  async typing(openid: string, isTyping: boolean): Promise<void> {
    const command = isTyping ? 'Typing' : 'CancelTyping';
    await this.#caller.call(endpoints.customTyping, { body: { touser: openid, command } });
  }

  /**
   * Replaces the buttons at the bottom of the chat. WeChat: followers see it within 5 minutes, or on the next visit.
   * @throws MenuError before anything is sent, if the menu breaks a limit of the platform
   */
  async createMenu(menu: PlatformMenu): Promise<void> {
    assertValidMenu(menu);
    await this.#caller.call(endpoints.menuCreate, { body: menu });
  }

  /** The default menu; undefined if the account has none. */
  async getMenu(): Promise<StoredMenu | undefined> {
    try {
      return (await this.#caller.call(endpoints.menuGet, {})).menu;
    } catch (error) {
      if (error instanceof PlatformError && error.errcode === noSuchMenu) return undefined;
      throw error;
    }
  }

  /** Removes the default menu, and with it all conditional ones. */
  async deleteMenu(): Promise<void> {
    await this.#caller.call(endpoints.menuDelete, {});
  }

  async getUserInfo(openid: string): Promise<FollowerInfo> {
    return this.#caller.call(endpoints.userInfo, { query: { openid, lang: 'zh_CN' } });
  }

  /**
   * Who came back from the platform's sign-in page with `code`; null: the code is no good, or no longer.
   * WeChat: a code is valid for five minutes and once.
   */
  async exchangeCode(code: string): Promise<{ openid: string; isSnapshot: boolean } | null> {
    const { appId, appSecret } = this.#account;
    const query = { appid: appId, secret: appSecret, code, grant_type: 'authorization_code' };
    try {
      const { openid, is_snapshotuser: snapshot } = await this.#caller.callWithSecret(
        endpoints.oauthAccessToken,
        { query },
      );
      return { openid, isSnapshot: snapshot === 1 };
    } catch (error) {
      if (error instanceof PlatformError && error.policy.action === 'sign_in_again') return null;
      throw error;
    }
  }
}
