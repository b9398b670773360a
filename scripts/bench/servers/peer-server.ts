import { z } from 'zod';
import type { BenchAccount } from '../load/load-protocol.js';
import { nextMessage } from '../next-message.js';
import { ServerProcess, type BenchServer } from './server-process.js';

const readySchema = z.object({ port: z.int() });

/** Starts `file` (relative to scripts/bench), a plain module that listens for one account and tells its port. */
export async function startPeer(
  file: string,
  account: BenchAccount,
  mongodbUri: string,
): Promise<BenchServer> {
  const server = new ServerProcess(file, {
    NODE_NO_WARNINGS: '1',
    MONGODB_URI: mongodbUri,
    WECHAT_TOKEN: account.token,
    WECHAT_APPID: account.appId,
    WECHAT_AES_KEY: account.aesKey,
  });
  return server.listening(nextMessage(server.child).then((message) => readySchema.parse(message).port));
}
