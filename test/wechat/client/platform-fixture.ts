import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import nock from 'nock';
import { Registry } from 'prom-client';
import type { Sleep } from '../../../src/core/clock.js';
import type { KeyValueStore } from '../../../src/core/key-value-store.js';
import { KeyValueStoreMemory } from '../../../src/storage/key-value-store-memory.js';
import type { WechatAccount } from '../../../src/wechat/account.js';
import { AccessTokens } from '../../../src/wechat/client/access-tokens.js';
import { HttpTransport } from '../../../src/wechat/client/http-transport.js';
import { PlatformMetrics } from '../../../src/wechat/client/platform-metrics.js';
import { WechatClient } from '../../../src/wechat/client/wechat-client.js';
import { listen } from '../../support/listen.js';
import { createRecordingLogger } from '../../support/recording-logger.js';

export const apiBase = 'https://api.weixin.qq.com';
export const openid = 'oCitizen0000000000000000001';

export const account: WechatAccount = {
  accountId: 'pingan-meizhou',
  appId: 'wx0123456789abcdef',
  appSecret: 'the-secret-of-the-account',
  token: 'signature-token',
  messageMode: 'plain',
};

/** What `useNock` closes after each test. */
const closers: (() => void)[] = [];

/** Everything about one simulated platform and the nodes that call it; time passes only by sleeping. */
export interface Platform {
  clock: { time: number; now(): number };
  /** The pauses that were slept, in milliseconds. */
  pauses: number[];
  store: KeyValueStore;
  registry: Registry;
  /** Parsed log lines of all nodes. */
  log: Record<string, unknown>[];
  /** Another node: its own process memory, the same store. */
  addNode(options?: NodeOptions): { tokens: AccessTokens; client: WechatClient };
}

interface NodeOptions {
  store?: KeyValueStore;
  transport?: HttpTransport;
  apiBase?: string;
  sleep?: Sleep;
}

/**
 * nock for a whole test file: every answer that a test prepares must be asked for, and nothing else may be.
 * At the end nock goes away, because the next file of the same process would meet it in node:http.
 */
export function useNock(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    nock.disableNetConnect();
    const unused = nock.pendingMocks();
    nock.cleanAll();
    expect(unused).toEqual([]);
  });
  afterAll(() => nock.restore());
}

export function createPlatform(): Platform {
  const clock = { time: Date.UTC(2026, 4, 1), now: () => clock.time };
  const pauses: number[] = [];
  const { logger, lines: log } = createRecordingLogger();
  const sleep = async (ms: number) => {
    pauses.push(ms);
    clock.time += ms;
    await new Promise((resolve) => setImmediate(resolve));
  };
  const shared = {
    account,
    apiBase,
    clock,
    sleep,
    logger,
    random: () => 0,
    newId: () => randomUUID(),
  };
  const store = new KeyValueStoreMemory(clock);
  const registry = new Registry();
  const metrics = new PlatformMetrics(registry);
  return {
    clock,
    pauses,
    store,
    registry,
    log,
    addNode(options = {}) {
      const node = { ...shared, store, transport: new HttpTransport(), ...options };
      const tokens = new AccessTokens(node);
      return { tokens, client: new WechatClient({ ...node, tokens, metrics }) };
    },
  };
}

/** The platform answers the next request for a token. `token-secret-1` and the like must never be shown. */
export function giveToken(token: string, expiresIn = 7200): nock.Scope {
  return nock(apiBase)
    .post('/cgi-bin/stable_token', { ...tokenRequest, force_refresh: false })
    .reply(200, { access_token: token, expires_in: expiresIn });
}

export function giveForcedToken(token: string): nock.Scope {
  return nock(apiBase)
    .post('/cgi-bin/stable_token', { ...tokenRequest, force_refresh: true })
    .reply(200, { access_token: token, expires_in: 7200 });
}

export function refuseToken(errcode: number, errmsg = 'refused rid: 1'): nock.Scope {
  return nock(apiBase).post('/cgi-bin/stable_token').reply(200, { errcode, errmsg });
}

const tokenRequest = { grant_type: 'client_credential', appid: account.appId, secret: account.appSecret };

/** The platform answers the next customer-service message that carries `token`. */
export function answerSend(token: string, errcode: number, errmsg = 'message rid: 6650-1'): nock.Scope {
  return nock(apiBase)
    .post('/cgi-bin/message/custom/send')
    .query({ access_token: token })
    .reply(200, { errcode, errmsg });
}

/**
 * The address of a platform that gives a token and then never answers; it ends with the test. Over a real connection:
 * to nock a connection stands only once the answer is there.
 */
export async function serveSilentPlatform(token: string): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/cgi-bin/stable_token') {
      response.end(JSON.stringify({ access_token: token, expires_in: 7200 }));
    }
  });
  const port = await listen(server);
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  nock.enableNetConnect('127.0.0.1');
  return `http://127.0.0.1:${port}`;
}

export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}
