import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpApp } from '../../src/http/http-app.js';
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

export interface TestPlatform {
  clock: TestClock;
  sandbox: Sandbox;
  account: WorldAccount;
  /** Somebody who follows and has done nothing yet. */
  citizen: CitizenState;
  /** Calls the platform's API with a valid token and answers its JSON. */
  call(method: 'GET' | 'POST', path: string, input?: Record<string, unknown>): Record<string, any>;
  /** Calls it as it stands: no token added. */
  raw(method: string, path: string, query: Record<string, string>, body?: string): Record<string, any>;
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
  const raw: TestPlatform['raw'] = (method, path, query, body = '') =>
    sandbox.api.handle({ method, path, query: new URLSearchParams(query), body }, clock.now()) as Record<
      string,
      any
    >;
  const call: TestPlatform['call'] = (method, path, input = {}) => {
    const { accountId } = account.account;
    const { access_token } = sandbox.api.tokens.issueStable(accountId, clock.now(), false, '');
    return method === 'GET'
      ? raw(method, path, { ...(input as Record<string, string>), access_token })
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

/** A stand-in for the product's webhook; `null` from the handler breaks the connection. */
export class FakeWebhook {
  readonly hits: WebhookHit[] = [];
  #server: Server | undefined;

  constructor(
    private readonly handler: (
      hit: WebhookHit,
      count: number,
    ) => Promise<string | null | { status: number }> | string | null | { status: number },
  ) {}

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then((answer) => {
        if (answer === null) request.socket.destroy();
        else if (typeof answer === 'string') response.end(answer);
        else response.writeHead(answer.status).end();
      });
    });
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}/wechat`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<string | null | { status: number }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { searchParams } = new URL(request.url ?? '', 'http://webhook');
    const hit = { query: Object.fromEntries(searchParams), body: Buffer.concat(chunks).toString() };
    this.hits.push(hit);
    return this.handler(hit, this.hits.length);
  }
}

/** The sandbox behind the product's own Koa application, listening on a free port. */
export async function serveSandbox(sandbox: Sandbox): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(createHttpApp({ logger: silentLogger, routers: [sandbox.router] }).callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await sandbox.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
