import { UserError } from '../../core/errors.js';
import type { OauthIdentity, OauthPort } from '../../features/citizens/oauth-port.js';
import type { WechatAccount } from '../account.js';
import type { WechatClient } from './wechat-client.js';

export interface WechatOauthOptions {
  accounts: readonly WechatAccount[];
  clients: ReadonlyMap<string, WechatClient>;
  /** Where the platform's sign-in page lies, without a slash at its end. Default: WeChat's own. */
  authorizeBase?: string;
}

const wechatPages = 'https://open.weixin.qq.com';

/**
 * Sign-in of citizens by WeChat's web authorization, `snsapi_base`: without a question to the citizen, and with
 * nothing but the openid as its result. WeChat: verified service accounts only.
 */
export class WechatOauth implements OauthPort {
  readonly #options: WechatOauthOptions;

  constructor(options: WechatOauthOptions) {
    this.#options = options;
  }

  authorizeUrl(accountId: string, redirectUri: string, state: string): string {
    const account = this.#options.accounts.find((one) => one.accountId === accountId);
    if (!account) throw noPlatformAccount(accountId);
    // WeChat: in this order, or the page does not open.
    const query = new URLSearchParams([
      ['appid', account.appId],
      ['redirect_uri', redirectUri],
      ['response_type', 'code'],
      ['scope', 'snsapi_base'],
      ['state', state],
    ]);
    const base = this.#options.authorizeBase ?? wechatPages;
    return `${base}/connect/oauth2/authorize?${query.toString()}#wechat_redirect`;
  }

  async exchange(accountId: string, code: string): Promise<OauthIdentity | null> {
    const client = this.#options.clients.get(accountId);
    if (!client) throw noPlatformAccount(accountId);
    return client.exchangeCode(code);
  }
}

function noPlatformAccount(accountId: string): UserError {
  return new UserError('no_platform_account', `设置里没有公众号 ${accountId}`, { status: 404 });
}
