import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { BenchAccount } from '../load/load-protocol.js';
import { endProcess, keepTail, type BenchServer } from './bench-server.js';

const memorySchema = z.object({
  rss: z.number(),
  peakRss: z.number(),
  heapUsed: z.number(),
  external: z.number(),
});

/** Bytes. */
export type ProcessMemory = z.output<typeof memorySchema>;

export interface SuishenServer extends BenchServer {
  /** What the process holds now; with `collect`, after a full garbage collection. */
  memory(options: { collect: boolean }): Promise<ProcessMemory>;
}

export interface SuishenOptions {
  account: BenchAccount;
  mongodbUri: string;
  /** The benchmark's stand-in for the platform's API. */
  apiBase: string;
  dataDir: string;
}

const startDeadlineMs = 60_000;

/** Starts the built product on a free port and waits until it is ready. One process, both roles, as `npm start` does. */
export async function startSuishen(options: SuishenOptions): Promise<SuishenServer> {
  const port = await freePort();
  const child = fork(fileURLToPath(new URL('../../../dist/main.js', import.meta.url)), {
    execArgv: withProbe,
    env: environment(options, port),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const tail = keepTail(child);
  try {
    await untilReady(child, port);
  } catch (error) {
    await endProcess(child);
    throw new Error(`Suishen did not start:\n${tail()}`, { cause: error });
  }
  return { port, stop: () => endProcess(child), memory: ({ collect }) => askMemory(child, collect) };
}

function environment(
  { account, mongodbUri, apiBase, dataDir }: SuishenOptions,
  port: number,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    PORT: String(port),
    MONGODB_URI: mongodbUri,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    SANDBOX: 'off',
    WECHAT_API_BASE: apiBase,
    WECHAT_ACCOUNT: account.accountId,
    WECHAT_APPID: account.appId,
    WECHAT_SECRET: account.appSecret,
    WECHAT_TOKEN: account.token,
    WECHAT_AES_KEY: account.aesKey,
    WECHAT_MESSAGE_MODE: account.messageMode,
  };
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  while (child.exitCode === null && Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (response?.ok) return;
    await delay(100);
  }
  throw new Error(child.exitCode === null ? 'not ready after a minute' : `exit ${child.exitCode}`);
}

async function askMemory(child: ChildProcess, collect: boolean): Promise<ProcessMemory> {
  const answer = once(child, 'message');
  child.send({ collect });
  const [message] = await answer;
  return memorySchema.parse(message);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
