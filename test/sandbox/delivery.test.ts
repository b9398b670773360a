import { afterEach, describe, expect, it } from '@jest/globals';
import type { ChatEntry, CitizenAction, Misbehaviour } from '../../src/api-types/sandbox.js';
import type { Reply } from '../../src/core/messages.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { WorldAccount } from '../../src/sandbox/world.js';
import type { CitizenState } from '../../src/sandbox/account-state.js';
import type { MessageMode } from '../../src/wechat/account.js';
import { parseBody } from '../../src/wechat/codec/body.js';
import { openDelivery, sealReply } from '../../src/wechat/codec/envelope.js';
import { KeyRing, MessageCrypto } from '../../src/wechat/codec/message-crypto.js';
import { buildPassiveReply } from '../../src/wechat/codec/passive-reply.js';
import { verifySignature } from '../../src/wechat/codec/signature.js';
import { parseXml } from '../../src/wechat/codec/xml.js';
import {
  FakeWebhook,
  monday,
  serveSandbox,
  testAccount,
  testPlatform,
  type WebhookHandler,
  type WebhookHit,
} from './fixture.js';

const timings = { answerDeadlineMs: 100, resendPauseMs: 0, holdMs: 100, saveDelayMs: 10 };
const never = () => new Promise<string>(() => undefined);

class Scene {
  constructor(
    readonly sandbox: Sandbox,
    readonly account: WorldAccount,
    readonly citizen: CitizenState,
    readonly webhook: FakeWebhook,
    readonly origin: string,
  ) {}

