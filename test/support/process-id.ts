import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The id of the embedded `mongod` on `dataDir`; it writes it into the lock file of its folder. */
export async function mongodPid(dataDir: string): Promise<number> {
  return Number(await readFile(join(dataDir, 'mongo', 'mongod.lock'), 'utf8'));
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
