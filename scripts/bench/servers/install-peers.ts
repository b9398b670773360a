import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const folder = fileURLToPath(new URL('../peers/', import.meta.url));

/** Installs the peers beside their servers unless they are there: they are no dependency of the product. */
export async function installPeers(say: (line: string) => void): Promise<void> {
  if (await isInstalled()) return;
  say('installing the peers (once) …');
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
}

/** The version of an installed package: of a peer, or of one of the product's own. */
export async function versionOf(name: string, where: 'peers' | 'product'): Promise<string> {
  const root = where === 'peers' ? folder : fileURLToPath(new URL('../../../', import.meta.url));
  const text = await readFile(`${root}node_modules/${name}/package.json`, 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

async function isInstalled(): Promise<boolean> {
  const [wanted, installed] = await Promise.all([
    stat(`${folder}package-lock.json`),
    stat(`${folder}node_modules/.package-lock.json`).catch(() => null),
  ]);
  return installed !== null && installed.mtimeMs >= wanted.mtimeMs;
}
