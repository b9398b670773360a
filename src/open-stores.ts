import type { AppConfig } from './config.js';
import type { Clock } from './core/clock.js';
import type { FieldCipher } from './core/field-cipher.js';
import { NodeFieldCipher } from './core/field-cipher-node.js';
import type { KeyValueStore } from './core/key-value-store.js';
import type { Logger } from './observability/logger.js';
import { ensureFieldKeys } from './storage/field-keys.js';
import { KeyValueStoreMemory } from './storage/key-value-store-memory.js';
import { KeyValueStoreRedis } from './storage/key-value-store-redis.js';

/** What the nodes share in Redis; without one, what this process keeps for itself. */
export async function openKeyValueStore(
  config: AppConfig,
  clock: Clock,
  logger: Logger,
): Promise<KeyValueStore> {
  if (config.redisUrl) {
    // The client takes 18 MB, which a node without Redis need not hold.
    const { connectRedis } = await import('./storage/redis-connection.js');
    return new KeyValueStoreRedis(await connectRedis(config.redisUrl, logger));
  }
  logger.info('REDIS_URL is not set: the platform token is kept within this process only');
  return new KeyValueStoreMemory(clock);
}

/** The cipher of personal fields, with the keys that are set or those kept on this machine. */
export async function openFieldCipher(config: AppConfig, logger: Logger): Promise<FieldCipher> {
  if (config.fieldKeys) return new NodeFieldCipher(config.fieldKeys);
  logger.info('FIELD_KEY is not set: personal fields are encrypted with the keys kept under DATA_DIR');
  return new NodeFieldCipher(await ensureFieldKeys(config.dataDir));
}
