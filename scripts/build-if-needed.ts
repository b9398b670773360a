/**
 * Builds `dist/` when what it is made from has changed since: the server with tsc, the pages with vite.
 * `npm start` runs it first; `npm run build` runs it with `--force`. Of several at once one builds, the others wait.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../src/core/errors.js';

const root = resolve(import.meta.dirname, '..');
const inputs = ['src', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'];
const output = join(root, 'dist');
const stampFile = join(output, '.built');
/** The last build, while the next one is made in its place. */
const before = join(root, '.cache', 'dist-before');
const lockFile = join(root, '.cache', 'build.lock');

await withLock(build).catch((error: unknown) => {
  console.error(describeError(error));
  process.exitCode = 1;
});

async function build(): Promise<void> {
  const wanted = await digestOfInputs();
  const built = await readFile(stampFile, 'utf8').catch(() => '');
  if (built === wanted && !process.argv.includes('--force')) return;
  console.log('正在构建（首次或源码有变动，约需十几秒）……');
  await rm(before, { recursive: true, force: true });
  await rename(output, before).catch(() => undefined);
  try {
    await run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
    for (const page of await findPages())
      await run('node_modules/vite/bin/vite.js', 'build', '--mode', page, '--logLevel', 'warn');
  } catch (error) {
    // What was built before goes on serving whoever uses it; without a new stamp the next start builds again.
    await rm(output, { recursive: true, force: true });
    await rename(before, output).catch(() => undefined);
    throw error;
  }
  await writeFile(stampFile, wanted);
  await rm(before, { recursive: true, force: true });
}

async function digestOfInputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(inputs.map(filesBelow))).flat()) {
    hash.update(`${file}\0`).update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

/** The browser programs: the folders of `src/web` that have an index.html. */
async function findPages(): Promise<string[]> {
  const files = await filesBelow('src/web');
  return files.flatMap((file) => /^src\/web\/([^/]+)\/index\.html$/.exec(file)?.[1] ?? []);
}

/** The files of a folder, sorted, or the file itself; relative to the project. */
async function filesBelow(input: string): Promise<string[]> {
  if (!(await stat(join(root, input))).isDirectory()) return [input];
  const entries = await readdir(join(root, input), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

async function run(program: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`构建失败：${program} ${args.join(' ')}`);
}

async function withLock(work: () => Promise<void>): Promise<void> {
  await mkdir(join(root, '.cache'), { recursive: true });
  while (!(await takeLock())) await sleep(200);
  try {
    await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/** The lock names the process that builds; a process that is gone holds nothing. */
async function takeLock(): Promise<boolean> {
  const own = `${lockFile}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    // A link appears with its content, or not at all.
    await link(own, lockFile);
    return true;
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    const holder = await readFile(lockFile, 'utf8').catch(() => undefined);
    if (holder !== undefined && !isAlive(Number(holder))) await rm(lockFile, { force: true });
    return false;
  } finally {
    await rm(own, { force: true });
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
