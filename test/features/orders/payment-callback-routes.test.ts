import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import request from 'supertest';
import { UserError } from '../../../src/core/errors.js';
import { paymentCallbackRouter } from '../../../src/features/orders/payment-callback-routes.js';
import type { PaymentEvent } from '../../../src/features/orders/payment-gateway-port.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { accountId, openOrderDesk } from '../../support/order-builders.js';

type Callback = { headers: Readonly<Record<string, string | undefined>>; rawBody: string };

let office: ReturnType<typeof openOrderDesk>;
let registry: Registry;
let read: (accountId: string, callback: Callback) => Promise<PaymentEvent>;
beforeEach(() => {
  office = openOrderDesk();
  registry = new Registry();
});

function post(body: string) {
  const router = paymentCallbackRouter({
    gateway: { readCallback: (account, callback) => read(account, callback) },
    desk: office.desk,
    logger: silentLogger,
    registry,
  });
  const app = createHttpApp({ logger: silentLogger, routers: [router] });
  return request(app.callback()).post(`/pay/notify/${accountId}`).type('application/json').send(body);
}

describe('the door for payment callbacks', () => {
  it('hands on headers and body as they came, and answers 204 once the payment is kept', async () => {
    const order = await office.place();
    const event = await office.pay(order);
    const seen: Callback[] = [];
    read = async (_account, callback) => {
      seen.push(callback);
      return event;
    };
    const body = '{ "id":  "e" }\n';
    const answer = await post(body).set('Wechatpay-Serial', 'PUB_KEY_ID_1');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(seen[0]!.rawBody).toBe(body);
    expect(seen[0]!.headers['wechatpay-serial']).toBe('PUB_KEY_ID_1');
    expect(await office.desk.find(accountId, order.orderId)).toMatchObject({ state: 'paid' });
  });

  it('answers a refusal in the platform’s own form, and counts it', async () => {
    read = async () => {
      throw new UserError('bad_signature', '签名不对', { status: 401 });
    };
    const answer = await post('{}');
    expect([answer.status, answer.body]).toEqual([401, { code: 'FAIL', message: '签名不对' }]);
    expect(await registry.metrics()).toContain('suishen_payment_callbacks_total{outcome="bad_signature"} 1');
  });

  it('asks for the callback again where it fails itself, and says no reason', async () => {
    read = async () => {
      throw new Error('the database is away');
    };
    const answer = await post('{}');
    expect([answer.status, answer.body]).toEqual([500, { code: 'FAIL', message: '系统出错' }]);
  });

  it('refuses a body that no callback has', async () => {
    read = async () => {
      throw new Error('it is not read');
    };
    expect((await post('x'.repeat(65 * 1024))).status).toBe(413);
  });
});
