import { afterEach, describe, expect, it } from '@jest/globals';
import type { MisbehaviourInput } from '../../../src/api-types/sandbox.js';
import { changeConduct } from '../../../src/sandbox/misbehaviour/conduct.js';
import {
  FakeWebhook,
  serveSandbox,
  testPlatform,
  type PlatformAnswer,
  type TestPlatform,
  type WebhookHandler,
} from '../fixture.js';

const templateId = 'sandbox-safety-warning';
const data = {
  thing1: { value: '台风蓝色预警' },
  thing2: { value: '梅江区' },
  time3: { value: '2026年3月2日 10:00' },
};

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

interface Scene extends TestPlatform {
  webhook: FakeWebhook;
  /** A template message; its id. */
  send: () => string;
  /** Ids of the messages that were reported, in the order of arrival. */
  reported: () => string[];
}

async function scene(
  change: Partial<MisbehaviourInput>,
  handler: WebhookHandler = () => 'success',
): Promise<Scene> {
  const webhook = new FakeWebhook(handler);
  const url = await webhook.start();
  open.push({ close: () => webhook.stop() });
  const platform = testPlatform({
    webhookUrl: () => url,
    timings: { holdMs: 40, resendPauseMs: 0, answerDeadlineMs: 200 },
  });
  platform.account.misbehaviour = changeConduct(platform.account.misbehaviour, change);
  const message = { touser: platform.citizen.openid, template_id: templateId, data };
  const send = () => String(platform.call('POST', '/cgi-bin/message/template/send', message).msgid);
  const reported = () => webhook.hits.map(({ body }) => /<MsgID>(\d+)<\/MsgID>/.exec(body)?.[1] ?? '');
  return { ...platform, webhook, send, reported };
}

describe('a report', () => {
  it('arrives once for each message', async () => {
    const { send, reported, sandbox, account } = await scene({});
    const sent = [send(), send(), send()];
    await sandbox.settled();
    expect(reported().sort()).toEqual(sent.sort());
    expect(sandbox.reports.countsOf(account)).toEqual({ made: 3, lost: 0, delivered: 3, failed: 0 });
  });

  it('is lost now and then', async () => {
    const { send, reported, sandbox, account } = await scene({ reports: { loseEvery: 2 } });
    const sent = [send(), send(), send(), send()];
    await sandbox.settled();
    expect(reported().sort()).toEqual([sent[0], sent[2]]);
    expect(sandbox.reports.countsOf(account)).toEqual({ made: 4, lost: 2, delivered: 2, failed: 0 });
  });

  it('is overtaken by later ones', async () => {
    const { send, reported, sandbox } = await scene({ reports: { outOfOrder: true } });
    const sent = Array.from({ length: 20 }, () => send());
    await sandbox.settled();
    expect(reported()).not.toEqual(sent);
    expect(reported().sort()).toEqual(sent.sort());
  });

  it('arrives twice where everything does', async () => {
    const { send, reported, sandbox } = await scene({ duplicateAll: true });
    const id = send();
    await sandbox.settled();
    expect(reported()).toEqual([id, id]);
  });

  it('leaves as late as is asked', async () => {
    const { send, reported, sandbox } = await scene({ reports: { delayMs: 60 } });
    const before = performance.now();
    const id = send();
    await sandbox.settled();
    expect(performance.now() - before).toBeGreaterThanOrEqual(59);
    expect(reported()).toEqual([id]);
  });

  it('arrives before its call is answered, where that is asked', async () => {
    const { sandbox, account, clock, citizen, reported } = await scene({
      reports: { beforeAnswer: true, massAfterMs: 3_600_000 },
    });
    sandbox.world.addFollowers(account, 1);
    const served = await serveSandbox(sandbox);
    open.push(served);
    const { access_token } = sandbox.api.tokens.issueStable('pingan-meizhou', clock.now(), false, '');
    const post = async (path: string, body: object) => {
      const url = `${served.origin}/sandbox/platform${path}?access_token=${access_token}`;
      const text = await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).text();
      return /"(?:msgid|msg_id)":(\d+)/.exec(text)?.[1];
    };
    const template = { touser: citizen.openid, template_id: templateId, data };
    const first = await post('/cgi-bin/message/template/send', template);
    expect(reported()).toEqual([first]);
    const touser = [...account.citizens.keys()];
    const mass = { touser, msgtype: 'text', text: { content: '一' } };
    const second = await post('/cgi-bin/message/mass/send', mass);
    expect(reported()).toEqual([first, second]);
  });

  it('is brought four times to a webhook that does not answer', async () => {
    const { send, webhook, sandbox, account } = await scene({}, () => ({ status: 500 }));
    send();
    await sandbox.settled();
    expect(webhook.hits).toHaveLength(4);
    expect(sandbox.reports.countsOf(account)).toMatchObject({ delivered: 0, failed: 1 });
  });

  it('tells that a message did not arrive, and why', async () => {
    const { send, webhook, sandbox, citizen } = await scene({ failEvery: 2 });
    send();
    send();
    citizen.refusesMessages = true;
    send();
    await sandbox.settled();
    const statuses = webhook.hits.map(({ body }) => /<Status><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1]);
    expect(statuses.sort()).toEqual(['failed: system failed', 'failed:user block', 'success']);
    expect(citizen.received.template).toBe(1);
  });
});

describe('the id of a message', () => {
  it('is beyond 2^53 and has all its digits in the answer', async () => {
    const { sandbox, clock, citizen, account } = await scene({ reports: { loseEvery: 1 } });
    const served = await serveSandbox(sandbox);
    open.push(served);
    const { accountId } = account.account;
    const { access_token } = sandbox.api.tokens.issueStable(accountId, clock.now(), false, '');
    const url = `${served.origin}/sandbox/platform/cgi-bin/message/template/send?access_token=${access_token}`;
    const body = JSON.stringify({ touser: citizen.openid, template_id: templateId, data });
    const text = await (await fetch(url, { method: 'POST', body })).text();
    const [, id = '0'] = /"msgid":(\d+)\}/.exec(text) ?? [];
    expect(BigInt(id) > 2n ** 53n).toBe(true);
    expect((JSON.parse(text) as PlatformAnswer).errcode).toBe(0);
  });
});
