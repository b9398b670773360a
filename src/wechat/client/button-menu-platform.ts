import { UserError } from '../../core/errors.js';
import type { ButtonMenuPort } from '../../features/content/button-menu-port.js';
import type { PlatformMenu } from './platform-menu.js';
import type { WechatClient } from './wechat-client.js';

/** The bottom menus of the accounts, through the platform's API. */
export class ButtonMenuPlatform implements ButtonMenuPort {
  readonly #clients: ReadonlyMap<string, WechatClient>;

  constructor(clients: ReadonlyMap<string, WechatClient>) {
    this.#clients = clients;
  }

  async publish(accountId: string, menu: PlatformMenu): Promise<void> {
    await this.#clientOf(accountId).createMenu(menu);
  }

  async read(accountId: string): Promise<unknown> {
    return (await this.#clientOf(accountId).getMenu()) ?? null;
  }

  #clientOf(accountId: string): WechatClient {
    const client = this.#clients.get(accountId);
    if (client) return client;
    throw new UserError('no_platform_account', `设置里没有公众号 ${accountId}`, { status: 409 });
  }
}
