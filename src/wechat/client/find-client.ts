import { UserError } from '../../core/errors.js';
import type { WechatClient } from './wechat-client.js';

/** @throws UserError `no_platform_account` for an account that the settings do not name */
export function findClient(clients: ReadonlyMap<string, WechatClient>, accountId: string): WechatClient {
  const client = clients.get(accountId);
  if (client) return client;
  throw new UserError('no_platform_account', `设置里没有公众号 ${accountId}`, { status: 409 });
}
