import { afterEach } from '@jest/globals';
import { z } from 'zod';
import type { SandboxOptions } from '../../src/sandbox/sandbox-options.js';
import { parseInbound } from '../../src/wechat/codec/inbound-message.js';
import { parseXml } from '../../src/wechat/codec/xml.js';
import { FakeWebhook, serveSandbox, testPlatform, type TestPlatform } from './fixture.js';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

/** A phone over the HTTP interface of the page, with a webhook that keeps what arrives. */
export interface Stage extends TestPlatform {
  webhook: FakeWebhook;
  webhookUrl: string;
  origin: string;
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  act: (action: object) => Promise<Response>;
}

/** Closed after each test of the file. */
export async function stage(options: Partial<SandboxOptions> = {}): Promise<Stage> {
  const webhook = new FakeWebhook(() => 'success');
  const url = await webhook.start();
  const platform = testPlatform({ webhookUrl: () => url, ...options });
  const { origin, close } = await serveSandbox(platform.sandbox);
  open.push({ close }, { close: () => webhook.stop() });
  const send: Stage['send'] = (method, path, body, headers = {}) =>
    fetch(`${origin}/sandbox${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const act: Stage['act'] = async (action) => {
    const { openid } = platform.citizen;
    const response = await send('POST', `/api/accounts/pingan-meizhou/citizens/${openid}/actions`, action);
    await platform.sandbox.settled();
    return response;
  };
  return { ...platform, webhook, webhookUrl: url, origin, send, act };
}

export async function codeOf(response: Response): Promise<[number, string]> {
  const { error } = z.object({ error: z.object({ code: z.string() }) }).parse(await response.json());
  return [response.status, error.code];
}

/** What reached the webhook. */
export const inbound = ({ webhook }: Stage) => webhook.hits.map(({ body }) => parseInbound(parseXml(body)));
