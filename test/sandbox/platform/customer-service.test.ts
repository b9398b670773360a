import { describe, expect, it } from '@jest/globals';
import type { Grant } from '../../../src/sandbox/account-state.js';
import { openServiceWindow } from '../../../src/sandbox/service-windows.js';
import { day, hour, minute, second, testPlatform, type TestPlatform } from '../fixture.js';

const text = { msgtype: 'text', text: { content: '您好' } };

function send(platform: TestPlatform, message: Record<string, unknown> = text): number | undefined {
  const body = { touser: platform.citizen.openid, ...message };
  return platform.call('POST', '/cgi-bin/message/custom/send', body).errcode;
}

function afterTrigger(trigger: Grant['trigger']): TestPlatform {
  const platform = testPlatform();
  openServiceWindow(platform.citizen, trigger, platform.clock.now());
  return platform;
}

describe('a customer-service message', () => {
  it.each([
    ['message', 5],
    ['click', 3],
    ['follow', 3],
    ['scan', 3],
  ] as const)('may follow a %s %i times, then 45047', (trigger, count) => {
    const platform = afterTrigger(trigger);
    for (let sent = 0; sent < count; sent += 1) expect(send(platform)).toBe(0);
    expect(send(platform)).toBe(45047);
  });

  it.each([
    ['message', 48 * hour],
    ['click', minute],
    ['follow', minute],
    ['scan', minute],
  ] as const)('may follow a %s for %i ms, then 45015', (trigger, lasts) => {
    const platform = afterTrigger(trigger);
    platform.clock.advance(lasts - 1);
    expect(send(platform)).toBe(0);
    platform.clock.advance(1);
    expect(send(platform)).toBe(45015);
  });

  it('is refused with 45015 while the citizen has done nothing', () => {
    expect(send(testPlatform())).toBe(45015);
  });

  it('may be sent 5 times again after the next message; the leaves do not add up', () => {
    const platform = afterTrigger('message');
    expect(send(platform)).toBe(0);
    openServiceWindow(platform.citizen, 'message', platform.clock.now());
    expect([1, 2, 3, 4, 5, 6].map(() => send(platform))).toEqual([0, 0, 0, 0, 0, 45047]);
  });

  it('uses the window that closes first', () => {
    const platform = afterTrigger('message');
    openServiceWindow(platform.citizen, 'click', platform.clock.now());
    for (let sent = 0; sent < 3; sent += 1) expect(send(platform)).toBe(0);
    platform.clock.advance(day);
    for (let sent = 0; sent < 5; sent += 1) expect(send(platform)).toBe(0);
    expect(send(platform)).toBe(45047);
  });

  it('is refused with 40003 for a stranger and 43004 for somebody who left', () => {
    const platform = afterTrigger('message');
    expect(send(platform, { ...text, touser: 'oNobody' })).toBe(40003);
    platform.citizen.following = false;
    expect(send(platform)).toBe(43004);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ['a text of 2,048 bytes', 0, { msgtype: 'text', text: { content: `${'梅'.repeat(682)}ab` } }],
    ['a longer text', 45002, { msgtype: 'text', text: { content: '梅'.repeat(683) } }],
    ['an empty text', 44004, { msgtype: 'text', text: { content: '' } }],
    ['one article', 0, { msgtype: 'news', news: { articles: [{ title: '一', url: 'https://a.cn/' }] } }],
    ['two articles', 45008, { msgtype: 'news', news: { articles: [{ title: '一' }, { title: '二' }] } }],
    ['no article', 44003, { msgtype: 'news', news: { articles: [] } }],
    ['an image', 0, { msgtype: 'image', image: { media_id: 'm' } }],
    ['an image without its material', 40007, { msgtype: 'image', image: {} }],
    ['a voice', 0, { msgtype: 'voice', voice: { media_id: 'm' } }],
    ['a video', 0, { msgtype: 'video', video: { media_id: 'm', thumb_media_id: 't', title: '片' } }],
    ['music', 0, { msgtype: 'music', music: { musicurl: 'https://a.cn/1.mp3', thumb_media_id: 't' } }],
    ['music without its picture', 40007, { msgtype: 'music', music: { musicurl: 'https://a.cn/1.mp3' } }],
    [
      'choices',
      0,
      { msgtype: 'msgmenu', msgmenu: { head_content: '满意吗', list: [{ id: '1', content: '满意' }] } },
    ],
    [
      'a mini-program',
      0,
      { msgtype: 'miniprogrampage', miniprogrampage: { appid: 'wx1', pagepath: 'p', title: '办' } },
    ],
    ['an unknown type', 40008, { msgtype: 'hologram' }],
    ['a body of another shape', 47001, { msgtype: 'text', text: '您好' }],
  ])('with %s is answered %i', (_what, errcode, message) => {
    expect(send(afterTrigger('message'), message)).toBe(errcode);
  });

  it('that is refused uses nothing of the window', () => {
    const platform = afterTrigger('click');
    for (let tries = 0; tries < 5; tries += 1) send(platform, { msgtype: 'text', text: { content: '' } });
    expect([send(platform), send(platform), send(platform)]).toEqual([0, 0, 0]);
  });

  it('appears in the chat', () => {
    const platform = afterTrigger('message');
    send(platform);
    expect(platform.citizen.chat).toMatchObject([
      { from: 'account', via: 'customer_service', content: { kind: 'text', text: '您好' } },
    ]);
  });
});

describe('the typing hint', () => {
  const type = (platform: TestPlatform, command = 'Typing') =>
    platform.call('POST', '/cgi-bin/message/custom/typing', { touser: platform.citizen.openid, command })
      .errcode;

  function afterActivity(): TestPlatform {
    const platform = testPlatform();
    platform.citizen.lastActiveAt = platform.clock.now();
    return platform;
  }

  it('needs something done in the last 30 seconds, otherwise 45080', () => {
    const platform = afterActivity();
    platform.clock.advance(30 * second);
    expect(type(platform)).toBe(0);
    platform.clock.advance(15 * second);
    expect(type(platform)).toBe(45080);
  });

  it('is not repeated while it is shown, 15 seconds: 45081', () => {
    const platform = afterActivity();
    expect(type(platform)).toBe(0);
    platform.clock.advance(15 * second - 1);
    expect(type(platform)).toBe(45081);
    platform.clock.advance(1);
    expect(type(platform)).toBe(0);
  });

  it('ends with CancelTyping and knows no other command: 45072', () => {
    const platform = afterActivity();
    expect([type(platform), type(platform, 'CancelTyping'), type(platform)]).toEqual([0, 0, 0]);
    expect(type(platform, 'Sleeping')).toBe(45072);
  });

  it('ends when the account has spoken', () => {
    const platform = afterActivity();
    openServiceWindow(platform.citizen, 'message', platform.clock.now());
    type(platform);
    send(platform);
    expect(type(platform)).toBe(0);
  });
});
