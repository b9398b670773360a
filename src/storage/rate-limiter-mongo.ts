import { RateLimiterMongo as Counts } from 'rate-limiter-flexible';
import type { RateLimit, RateLimiter } from '../core/rate-limiter.js';
import type { Migration } from './migrations.js';
import { databaseOf, type MongoConnection } from './mongo-connection.js';
import { RateLimiterFlexible } from './rate-limiter-flexible.js';

const collectionName = 'rate_limits';

export const rateLimitMigration: Migration = {
  id: 'storage-0001-rate-limits',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { key: 1 }, unique: true, name: 'key' },
      { key: { expire: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

/**
 * Counts that all nodes share and that outlive a restart, for limits that must hold whether or not there is a Redis.
 */
export function createRateLimiterMongo(
  connection: MongoConnection,
  { name, limit, windowMs }: RateLimit,
): RateLimiter {
  return new RateLimiterFlexible(
    new Counts({
      storeClient: databaseOf(connection),
      tableName: collectionName,
      keyPrefix: name,
      points: limit,
      duration: windowMs / 1_000,
      disableIndexesCreation: true,
    }),
  );
}
