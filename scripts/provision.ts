/**
 * `npm run provision`: fetches what the tests run on and this machine lacks, once, so that the tests themselves
 * need no network: mongod, redis-server, Chromium. Exit code 1 names what could not be had, and what to set.
 */
import { describeError } from '../src/core/errors.js';
import type { FoundProgram } from '../src/storage/embedded/find-program.js';
import { findMongod } from '../src/storage/embedded/find-mongod.js';
import { findChromium } from '../test/support/chromium.js';
import { findRedisServer } from '../test/support/redis-program.js';

const { env } = process;

await provision('MongoDB', env.TEST_MONGODB_URI, () => findMongod(env, console.log));
await provision('Redis', env.TEST_REDIS_URL, () => findRedisServer(env, console.log));
await provision('Chromium', undefined, () => findChromium(env, console.log));

async function provision(
  name: string,
  address: string | undefined,
  find: () => Promise<FoundProgram>,
): Promise<void> {
  if (address) return console.log(`✓ ${name}：${address}`);
  try {
    const { version, source, path } = await find();
    console.log(`✓ ${name} ${version}（${source}）：${path}`);
  } catch (error) {
    console.error(`✗ ${name}：${describeError(error)}`);
    process.exitCode = 1;
  }
}
