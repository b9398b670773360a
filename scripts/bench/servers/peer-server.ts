import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { BenchAccount } from '../load/load-protocol.js';
import { endProcess, keepTail, type BenchServer } from './bench-server.js';

const ready = z.object({ port: z.int() });

/** Starts `file` (relative to scripts/bench), a plain module that listens for one account and tells its port. */
export async function startPeer(
  file: string,
  account: BenchAccount,
  mongodbUri: string,
): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), {
    // Without the loader that runs the benchmark's TypeScript: a peer runs as its users run it.
    execArgv: [],
    env: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      MONGODB_URI: mongodbUri,
      WECHAT_TOKEN: account.token,
      WECHAT_APPID: account.appId,
      WECHAT_AES_KEY: account.aesKey,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const tail = keepTail(child);
  const gone = new AbortController();
  child.once('exit', () => gone.abort());
  try {
    const [message] = await once(child, 'message', { signal: gone.signal });
    return { port: ready.parse(message).port, stop: () => endProcess(child) };
  } catch (error) {
    throw new Error(`${file} did not start:\n${tail()}`, { cause: error });
  }
}