  async act(action: CitizenAction): Promise<number> {
    const path = `accounts/${this.account.account.accountId}/citizens/${this.citizen.openid}/actions`;
    const response = await fetch(`${this.origin}/sandbox/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(action),
    });
    return response.status;
  }

  async say(text: string): Promise<ChatEntry[]> {
    await this.act({ action: 'text', text });
    await this.sandbox.settled();
    return this.citizen.chat;
  }

  misbehave(change: Partial<Misbehaviour>): void {
    this.account.misbehaviour = { ...this.account.misbehaviour, ...change };
  }

  /** The fields of every message that reached the webhook in plain mode, in the order of arrival. */
  received(): Record<string, unknown>[] {
    return this.webhook.hits.map(({ body }) => parseXml(body));
  }
}

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

async function scene(handler: WebhookHandler, mode: MessageMode = 'plain'): Promise<Scene> {
  const webhook = new FakeWebhook(handler);
  const url = await webhook.start();
  const { sandbox, account, citizen } = testPlatform({
    accounts: [{ account: testAccount(mode), name: '平安梅州' }],
    webhookUrl: () => url,
    timings,
  });
  const served = await serveSandbox(sandbox);
  open.push(served, { close: () => webhook.stop() });
  return new Scene(sandbox, account, citizen, webhook, served.origin);
}

/** A correct answer in plain mode to whatever was delivered. */
function answering(reply: Reply): (hit: WebhookHit) => string {
  return ({ body }) => passive(parseXml(body), reply);
}

function passive(message: Record<string, unknown>, reply: Reply): string {
  const envelope = { to: String(message.FromUserName), from: String(message.ToUserName), createdAt: monday };
  return buildPassiveReply(reply, envelope);
}

const hello: Reply = { kind: 'text', text: '您好' };
const article = { title: '一', description: '', url: 'https://a.cn/' };

describe('a message of a citizen', () => {
  it('reaches the webhook signed, with a fresh nonce and an id beyond 2^53', async () => {
    const stage = await scene(() => 'success');
    await stage.say('1');
    await stage.say('2');
    const [one, two] = stage.webhook.hits;
    const { signature, timestamp, nonce, openid } = one!.query;
    expect(verifySignature(['token', timestamp, nonce], signature)).toBe(true);
    expect(openid).toBe(stage.citizen.openid);
    expect(two!.query.nonce).not.toBe(nonce);
    const [first, second] = stage.received();
    expect(first).toMatchObject({
      ToUserName: stage.account.originalId,
      FromUserName: stage.citizen.openid,
      CreateTime: String(monday / 1000),
      MsgType: 'text',
      Content: '1',
    });
    expect(BigInt(String(first!.MsgId)) > 2n ** 53n).toBe(true);
    expect(second!.MsgId).not.toBe(first!.MsgId);
  });

  it('shows its answer in the chat', async () => {
    const stage = await scene(answering(hello));
    expect(await stage.say('你好')).toMatchObject([
      {
        from: 'citizen',
        content: { kind: 'text', text: '你好' },
        delivery: { state: 'answered', attempts: 1 },
      },
      { from: 'account', via: 'reply', content: { kind: 'text', text: '您好' } },
    ]);
  });

  it.each(['success', ''])('answered "%s" brings nothing and is not sent again', async (body) => {
    const stage = await scene(() => body);
    expect(await stage.say('1')).toMatchObject([{ delivery: { state: 'silent', attempts: 1 } }]);
    expect(stage.webhook.hits).toHaveLength(1);
  });

  it('without an answer is sent again three times, unchanged but freshly signed, then the citizen is told', async () => {
    const stage = await scene(never);
    expect(await stage.say('1')).toMatchObject([
      { delivery: { state: 'failed', attempts: 4, problem: 'no answer in 100 ms' } },
      { from: 'platform', content: { kind: 'notice', text: '该公众号暂时无法提供服务，请稍后再试' } },
    ]);
    expect(new Set(stage.webhook.hits.map(({ body }) => body)).size).toBe(1);
    expect(new Set(stage.webhook.hits.map(({ query }) => query.nonce)).size).toBe(4);
  });

  it.each([
    ['no answer', never],
    ['a broken connection', () => null],
    ['an error of the server', () => ({ status: 502 })],
  ])('is sent again after %s, and the answer to a later attempt counts', async (_what, failing) => {
    const stage = await scene((hit, count) => (count < 3 ? failing() : answering(hello)(hit)));
    const [sent, answer] = await stage.say('1');
    expect(sent!.delivery).toMatchObject({ state: 'answered', attempts: 3 });
    expect(answer!.content).toEqual({ kind: 'text', text: '您好' });
  });

  it.each<[string, (hit: WebhookHit) => string]>([
    ['JSON', () => '{"text":"您好"}'],
    ['a text page', () => 'Internal Server Error'],
    [
      'an answer to somebody else',
      ({ body }) => passive({ ...parseXml(body), FromUserName: 'oOther' }, hello),
    ],
    [
      'an answer from another account',
      ({ body }) => passive({ ...parseXml(body), ToUserName: 'gh_0' }, hello),
    ],
    [
      'milliseconds in CreateTime',
      (hit) => answering(hello)(hit).replace('</CreateTime>', '000</CreateTime>'),
    ],
    ['a text of more than 2,048 bytes', answering({ kind: 'text', text: '梅'.repeat(683) })],
  ])('answered with %s is a fault of the account, and not sent again', async (_what, handler) => {
    const stage = await scene(handler);
    expect(await stage.say('1')).toMatchObject([
      { delivery: { state: 'failed', attempts: 1, problem: expect.any(String) } },
      { from: 'platform', content: { kind: 'notice', text: '该公众号提供的服务出现故障，请稍后再试' } },
    ]);
    expect(stage.webhook.hits).toHaveLength(1);
  });

  it('brings one article, the click of a button eight', async () => {
    const stage = await scene(
      answering({ kind: 'articles', articles: Array.from({ length: 10 }, () => article) }),
    );
    stage.account.state.menu = [{ name: '看', type: 'click', key: 'k' }];
    await stage.say('新闻');
    await stage.act({ action: 'button', position: [0] });
    await stage.sandbox.settled();
    const counts = stage.citizen.chat.flatMap(({ content }) =>
      content.kind === 'articles' ? [content.articles.length] : [],
    );
    expect(counts).toEqual([1, 8]);
  });

  it('does not wait for the one before it', async () => {
    let release: (body: string) => void = () => undefined;
    const stage = await scene((_hit, count) =>
      count === 1 ? new Promise((resolve) => (release = resolve)) : (release('success'), 'success'),
    );
    await stage.act({ action: 'text', text: '1' });
    await stage.act({ action: 'text', text: '2' });
    await stage.sandbox.settled();
    expect(stage.citizen.chat.map(({ delivery }) => delivery!.attempts)).toEqual([1, 1]);
  });
});

describe('in compat and safe mode', () => {
  const keys = (): KeyRing => new KeyRing({ appId: testAccount().appId, aesKey: testAccount().aesKey! });
  const seal = (reply: string, key = testAccount().aesKey!): string => {
    const crypto = new MessageCrypto(key, testAccount().appId);
    return sealReply(reply, { token: 'token', crypto, timestamp: '1', nonce: '1' });
  };
  const openHit = (hit: WebhookHit) =>
    parseXml(openDelivery(parseBody(hit.body), hit.query, 'token', keys()).plain);

  it.each(['compat', 'safe'] as const)('an encrypted reply is read: %s', async (mode) => {
    const stage = await scene((hit) => seal(passive(openHit(hit), hello)), mode);
    expect(await stage.say('1')).toMatchObject([{}, { content: { kind: 'text', text: '您好' } }]);
  });

  it('safe mode hides the message and refuses a plain reply', async () => {
    const stage = await scene((hit) => passive(openHit(hit), hello), 'safe');
    expect(await stage.say('秘密')).toMatchObject([{ delivery: { state: 'failed' } }, { from: 'platform' }]);
    expect(stage.webhook.hits[0]!.body).not.toContain('秘密');
  });

  it('compat mode takes a plain reply', async () => {
    const stage = await scene((hit) => passive(openHit(hit), hello), 'compat');
    expect(await stage.say('1')).toMatchObject([{}, { content: { kind: 'text', text: '您好' } }]);
  });

  it('a reply whose signature does not fit is refused', async () => {
    const stage = await scene(
      (hit) => seal(passive(openHit(hit), hello)).replace('<Nonce><![CDATA[1', '<Nonce><![CDATA[2'),
      'safe',
    );
    expect(await stage.say('1')).toMatchObject([{ delivery: { state: 'failed' } }, { from: 'platform' }]);
  });
});

describe('misbehaviour', () => {
  it('delivers every message twice, alike, and shows one answer', async () => {
    const stage = await scene(answering(hello));
    stage.misbehave({ duplicateAll: true });
    expect(await stage.say('1')).toMatchObject([
      { delivery: { duplicate: 'same_answer' } },
      { from: 'account' },
    ]);
    expect(stage.webhook.hits).toHaveLength(2);
    expect(stage.webhook.hits[1]!.body).toBe(stage.webhook.hits[0]!.body);
  });

  it('notices when the same message is answered in two ways', async () => {
    const stage = await scene((hit, count) => answering({ kind: 'text', text: `${count}` })(hit));
    stage.misbehave({ duplicateAll: true });
    expect(await stage.say('1')).toMatchObject([{ delivery: { duplicate: 'other_answer' } }, {}]);
  });

  it('sends the last message again when asked', async () => {
    const stage = await scene(answering(hello));
    expect(await stage.act({ action: 'repeat' })).toBe(409);
    await stage.say('1');
    await stage.act({ action: 'repeat' });
    await stage.sandbox.settled();
    expect(stage.received().map(({ MsgId }) => MsgId)).toEqual([
      stage.received()[0]!.MsgId,
      stage.received()[0]!.MsgId,
    ]);
    expect(stage.citizen.chat[0]!.delivery).toMatchObject({ duplicate: 'same_answer' });
  });

  it('lets the second message overtake the first', async () => {
    const stage = await scene(() => 'success');
    stage.misbehave({ outOfOrder: true });
    for (const text of ['1', '2']) await stage.act({ action: 'text', text });
    await stage.sandbox.settled();
    expect(stage.received().map(({ Content }) => Content)).toEqual(['2', '1']);
  });

  it('does not hold a message back for ever', async () => {
    const stage = await scene(() => 'success');
    stage.misbehave({ outOfOrder: true });
    await stage.say('1');
    expect(stage.webhook.hits).toHaveLength(1);
  });

  it('delivers slowly, so that a later message comes first', async () => {
    const stage = await scene(() => 'success');
    stage.misbehave({ slowMs: 100 });
    await stage.act({ action: 'text', text: '1' });
    stage.misbehave({ slowMs: 0 });
    await stage.say('2');
    expect(stage.received().map(({ Content }) => Content)).toEqual(['2', '1']);
  });
});
