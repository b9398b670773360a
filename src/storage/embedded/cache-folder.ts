import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { OperationalError } from '../../core/errors.js';
import { isExecutable, isWritable } from './file-access.js';
import { operatorText } from './operator-text.js';

/**
 * Where fetched programs may lie, best first: `SUISHEN_CACHE_DIR`, else the user's cache
 * (`$XDG_CACHE_HOME/suishen` or `~/.cache/suishen`); then `.cache` in the project.
 */
export function cacheFolders(env: NodeJS.ProcessEnv): string[] {
  const ofTheUser = env.SUISHEN_CACHE_DIR || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'suishen');
  return [resolve(ofTheUser), resolve('.cache')];
}

/** The path of a program that lies in one of the cache folders. Throws when none has it. */
export async function findCached(env: NodeJS.ProcessEnv, file: string): Promise<string> {
  for (const folder of cacheFolders(env)) {
    const path = join(folder, file);
    if (await isExecutable(path)) return path;
  }
  throw new Error(operatorText.notCached(cacheFolders(env)));
}

/** The first cache folder that can be written to; made if it is missing. */
export async function writableCacheFolder(env: NodeJS.ProcessEnv): Promise<string> {
  for (const folder of cacheFolders(env)) {
    await mkdir(folder, { recursive: true }).catch(() => undefined);
    if (await isWritable(folder)) return folder;
  }
  throw new OperationalError('no_cache_folder', operatorText.noCacheFolder(cacheFolders(env)));
}
