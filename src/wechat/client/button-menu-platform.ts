import type { ButtonMenuPort } from '../../features/content/button-menu-port.js';
import { findClient } from './find-client.js';
import type { PlatformMenu } from './platform-menu.js';
import type { WechatClient } from './wechat-client.js';

/** The bottom menus of the accounts, through the platform's API. */
export class ButtonMenuPlatform implements ButtonMenuPort {
  readonly #clients: ReadonlyMap<string, WechatClient>;

  constructor(clients: ReadonlyMap<string, WechatClient>) {
    this.#clients = clients;
  }

  async publish(accountId: string, menu: PlatformMenu): Promise<void> {
    await findClient(this.#clients, accountId).createMenu(menu);
  }

  async read(accountId: string): Promise<unknown> {
    return (await findClient(this.#clients, accountId).getMenu()) ?? null;
  }
}
