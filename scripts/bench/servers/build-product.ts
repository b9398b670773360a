import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What is measured is what is in the working tree: builds `dist/` unless it is up to date. */
export async function buildProduct(): Promise<void> {
  const script = fileURLToPath(new URL('../../build-if-needed.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the build failed');
}
