import type { Registry } from 'prom-client';
import type { Clock, Sleep } from '../../core/clock.js';
import type { KeyValueStore } from '../../core/key-value-store.js';
import type { Logger } from '../../observability/logger.js';
import type { WechatAccount } from '../account.js';
import { AccessTokens } from './access-tokens.js';
import { HttpTransport } from './http-transport.js';
import { PlatformMetrics } from './platform-metrics.js';
import { WechatClient } from './wechat-client.js';

export interface WechatClientsOptions {
  accounts: readonly WechatAccount[];
  /** The platform's address without a trailing slash. */
  apiBase: string;
  store: KeyValueStore;
  registry: Registry;
  clock: Clock;
  sleep: Sleep;
  random: () => number;
  newId: () => string;
  logger: Logger;
}

/** A client for each account, by account id; they share connections and metrics. */
export function createWechatClients(options: WechatClientsOptions): ReadonlyMap<string, WechatClient> {
  const transport = new HttpTransport();
  const metrics = new PlatformMetrics(options.registry);
  return new Map(
    options.accounts.map((account) => {
      const shared = { ...options, account, transport };
      return [account.accountId, new WechatClient({ ...shared, metrics, tokens: new AccessTokens(shared) })];
    }),
  );
}
