import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach } from '@jest/globals';
import type { PayConduct } from '../../../src/api-types/sandbox.js';
import { changeConduct } from '../../../src/sandbox/misbehaviour/conduct.js';
import type { PayDesk, SandboxMerchant } from '../../../src/sandbox/pay/pay-desk.js';
import { makePayKeys } from '../../../src/sandbox/pay/pay-keys.js';
import { mchIdOf, type PayMerchant } from '../../../src/sandbox/pay/pay-merchant.js';
import type { PayKeys } from '../../../src/sandbox/pay/pay-state.js';
import type { SandboxOptions } from '../../../src/sandbox/sandbox-options.js';
import { serveSandbox, testPlatform, type TestPlatform } from '../fixture.js';
import { authorizationOf, isSealedBy, openResource } from './merchant-hand.js';

export const accountId = 'pingan-meizhou';
const apiPath = '/sandbox/pay';

export interface Heard {
  headers: Record<string, string>;
  body: string;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: Record<string, unknown>;
}

interface CallOptions {
  headers?: Record<string, string>;
  /** What is signed, when it is not what is sent. */
  signed?: Partial<{ target: string; body: string; now: number }>;
  as?: Partial<SandboxMerchant>;
}

export interface PayStage extends Omit<TestPlatform, 'call'> {
  origin: string;
  desk: PayDesk;
  merchant: PayMerchant;
  shop: SandboxMerchant;
  notifyUrl: string;
  /** Callbacks that arrived, oldest first. */
  heard: Heard[];
  /** What the merchant's server answers to callbacks; 204 by default. */
  answerWith: (status: (heard: Heard, count: number) => number) => void;
  /** What an answer to a callback waits for. */
  holdBack: (count: number) => Promise<void>;
  conduct: (change: Partial<PayConduct>) => void;
  /** Calls WeChat Pay as the merchant. */
  call: (method: string, target: string, body?: object, options?: CallOptions) => Promise<Answered>;
  /** The bytes of a download. */
  bytes: (target: string) => Promise<Buffer>;
  /** As `call`, for the status and the error code. */
  code: (method: string, target: string, body?: object, options?: CallOptions) => Promise<[number, unknown]>;
  order: (change?: object) => object;
  /** Places an order and lets it be paid. */
  paid: (outTradeNo: string, total?: number) => Promise<void>;
  refund: (change: object) => object;
  /** The callback's content, if its seal and tag fit. */
  read: (heard: Heard) => { eventType: string; id: string; content: Record<string, unknown> } | string;
}

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

/** The same keys in all tests of a file: RSA keys take their time. */
let keys: Promise<PayKeys> | undefined;

/** WeChat Pay over HTTP, with one merchant whose server keeps what arrives. Closed after each test. */
export async function payStage(options: Partial<SandboxOptions> = {}): Promise<PayStage> {
  const heard: Heard[] = [];
  let status: (heard: Heard, count: number) => number = () => 204;
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const one = { headers: plainHeaders(Object.entries(request.headers)), body };
      heard.push(one);
      const code = status(one, heard.length);
      await stage.holdBack(heard.length);
      response.writeHead(code).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  let origin = '';
  const platform = testPlatform({ webhookUrl: () => `${origin}/wechat`, ...options });
  const served = await serveSandbox(platform.sandbox);
  ({ origin } = served);
  open.push(served, {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  });
  const { account, clock, citizen, sandbox } = platform;
  keys ??= makePayKeys(mchIdOf(accountId), 'Tenpay.com sign', clock.now());
  account.state.pay ??= { keys: structuredClone(await keys), orders: [], refunds: [], callbacks: [] };
  const shop = await sandbox.pay.sandboxMerchant(accountId);
  const merchant = await sandbox.pay.merchantOf(accountId);
  const notifyUrl = `http://127.0.0.1:${port}/notify`;

  const send = async (
    method: string,
    target: string,
    body?: object,
    { headers = {}, signed = {}, as = {} }: CallOptions = {},
  ): Promise<Response> => {
    const sent = body === undefined ? '' : JSON.stringify(body);
    const authorization = authorizationOf(
      { ...shop, ...as },
      { method, target, body: sent, now: clock.now(), ...signed },
    );
    return fetch(`${origin}${apiPath}${target}`, {
      method,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'test',
        Authorization: authorization,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: sent }),
    });
  };
  const call: PayStage['call'] = async (...request) => {
    const response = await send(...request);
    const answer = Buffer.from(await response.arrayBuffer()).toString('utf8');
    return {
      status: response.status,
      headers: plainHeaders([...response.headers]),
      text: answer,
      json: answer.startsWith('{') ? JSON.parse(answer) : {},
    };
  };
  const order: PayStage['order'] = (change = {}) => ({
    appid: shop.appId,
    mchid: shop.mchId,
    description: '少年宫航模班报名费',
    out_trade_no: 'ORDER-000001',
    notify_url: notifyUrl,
    amount: { total: 1200, currency: 'CNY' },
    payer: { openid: citizen.openid },
    ...change,
  });

  const stage: PayStage = {
    ...platform,
    origin,
    desk: sandbox.pay,
    merchant,
    shop,
    notifyUrl,
    heard,
    answerWith: (next) => (status = next),
    holdBack: () => Promise.resolve(),
    conduct: (change) => {
      const pay = { ...account.misbehaviour.pay, ...change };
      account.misbehaviour = changeConduct(account.misbehaviour, { pay });
    },
    call,
    bytes: async (target) => Buffer.from(await (await send('GET', target)).arrayBuffer()),
    code: async (...request) => {
      const { status, json } = await call(...request);
      return [status, json.code];
    },
    order,
    paid: async (outTradeNo, total = 1200) => {
      await call(
        'POST',
        '/v3/pay/transactions/jsapi',
        order({ out_trade_no: outTradeNo, amount: { total } }),
      );
      sandbox.pay.pay(merchant, merchant.book.find(outTradeNo));
    },
    refund: (change) => ({
      out_trade_no: 'ORDER-000001',
      out_refund_no: 'REFUND-1',
      notify_url: notifyUrl,
      amount: { refund: 500, total: 1200, currency: 'CNY' },
      ...change,
    }),
    read: ({ headers, body }) => {
      const certificate = merchant.state.keys.certificates
        .map((one) => one.certificate)
        .find((one) => isSealedBy(one, headers, body));
      if (!certificate && !isSealedBy(shop.platformPublicKey.pem, headers, body)) return 'bad seal';
      const letter = JSON.parse(body);
      try {
        const content = JSON.parse(openResource(shop.apiV3Key, letter.resource));
        return { id: letter.id, eventType: letter.event_type, content };
      } catch {
        return 'bad tag';
      }
    },
  };
  return stage;
}

function plainHeaders(entries: Iterable<[string, unknown]>): Record<string, string> {
  return Object.fromEntries([...entries].map(([name, value]) => [name, String(value)]));
}
