import { z } from 'zod';
import { openNoticeOffice } from '../../scripts/bench/notices/notice-office.js';
import type { WechatAccount } from '../../src/wechat/account.js';

/**
 * A program that sends notices until it is ended: `notice-worker-process.ts <setup as JSON>`. What it could not do goes
 * to the error output: otherwise it would only show as a test that waits in vain.
 */
const { account, ...setup } = z
  .object({
    mongodbUri: z.string(),
    apiBase: z.string(),
    account: z.custom<WechatAccount>(),
    concurrency: z.int(),
    leaseMs: z.int(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const office = await openNoticeOffice({
  ...setup,
  account,
  onFailure: (what, error) => process.stderr.write(`${what}: ${String(error)}\n`),
});
office.engine.workers.start();
process.stdout.write('ready\n');
