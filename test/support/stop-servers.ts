import { once } from 'node:events';

/** Jest's global tear-down. */
export default async function stopServers(): Promise<void> {
  const keeper = globalThis.testServers;
  if (keeper?.exitCode !== null) return;
  const ended = once(keeper, 'exit');
  keeper.stdin?.end();
  await ended;
}
