import { describe, expect, it } from '@jest/globals';
import { day, minute } from '../fixture.js';
import { followersOf, reached, sendMass, sendMassToAll, withFollowers } from './mass-sender.js';

describe('a mass message to a list', () => {
  it('reaches each follower of the list once, and nobody else', () => {
    const platform = withFollowers(5);
    const [one, two] = followersOf(platform);
    expect(sendMass(platform, { touser: [one, two, two, 'oNobody'] }).errcode).toBe(0);
    expect(reached(platform)).toBe(2);
    expect(platform.citizen.chat.at(-1)).toMatchObject({ via: 'mass', content: { kind: 'text' } });
  });

  it('needs two openids: 40130', () => {
    const platform = withFollowers(2);
    expect(sendMass(platform, { touser: followersOf(platform).slice(0, 1) }).errcode).toBe(40130);
    expect(sendMass(platform).errcode).toBe(0);
  });

  it('takes 10,000 openids and no more: 40032', () => {
    const platform = withFollowers(10_001);
    const openids = followersOf(platform);
    expect(sendMass(platform, { touser: openids.slice(0, 10_000) }).errcode).toBe(0);
    expect(sendMass(platform, { touser: openids }).errcode).toBe(40032);
    expect(reached(platform)).toBe(10_000);
  });

  it('reaches a follower four times in a calendar month of Shanghai', () => {
    const platform = withFollowers(2);
    for (let sent = 0; sent < 5; sent += 1) expect(sendMass(platform).errcode).toBe(0);
    expect(platform.citizen.received.mass).toBe(4);
    platform.clock.time = Date.UTC(2026, 2, 31, 15, 59);
    sendMass(platform);
    expect(platform.citizen.received.mass).toBe(4);
    platform.clock.time = Date.UTC(2026, 2, 31, 16);
    sendMass(platform);
    expect(platform.citizen.received.mass).toBe(5);
  });

  it('is not delivered to who is blacklisted, refuses messages or left', () => {
    const platform = withFollowers(5);
    const openids = followersOf(platform);
    const [one, two, three] = openids.map((openid) => platform.account.citizens.get(openid)!);
    one!.blacklisted = true;
    two!.refusesMessages = true;
    three!.following = false;
    expect(sendMass(platform, { touser: openids }).errcode).toBe(0);
    expect(reached(platform)).toBe(2);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ['an empty text', 44004, { text: { content: '' } }],
    ['a text that is too long', 45002, { text: { content: '梅'.repeat(683) } }],
    ['a picture', 0, { msgtype: 'image', images: { media_ids: ['permanent'] } }],
    ['a picture without material', 40007, { msgtype: 'image', images: { media_ids: [''] } }],
    ['an article', 0, { msgtype: 'mpnews', mpnews: { media_id: 'draft' } }],
    ['an unknown type', 40008, { msgtype: 'shout' }],
    ['no list', 47001, { touser: 'o1' }],
  ])('with %s is answered %i', (_what, errcode, body) => {
    expect(sendMass(withFollowers(2), body).errcode).toBe(errcode);
  });

  it('of several pictures is one message', () => {
    const platform = withFollowers(2);
    sendMass(platform, { msgtype: 'image', images: { media_ids: ['one', 'two'] } });
    expect(platform.citizen.received.mass).toBe(1);
    expect(platform.citizen.chat).toHaveLength(2);
  });
});

