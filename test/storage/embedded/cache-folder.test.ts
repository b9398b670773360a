import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cacheFolders, findCached, writableCacheFolder } from '../../../src/storage/embedded/cache-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'suishen-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('cacheFolders', () => {
  it('prefers SUISHEN_CACHE_DIR, then the user’s cache, and ends with the project’s own', () => {
    const project = resolve('.cache');
    expect(cacheFolders({ SUISHEN_CACHE_DIR: '/a', XDG_CACHE_HOME: '/b' })).toEqual(['/a', project]);
    expect(cacheFolders({ XDG_CACHE_HOME: '/b' })).toEqual(['/b/suishen', project]);
    expect(cacheFolders({})).toEqual([join(homedir(), '.cache/suishen'), project]);
  });
});

describe('writableCacheFolder', () => {
  it('makes the folder that is missing', async () => {
    const wanted = join(folder, 'deep', 'cache');
    await expect(writableCacheFolder({ SUISHEN_CACHE_DIR: wanted })).resolves.toBe(wanted);
    expect((await stat(wanted)).isDirectory()).toBe(true);
  });

  it('falls back to the project when the wanted folder cannot be made', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const found = await writableCacheFolder({ SUISHEN_CACHE_DIR: join(file, 'below') });
    expect(found).toBe(resolve('.cache'));
  });
});

describe('findCached', () => {
  it('finds an executable file and says where it looked for another', async () => {
    const env = { SUISHEN_CACHE_DIR: join(folder, 'cache') };
    await mkdir(env.SUISHEN_CACHE_DIR);
    const program = join(env.SUISHEN_CACHE_DIR, 'program');
    await writeFile(program, '');
    await chmod(program, 0o755);

    await expect(findCached(env, 'program')).resolves.toBe(program);
    await expect(findCached(env, 'absent')).rejects.toThrow(env.SUISHEN_CACHE_DIR);
  });
});
