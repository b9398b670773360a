import { describe, expect, it, jest } from '@jest/globals';
import { readConfig, type AccountConfig } from '../../src/config.js';
import { createPayments } from '../../src/payments/create-payments.js';
import { accountId, payStage } from '../sandbox/pay/pay-stage.js';
import { buildCertificate, PayPlatform } from '../support/pay-platform.js';

const now = Date.parse('2026-11-23T04:00:00Z');
const clock = { now: () => now };
const config = { ...readConfig({}), publicUrl: 'https://wx.example.gov.cn' };

function account(overrides: Partial<AccountConfig> = {}): AccountConfig {
  return {
    accountId,
    appId: 'wx0123456789abcdef',
    appSecret: 's'.repeat(32),
    token: 'token123',
    messageMode: 'plain',
    ...overrides,
  };
}

describe('payments', () => {
  it('are taken for the accounts that have a merchant, which is told to call back at our public address', async () => {
    const platform = new PayPlatform(clock.now, await buildCertificate('5157F0'));
    const { mchId, serialNo, privateKey, apiV3Key } = platform.merchant;
    const pay = { mchId, serialNo, privateKey, apiV3Key };
    const gateway = createPayments({
      config,
      accounts: [account({ pay }), account({ accountId: 'yuexiu-youth' })],
      clock,
      http: platform.http,
    });
    expect(gateway.isReady(accountId)).toBe(true);
    expect(gateway.isReady('yuexiu-youth')).toBe(false);
    platform.answer('POST /v3/pay/transactions/jsapi', { body: { prepay_id: 'wx20' } });
    const order = {
      accountId,
      orderNo: 'order-1',
      openid: 'oCitizen',
      description: '少年宫绘画班',
      amountFen: 3_000,
      payableUntil: new Date(now + 900_000),
    };
    expect(await gateway.prepare(order)).toEqual({ kind: 'ready', prepayId: 'wx20' });
    expect(JSON.parse(platform.requests[0]!.body)).toMatchObject({
      appid: 'wx0123456789abcdef',
      mchid: mchId,
      notify_url: `https://wx.example.gov.cn/pay/notify/${accountId}`,
    });
  });

  it('go to the sandbox where it is on, which makes keys once, when somebody pays', async () => {
    const stage = await payStage();
    const sandboxMerchant = jest.fn((id: string) => stage.desk.sandboxMerchant(id));
    const gateway = createPayments({
      config,
      accounts: [account()],
      sandbox: { pay: { sandboxMerchant }, base: stage.origin },
      clock: stage.clock,
    });
    expect(gateway.isReady(accountId)).toBe(true);
    expect(sandboxMerchant).not.toHaveBeenCalled();
    expect(await gateway.query(accountId, 'order-1')).toEqual({ kind: 'unknown_order' });
    expect(await gateway.close(accountId, 'order-1')).toEqual({ kind: 'closed' });
    expect(sandboxMerchant).toHaveBeenCalledTimes(1);
  });

  it('try again to open a merchant that could not be opened', async () => {
    const stage = await payStage();
    let isDown = true;
    const gateway = createPayments({
      config,
      accounts: [account()],
      sandbox: {
        pay: {
          sandboxMerchant: (id) =>
            isDown ? Promise.reject(new Error('not yet')) : stage.desk.sandboxMerchant(id),
        },
        base: stage.origin,
      },
      clock: stage.clock,
    });
    await expect(gateway.query(accountId, 'order-1')).rejects.toThrow('not yet');
    isDown = false;
    expect(await gateway.query(accountId, 'order-1')).toEqual({ kind: 'unknown_order' });
  });
});