describe('mass messages of an account', () => {
  it('are 60 requests a minute, by list and by tag together: 45011', () => {
    const platform = withFollowers(2);
    for (let calls = 0; calls < 59; calls += 1) sendMass(platform);
    expect(sendMassToAll(platform, { tag_id: 100 }).errcode).toBe(45159);
    expect(sendMass(platform).errcode).toBe(45011);
    platform.clock.advance(minute);
    expect(sendMass(platform).errcode).toBe(0);
  });

  it('are 100 a day: 45028', () => {
    const platform = withFollowers(2);
    for (let calls = 0; calls < 100; calls += 1) {
      expect(sendMass(platform).errcode).toBe(0);
      platform.clock.advance(minute);
    }
    expect(sendMass(platform).errcode).toBe(45028);
    const quota = { cgi_path: '/cgi-bin/message/mass/send' };
    expect(platform.call('POST', '/cgi-bin/openapi/quota/get', quota)).toMatchObject({
      quota: { daily_limit: 100, used: 100, remain: 0 },
    });
  });

  it('are sent to all at most once a day: 45028', () => {
    const platform = withFollowers(3);
    expect(sendMassToAll(platform, { is_to_all: true }).errcode).toBe(0);
    expect(sendMassToAll(platform, { is_to_all: true }).errcode).toBe(45028);
    expect(sendMass(platform).errcode).toBe(0);
    platform.clock.advance(day);
    expect(sendMassToAll(platform, { is_to_all: true }).errcode).toBe(0);
    expect(platform.citizen.received.mass).toBe(3);
  });

  it('are sent to the followers of a tag, which must exist: 45159', () => {
    const platform = withFollowers(5);
    platform.account.state.tags.push({ id: 100, name: '梅江区' });
    platform.citizen.tags = [100];
    expect(sendMassToAll(platform, { tag_id: 100 }).errcode).toBe(0);
    expect(reached(platform)).toBe(1);
    expect(sendMassToAll(platform, { tag_id: 101 }).errcode).toBe(45159);
  });
});

describe('the id of a mass message', () => {
  it('is 64 bytes at most: 45067', () => {
    const platform = withFollowers(2);
    expect(sendMass(platform, { clientmsgid: 'n'.repeat(64) }).errcode).toBe(0);
    expect(sendMass(platform, { clientmsgid: 'n'.repeat(65) }).errcode).toBe(45067);
    expect(sendMass(platform, { clientmsgid: '梅'.repeat(22) }).errcode).toBe(45067);
  });

  it('is recognised for 24 hours: 45065 with the first message’s id, and nothing is sent', () => {
    const platform = withFollowers(2);
    const { msg_id: first } = sendMass(platform, { clientmsgid: 'same' });
    platform.clock.advance(day - 1);
    expect(sendMass(platform, { clientmsgid: 'same' })).toMatchObject({ errcode: 45065, msg_id: first });
    expect(platform.citizen.received.mass).toBe(1);
    platform.clock.advance(1);
    expect(sendMass(platform, { clientmsgid: 'same' }).errcode).toBe(0);
  });

  it('is refused with 45066 when it comes again within a minute', () => {
    const platform = withFollowers(2);
    sendMass(platform, { clientmsgid: 'same' });
    platform.clock.advance(minute - 1);
    expect(sendMass(platform, { clientmsgid: 'same' }).errcode).toBe(45066);
    platform.clock.advance(1);
    expect(sendMass(platform, { clientmsgid: 'same' }).errcode).toBe(45065);
  });

  it('that was used before costs no quota of the day', () => {
    const platform = withFollowers(2, { timings: { massRepeatPauseMs: 0 } });
    sendMass(platform, { clientmsgid: 'same' });
    expect(sendMass(platform, { clientmsgid: 'same' }).errcode).toBe(45065);
    const { accountId } = platform.account.account;
    const used = platform.sandbox.api.quotas.usedToday(
      accountId,
      '/cgi-bin/message/mass/send',
      platform.clock.now(),
    );
    expect(used).toBe(1);
  });

  it('is a digest of receivers and content where none is given', () => {
    const platform = withFollowers(3, { timings: { massRepeatPauseMs: 0 } });
    const [one, two, three] = followersOf(platform);
    const plain = (touser: unknown) => sendMass(platform, { touser, clientmsgid: undefined }).errcode;
    expect([plain([one, two]), plain([one, two]), plain([one, three])]).toEqual([0, 45065, 0]);
  });
});
