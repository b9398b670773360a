import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import { serveSandbox, testPlatform } from '../fixture.js';
import { accountId, payStage } from './pay-stage.js';

const production = process.env.NODE_ENV;
afterEach(() => {
  process.env.NODE_ENV = production;
});

describe('WeChat Pay of the sandbox', () => {
  it('keeps keys, orders, refunds and callbacks on their way across a restart', async () => {
    const stateFile = join(await mkdtemp(join(tmpdir(), 'sandbox-pay-')), 'sandbox.json');
    const before = await payStage({ stateFile });
    before.conduct({ refundAfterMs: 3_600_000 });
    before.answerWith(() => 500);
    await before.paid('ORDER-000001');
    await before.call('POST', '/v3/refund/domestic/refunds', before.refund({}));
    while (before.heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await before.sandbox.stop();
    before.answerWith(() => 204);

    const after = testPlatform({ stateFile, webhookUrl: () => `${before.origin}/wechat` });
    after.clock.advance(3_600_001);
    await after.sandbox.start();
    const { close } = await serveSandbox(after.sandbox);
    await after.sandbox.pay.settled();
    expect(await after.sandbox.pay.sandboxMerchant(accountId)).toEqual(before.shop);
    const merchant = await after.sandbox.pay.merchantOf(accountId);
    expect(merchant.book.find('ORDER-000001')).toEqual(before.merchant.book.find('ORDER-000001'));
    expect(merchant.book.findRefund('REFUND-1').status).toBe('SUCCESS');
    const events = before.heard.map(before.read).slice(1);
    expect(events).toMatchObject([{ eventType: 'TRANSACTION.SUCCESS' }, { eventType: 'REFUND.SUCCESS' }]);
    expect(merchant.state.callbacks).toEqual([]);
    await close();
  });

  it('makes no keys before somebody asks for them', async () => {
    const { sandbox, account } = testPlatform();
    await sandbox.start();
    expect(account.state.pay).toBeNull();
    const [one, other] = await Promise.all([
      sandbox.pay.sandboxMerchant(accountId),
      sandbox.pay.sandboxMerchant(accountId),
    ]);
    expect(one).toEqual(other);
    expect(one.apiV3Key).toHaveLength(32);
    await sandbox.stop();
  });

  it('does not exist in production', () => {
    const { clock } = testPlatform();
    process.env.NODE_ENV = 'production';
    const options = { accounts: [], clock, random: () => 0, webhookUrl: () => 'http://127.0.0.1' };
    expect(() => createSandbox({ ...options, logger: undefined as never })).toThrow('NODE_ENV=production');
  });
});
