import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findCached, writableCacheFolder } from '../../src/storage/embedded/cache-folder.js';
import { isExecutable } from '../../src/storage/embedded/file-access.js';
import {
  findProgram,
  givenBy,
  type FoundProgram,
  type Program,
  type Report,
} from '../../src/storage/embedded/find-program.js';
import { operatorText } from '../../src/storage/embedded/operator-text.js';

const runFile = promisify(execFile);

const chromium: Program = {
  name: 'chromium',
  versionPattern: /(?:Chrom\w+) (?:\w+ )?(\d+\.\d+\.\d+\.\d+)/,
  minimumMajor: 100,
  remedy: '请设置 CHROME_PATH（Chromium 或 Chrome 程序的路径）。',
};

const unpack =
  "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";

/** The package adds the few libraries that a bare system lacks only where it believes to be on AWS. */
const withLibraries = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };

/** The system's own libraries are preferred: those of the package need a recent glibc. */
const launcher = `#!/bin/sh
here=$(dirname "$0")
"$here/chromium" --version >/dev/null 2>&1 || export LD_LIBRARY_PATH="$here/al2023/lib"
exec "$here/chromium" "$@"
`;
const launcherName = 'launch-chromium';

/**
 * The browser of the tests: `CHROME_PATH`, else the one inside the npm package (Linux x86_64), unpacked in the
 * cache folder; it needs no system package.
 */
export async function findChromium(env: NodeJS.ProcessEnv, report: Report): Promise<FoundProgram> {
  if (env.CHROME_PATH) return findProgram(chromium, [givenBy('CHROME_PATH', env.CHROME_PATH)]);
  const folder = `chromium-${await packagedVersion()}`;
  return findProgram(chromium, [
    { name: operatorText.sources.cache, find: () => findCached(env, join(folder, launcherName)) },
    { name: '@sparticuz/chromium', find: () => unpackInto(env, folder, report) },
  ]);
}

/**
 * The package unpacks into the temporary folder and takes a file that exists there for a whole one, so each
 * unpacking gets a temporary folder of its own and moves into the cache when it is complete.
 */
async function unpackInto(env: NodeJS.ProcessEnv, folder: string, report: Report): Promise<string> {
  const cache = await writableCacheFolder(env);
  const target = join(cache, folder);
  const workshop = await mkdtemp(join(cache, '.partial-'));
  try {
    report('正在解开 @sparticuz/chromium……');
    await runFile(process.execPath, ['--input-type=module', '--eval', unpack], {
      env: { ...env, ...withLibraries, TMPDIR: workshop },
    });
    await writeFile(join(workshop, launcherName), launcher, { mode: 0o755 });
    await rename(workshop, target);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    const unpackedByAnother = await isExecutable(join(target, launcherName));
    if (!unpackedByAnother) throw error;
  }
  return join(target, launcherName);
}

async function packagedVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(dirname(main), '../../package.json'), 'utf8'));
  return version;
}
