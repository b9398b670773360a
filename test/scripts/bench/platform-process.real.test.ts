import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  startPlatformProcess,
  type PlatformProcess,
} from '../../../scripts/bench/notices/platform-process.js';
import { testAccount } from '../../sandbox/fixture.js';

const templateId = 'sandbox-safety-warning';
const sendPath = '/cgi-bin/message/template/send';
const data = {
  thing1: { value: '台风蓝色预警' },
  thing2: { value: '梅江区' },
  time3: { value: '2026年3月2日 10:00' },
};

let platform: PlatformProcess;
let token: string;
let openids: string[];

async function post(path: string, body: object): Promise<number> {
  const response = await fetch(`${platform.apiBase}${path}?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return z.object({ errcode: z.int() }).parse(await response.json()).errcode;
}

const notify = (nth: number) =>
  post(sendPath, { touser: openids[nth], template_id: templateId, client_msg_id: `n${nth}`, data });

beforeAll(async () => {
  platform = await startPlatformProcess({ account: testAccount(), followers: 1000 });
  openids = await platform.openids();
  const { appId: appid, appSecret: secret } = testAccount();
  const response = await fetch(`${platform.apiBase}/cgi-bin/stable_token`, {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'client_credential', appid, secret }),
  });
  token = z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}, 30_000);
afterAll(() => platform.stop());
beforeEach(() => platform.startOver());

describe('the platform in a process of its own', () => {
  it('counts what each citizen received, what was asked and what was reported', async () => {
    expect([await notify(0), await notify(0), await notify(1)]).toEqual([0, 0, 0]);
    expect(await platform.counts()).toMatchObject({
      received: { template: { messages: 2, citizens: 2, most: 1 }, mass: { messages: 0 } },
      calls: { [sendPath]: { ok: 3 } },
      reports: { made: 2, lost: 2, delivered: 0 },
    });
    const received = await platform.received();
    expect(received.size).toBe(1000);
    expect(received.get(openids[1]!)).toMatchObject({ template: 1 });
  });

  it('behaves as it is told, and otherwise as before', async () => {
    const shape = { kind: 'constant', perSecond: 1 } as const;
    await platform.misbehave({ rates: [{ endpoint: sendPath, shape, burstMs: 1 }] });
    expect([await notify(2), await notify(3)]).toEqual([0, 45011]);
    await platform.misbehave({ failEvery: 1 });
    expect(await notify(3)).toBe(45011);
    expect((await platform.counts()).rates).toMatchObject([{ admitted: 1, refused: 2 }]);
    await platform.misbehave({ rates: [] });
    expect(await notify(4)).toBe(0);
    expect((await platform.counts()).received.template).toMatchObject({ messages: 1 });
    await platform.misbehave({ failEvery: 0 });
  });

  it('makes of its citizens what a test needs', async () => {
    const message = { msgtype: 'text', text: { content: '您好' } };
    const custom = (nth: number) =>
      post('/cgi-bin/message/custom/send', { touser: openids[nth], ...message });
    await platform.alter(10, 12, { hasWritten: true });
    expect([await custom(10), await custom(11), await custom(12)]).toEqual([0, 0, 45015]);
    await platform.alter(20, 22, { massReceived: 4 });
    await post('/cgi-bin/message/mass/send', { touser: openids.slice(20, 25), ...message });
    expect((await platform.counts()).received.mass).toMatchObject({ citizens: 3 });
    await platform.alter(30, 31, { following: false });
    expect(await notify(30)).toBe(43004);
  });

  it('lets a citizen act, and says what it refuses', async () => {
    await platform.act(openids[40]!, { action: 'unfollow' });
    expect(await notify(40)).toBe(43004);
    await expect(platform.act('oNobody', { action: 'follow' })).rejects.toThrow('no citizen oNobody');
    await platform.settled();
  });
});
