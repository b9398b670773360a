import { describe, expect, it } from '@jest/globals';
import { changeConduct } from '../../../src/sandbox/misbehaviour/conduct.js';
import { addFollower, FakeWebhook, hour, testPlatform, type TestPlatform } from '../fixture.js';
import { followersOf, massText, reached, sendMass, withFollowers } from './mass-sender.js';

/** What MASSSENDJOBFINISH says of one message. */
async function reportOf(work: (platform: TestPlatform) => void, count = 5): Promise<string> {
  const webhook = new FakeWebhook(() => 'success');
  const url = await webhook.start();
  const platform = withFollowers(count, { webhookUrl: () => url });
  work(platform);
  await platform.sandbox.settled();
  await webhook.stop();
  return webhook.hits.at(-1)?.body ?? '';
}

const counts = (total: number, filter: number, sent: number, error: number) =>
  `<TotalCount>${total}</TotalCount><FilterCount>${filter}</FilterCount>` +
  `<SentCount>${sent}</SentCount><ErrorCount>${error}</ErrorCount>`;

describe('MASSSENDJOBFINISH', () => {
  it('tells how many followers there were, how many remained after filtering, and how many were reached', async () => {
    let messageId = '';
    const report = await reportOf((platform) => {
      platform.citizen.mass = { month: '2026-03', count: 4 };
      messageId = String(sendMass(platform, { touser: [...followersOf(platform), 'oNobody'] }).msg_id);
    });
    expect(report).toContain('<Event><![CDATA[MASSSENDJOBFINISH]]></Event>');
    expect(report).toContain(`<MsgID>${messageId}</MsgID><Status><![CDATA[send success]]></Status>`);
    expect(report).toContain(counts(5, 4, 4, 0));
  });

  it('counts what failed after it was accepted', async () => {
    const report = await reportOf((platform) => {
      platform.account.misbehaviour = changeConduct(platform.account.misbehaviour, { failEvery: 2 });
      sendMass(platform);
      expect(reached(platform)).toBe(3);
    });
    expect(report).toContain(counts(5, 5, 3, 2));
  });
});

describe('a mass message afterwards', () => {
  const get = (platform: TestPlatform, msg_id: unknown) =>
    platform.call('POST', '/cgi-bin/message/mass/get', { msg_id: String(msg_id) });

  it('is being sent until it is finished', () => {
    const platform = withFollowers(2);
    const { misbehaviour } = platform.account;
    platform.account.misbehaviour = changeConduct(misbehaviour, {
      reports: { massAfterMs: 5000, loseEvery: 1 },
    });
    const { msg_id: id } = sendMass(platform);
    expect(get(platform, id)).toMatchObject({ msg_id: id, msg_status: 'SENDING' });
    platform.clock.advance(5000);
    expect(get(platform, id).msg_status).toBe('SEND_SUCCESS');
    expect(get(platform, 1).errcode).toBe(40059);
  });

  it('can be deleted where it has a page, ten times a day', () => {
    const platform = withFollowers(2);
    const remove = (msg_id: unknown) =>
      platform.call('POST', '/cgi-bin/message/mass/delete', { msg_id: String(msg_id) }).errcode;
    const { msg_id: article } = sendMass(platform, { msgtype: 'mpnews', mpnews: { media_id: 'draft' } });
    expect(remove(sendMass(platform).msg_id)).toBe(40008);
    expect(remove(article)).toBe(0);
    expect(get(platform, article).msg_status).toBe('DELETE');
    for (let calls = 2; calls < 10; calls += 1) remove(article);
    expect(remove(article)).toBe(45009);
  });
});

describe('the speed of mass sending', () => {
  it.each([
    [{ speed: 4 }, 0],
    [{ speed: 5 }, 45083],
    [{ speed: -1 }, 45083],
    [{}, 45084],
  ])('set by %j is answered %i', (body, errcode) => {
    const platform = testPlatform();
    expect(platform.call('POST', '/cgi-bin/message/mass/speed/set', body).errcode).toBe(errcode);
    const speed = errcode === 0 ? { speed: 4, realspeed: 10 } : { speed: 0, realspeed: 80 };
    expect(platform.call('POST', '/cgi-bin/message/mass/speed/get')).toMatchObject(speed);
  });
});

describe('a preview', () => {
  const preview = (platform: TestPlatform, body: Record<string, unknown>) =>
    platform.call('POST', '/cgi-bin/message/mass/preview', { ...massText, ...body }).errcode;

  it('is shown to one person and not counted for the month', () => {
    const platform = testPlatform();
    for (let sent = 0; sent < 5; sent += 1)
      expect(preview(platform, { touser: platform.citizen.openid })).toBe(0);
    expect(platform.citizen.chat.at(-1)).toMatchObject({ via: 'preview' });
    expect([platform.citizen.received.mass, platform.citizen.mass.count]).toEqual([0, 0]);
  });

  it('by WeChat id is shown 100 times a day, by openid more often', () => {
    const platform = testPlatform();
    for (let sent = 0; sent < 100; sent += 1) expect(preview(platform, { towxname: '小林' })).toBe(0);
    expect(preview(platform, { towxname: '小林' })).toBe(45009);
    expect(preview(platform, { touser: platform.citizen.openid })).toBe(0);
    platform.clock.advance(14 * hour);
    expect(preview(platform, { towxname: '小林' })).toBe(0);
  });

  it('is refused for who does not follow or is blacklisted', () => {
    const platform = testPlatform();
    const other = addFollower(platform.sandbox, platform.account, platform.clock.now());
    other.following = false;
    platform.citizen.blacklisted = true;
    expect(preview(platform, { touser: other.openid })).toBe(43004);
    expect(preview(platform, { touser: platform.citizen.openid })).toBe(43019);
    expect(preview(platform, { touser: 'oNobody' })).toBe(40003);
  });
});
