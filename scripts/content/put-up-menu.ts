import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config.js';
import { systemClock, systemSleep } from '../../src/core/clock.js';
import { UserError } from '../../src/core/errors.js';
import type { KeyValueStore } from '../../src/core/key-value-store.js';
import type { ButtonMenu } from '../../src/dialog/content-model.js';
import { toPlatformMenu } from '../../src/features/content/platform-menu.js';
import { createLogger } from '../../src/observability/logger.js';
import { createMetrics } from '../../src/observability/metrics.js';
import { KeyValueStoreMemory } from '../../src/storage/key-value-store-memory.js';
import { KeyValueStoreRedis } from '../../src/storage/key-value-store-redis.js';
import { connectRedis } from '../../src/storage/redis-connection.js';
import { createWechatClients } from '../../src/wechat/client/wechat-clients.js';

const platformApi = 'https://api.weixin.qq.com';

/**
 * Sends the bottom menu of an account to the platform.
 *
 * @throws UserError `no_account` when the settings hold no such account; PlatformError when the platform refuses.
 */
export async function putUpMenu(account: string, buttons: ButtonMenu, env: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(env);
  const logger = createLogger('warn');
  const store: KeyValueStore = config.redisUrl
    ? new KeyValueStoreRedis(await connectRedis(config.redisUrl, logger))
    : new KeyValueStoreMemory(systemClock);
  try {
    const clients = createWechatClients({
      accounts: config.accounts,
      apiBase: config.wechatApiBase ?? platformApi,
      store,
      registry: createMetrics(),
      logger,
      clock: systemClock,
      sleep: systemSleep,
      random: Math.random,
      newId: randomUUID,
    });
    const client = clients.get(account);
    if (!client)
      throw new UserError('no_account', `设置里没有公众号 ${account}（WECHAT_APPID、WECHAT_SECRET …）`);
    await client.createMenu(toPlatformMenu(buttons));
  } finally {
    await store.close();
  }
}
