import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import Koa from 'koa';
import { z } from 'zod';
import { createHttpApp } from '../../src/http/http-app.js';
import { listen } from '../../src/http/http-server.js';
import { silentLogger } from '../../src/observability/logger.js';
import type { CitizenState } from '../../src/sandbox/account-state.js';
import type { SandboxOptions } from '../../src/sandbox/sandbox-options.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { WorldAccount } from '../../src/sandbox/world.js';
import type { MessageMode, WechatAccount } from '../../src/wechat/account.js';

/** 2026-03-02 10:00:00 in Shanghai, a Monday. */
export const monday = Date.UTC(2026, 2, 2, 2);
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export function testAccount(messageMode: MessageMode = 'plain'): WechatAccount {
  return {
    accountId: 'pingan-meizhou',
    appId: 'wxb11529c136998cb6',
    appSecret: 'secret',
    token: 'token',
    messageMode,
    aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  };
}

/** The same "random" numbers in every run (mulberry32). */
export function seededRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class TestClock {
  constructor(public time = monday) {}
  now(): number {
    return this.time;
  }
  advance(ms: number): void {
    this.time += ms;
  }
}

/** What the tests read of the platform's answers. */
const platformAnswerSchema = z.looseObject({
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  access_token: z.string().optional(),
  expires_in: z.number().optional(),
  ticket: z.string().optional(),
  total: z.number().optional(),
  /** A page of openids, or the templates for subscription notifications. */
  data: z.custom<{ openid: string[] }>().optional(),
  next_openid: z.string().optional(),
});

export type PlatformAnswer = z.output<typeof platformAnswerSchema>;

export interface TestPlatform {
  clock: TestClock;
  sandbox: Sandbox;
  account: WorldAccount;
  /** Somebody who follows and has done nothing yet. */
  citizen: CitizenState;
  /** Calls the platform's API with a valid token and answers its JSON. */
  call: (method: 'GET' | 'POST', path: string, input?: Record<string, unknown>) => PlatformAnswer;
  /** Calls it as it stands: no token added. */
  raw: (method: string, path: string, query: Record<string, string>, body?: string) => PlatformAnswer;
}

export function testPlatform(options: Partial<SandboxOptions> = {}): TestPlatform {
  const clock = new TestClock();
  const sandbox = createSandbox({
    accounts: [{ account: testAccount(), name: '平安梅州' }],
    clock,
    logger: silentLogger,
    random: seededRandom(),
    webhookUrl: () => 'http://127.0.0.1:9/wechat',
    ...options,
  });
  const account = [...sandbox.world.accounts.values()][0]!;
  const raw: TestPlatform['raw'] = (method, path, query, body = '') => {
    const request = { method, path, query: new URLSearchParams(query), body };
    return platformAnswerSchema.parse(sandbox.api.handle(request, clock.now()));
  };
  const call: TestPlatform['call'] = (method, path, input = {}) => {
    const { accountId } = account.account;
    const { access_token } = sandbox.api.tokens.issueStable(accountId, clock.now(), false, '');
    return method === 'GET'
      ? raw(method, path, { ...z.record(z.string(), z.string()).parse(input), access_token })
      : raw(method, path, { access_token }, JSON.stringify(input));
  };
  return { clock, sandbox, account, citizen: addFollower(sandbox, account, clock.now()), call, raw };
}

export function addFollower(sandbox: Sandbox, account: WorldAccount, now: number): CitizenState {
  const citizen = sandbox.world.addCitizen(account, '小林');
  citizen.following = true;
  citizen.followedAt = now;
  return citizen;
}

export interface WebhookHit {
  query: Record<string, string>;
  body: string;
}

/** What the stand-in answers: a body, a status, or null for a broken connection. */
type WebhookResponse = string | { status: number } | null;
export type WebhookHandler = (hit: WebhookHit, count: number) => WebhookResponse | Promise<WebhookResponse>;

/** A stand-in for the product's webhook. */
export class FakeWebhook {
  readonly hits: WebhookHit[] = [];
  readonly #server: Server;

  constructor(handler: WebhookHandler) {
    const app = new Koa();
    app.use(async (ctx) => {
      const hit = { query: Object.fromEntries(ctx.URL.searchParams), body: await text(ctx.req) };
      this.hits.push(hit);
      const response = await handler(hit, this.hits.length);
      if (response === null) ctx.req.socket.destroy();
      else if (typeof response === 'string') ctx.body = response;
      else ctx.status = response.status;
    });
    const handle = app.callback();
    this.#server = createServer((request, response) => void handle(request, response));
  }

  /** Its address. */
  async start(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const address = this.#server.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/wechat`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

/** The sandbox behind the product's own Koa application, listening on a free port. */
export async function serveSandbox(
  sandbox: Sandbox,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const app = createHttpApp({ logger: silentLogger, routers: [sandbox.router] });
  const server = await listen(app, '127.0.0.1', 0);
  return {
    origin: `http://127.0.0.1:${server.port}`,
    async close() {
      await sandbox.stop();
      await server.stop();
    },
  };
}
