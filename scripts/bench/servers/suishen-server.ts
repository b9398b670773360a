import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { BenchAccount } from '../load/load-protocol.js';
import { ServerProcess, type BenchServer } from './server-process.js';

export interface SuishenOptions {
  account: BenchAccount;
  mongodbUri: string;
  /** The benchmark's stand-in for the platform's API. */
  apiBase: string;
  dataDir: string;
}

const startDeadlineMs = 60_000;
const manifestSchema = z.object({ scripts: z.object({ start: z.string() }) });

/**
 * Starts the built product on a free port and waits until it is ready. One process, both roles, as `npm start` does.
 */
export async function startSuishen(options: SuishenOptions): Promise<BenchServer> {
  const port = await freePort();
  const server = new ServerProcess('../../dist/main.js', environment(options, port), await flagsOfStart());
  return server.listening(untilReady(server.child, port));
}

/** The flags with which `npm start` runs the product. */
async function flagsOfStart(): Promise<string[]> {
  const manifest = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  const { scripts } = manifestSchema.parse(JSON.parse(manifest));
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

function environment(
  { account, mongodbUri, apiBase, dataDir }: SuishenOptions,
  port: number,
): NodeJS.ProcessEnv {
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    MONGODB_URI: mongodbUri,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    SANDBOX: 'off',
    // The load comes from few citizens, each far faster than people are: counted, never refused.
    CITIZEN_MESSAGES_PER_MINUTE: '100000',
    WECHAT_API_BASE: apiBase,
    WECHAT_ACCOUNT: account.accountId,
    WECHAT_APPID: account.appId,
    WECHAT_SECRET: account.appSecret,
    WECHAT_TOKEN: account.token,
    WECHAT_AES_KEY: account.aesKey,
    WECHAT_MESSAGE_MODE: account.messageMode,
  };
}

async function untilReady(child: ChildProcess, port: number): Promise<number> {
  const deadline = Date.now() + startDeadlineMs;
  while (child.exitCode === null && Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (response?.ok) return port;
    await delay(100);
  }
  throw new Error(child.exitCode === null ? 'not ready after a minute' : `exit ${child.exitCode}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
