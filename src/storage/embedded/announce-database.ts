import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Tells the command lines where the embedded database of a running program listens. */
export async function announceDatabase(dataDir: string, uri: string): Promise<void> {
  await writeFile(fileIn(dataDir), uri, { mode: 0o600 });
}

export async function withdrawDatabase(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
}

/** The address that the last program announced; it may have been killed since. */
export async function findAnnouncedDatabase(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(fileIn(dataDir), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'mongo.uri');
}
