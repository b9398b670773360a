/**
 * A process of its own that keeps the servers of a test run: starts an empty one for each that the environment
 * does not name, prints `{"TEST_MONGODB_URI": …, "TEST_REDIS_URL": …}` as one line, and ends them when its input
 * ends. See start-servers.ts.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/observability/logger.js';
import { EmbeddedMongo } from '../../src/storage/embedded/embedded-mongo.js';
import { findMongod } from '../../src/storage/embedded/find-mongod.js';
import { findRedisServer } from './redis-program.js';
import { startRedis } from './redis-server.js';

interface KeptServer {
  address: string;
  stop(): Promise<void>;
}

const inputEnds = once(process.stdin.resume(), 'end');
const [mongo, redis] = await Promise.all([
  given(process.env.TEST_MONGODB_URI) ?? startMongo(),
  given(process.env.TEST_REDIS_URL) ?? startEmptyRedis(),
]);
process.stdout.write(
  `${JSON.stringify({ TEST_MONGODB_URI: mongo.address, TEST_REDIS_URL: redis.address })}\n`,
);
await inputEnds;
await Promise.all([mongo.stop(), redis.stop()]);

function given(address: string | undefined): KeptServer | undefined {
  return address ? { address, stop: async () => undefined } : undefined;
}

async function startMongo(): Promise<KeptServer> {
  const binary = await findMongod(process.env, report);
  const dataDir = await mkdtemp(join(tmpdir(), 'suishen-test-'));
  const mongo = await EmbeddedMongo.start({
    dataDir,
    binary,
    logger: silentLogger,
    onGiveUp: (error) => report(error.message),
  });
  return {
    address: mongo.uri,
    async stop() {
      await mongo.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startEmptyRedis(): Promise<KeptServer> {
  const redis = await startRedis(await findRedisServer(process.env, report));
  return { address: redis.url, stop: () => redis.stop() };
}

/** Standard output belongs to the line of addresses. */
function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
