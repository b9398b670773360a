import { describe, expect, it } from '@jest/globals';
import { WechatPayGateway } from '../../src/payments/wechat-pay-gateway.js';
import { accountId, payStage } from '../sandbox/pay/pay-stage.js';
import { until } from '../support/until.js';

const minute = 60_000;

async function open() {
  const stage = await payStage();
  const { clock, shop, notifyUrl } = stage;
  const gateway = new WechatPayGateway({
    merchants: [{ ...shop, notifyBaseUrl: notifyUrl }],
    clock,
  });
  const order = (orderNo: string) => ({
    accountId,
    orderNo,
    openid: stage.citizen.openid,
    description: '少年宫绘画班',
    amountFen: 3_000,
    payableUntil: new Date(clock.now() + 15 * minute),
  });
  return { ...stage, gateway, order };
}

describe('the gateway at the sandbox', () => {
  it('places an order, asks after it, and closes it', async () => {
    const { gateway, order } = await open();
    expect(await gateway.query(accountId, 'order-1')).toEqual({ kind: 'unknown_order' });
    expect(await gateway.prepare(order('order-1'))).toMatchObject({ kind: 'ready' });
    expect(await gateway.query(accountId, 'order-1')).toEqual({ kind: 'unpaid' });
    expect(await gateway.close(accountId, 'order-1')).toEqual({ kind: 'closed' });
    expect(await gateway.query(accountId, 'order-1')).toEqual({ kind: 'closed' });
    expect(await gateway.prepare(order('order-1'))).toEqual({ kind: 'closed' });
  });

  it.each(['public_key', 'certificate', 'mixed'] as const)(
    'reads the callback of a payment signed by %s',
    async (key) => {
      const { gateway, heard, conduct, paid, citizen } = await open();
      conduct({ key });
      await paid('order-2', 3_000);
      await until('a callback', () => heard.length > 0);
      const event = await gateway.readCallback(accountId, {
        headers: heard[0]!.headers,
        rawBody: heard[0]!.body,
      });
      expect(event).toMatchObject({
        kind: 'payment',
        orderNo: 'order-2',
        state: { kind: 'paid', paidFen: 3_000, openid: citizen.openid },
      });
      expect(await gateway.query(accountId, 'order-2')).toMatchObject({ kind: 'paid', paidFen: 3_000 });
      expect(await gateway.close(accountId, 'order-2')).toEqual({ kind: 'paid' });

      const request = {
        accountId,
        orderNo: 'order-2',
        refundNo: 'order-2R1',
        refundFen: 1_000,
        totalFen: 3_000,
        reason: '课程取消',
      };
      expect(await gateway.queryRefund(accountId, request.refundNo)).toEqual({ kind: 'unknown_refund' });
      expect(await gateway.refund(request)).toEqual({ kind: 'processing' });
      // The same number is the same refund.
      expect(await gateway.refund(request)).toMatchObject({
        kind: expect.stringMatching(/^(processing|succeeded)$/),
      });
    },
  );
});
