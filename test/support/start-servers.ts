import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

declare global {
  /** Set by the global set-up of Jest for its global tear-down, which runs in the same process. */
  var testServers: ChildProcess | undefined;
}

/**
 * Jest's global set-up; it runs once, however many projects name it. Puts `TEST_MONGODB_URI` and `TEST_REDIS_URL`
 * into the environment, with an empty server behind each that is not there yet.
 *
 * The servers belong to a process of their own, which ends them when its input ends: at the tear-down, or when
 * Jest dies, however it dies. (Jest also loads this file without its module mapper, so nothing is imported.)
 */
export default async function startServers(): Promise<void> {
  const keeper = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'keep-servers.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Its own process group: Ctrl-C reaches Jest alone.
    detached: true,
  });
  globalThis.testServers = keeper;
  const ended = once(keeper, 'exit').then(([code]) =>
    Promise.reject(new Error(`the test servers did not start (exit code ${String(code)})`)),
  );
  const [line] = await Promise.race([once(createInterface(keeper.stdout), 'line'), ended]);
  Object.assign(process.env, JSON.parse(String(line)));
}
