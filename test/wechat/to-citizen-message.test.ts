import { describe, expect, it } from '@jest/globals';
import type { CitizenMessage } from '../../src/core/messages.js';
import { parseInbound } from '../../src/wechat/codec/inbound-message.js';
import { toCitizenMessage } from '../../src/wechat/to-citizen-message.js';

describe('a citizen message', () => {
  it('says who did what and when, and keeps every field', () => {
    const raw = {
      FromUserName: 'o1',
      CreateTime: '1407743423',
      MsgType: 'text',
      Content: '1',
      MsgId: '60547',
    };
    expect(toCitizenMessage('mzga', parseInbound(raw))).toEqual({
      accountId: 'mzga',
      openid: 'o1',
      key: 'm:60547',
      sentAt: 1_407_743_423_000,
      input: { kind: 'text', text: '1' },
      raw,
    });
  });

  it.each([
    [
      { MsgType: 'image', MediaId: 'm', PicUrl: 'u' },
      { kind: 'image', mediaId: 'm', url: 'u' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm', Format: 'amr' },
      { kind: 'voice', mediaId: 'm', format: 'amr' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm', Format: 'speex', Recognition: '你好' },
      { kind: 'voice', mediaId: 'm', format: 'speex', recognition: '你好' },
    ],
    [
      { MsgType: 'video', MediaId: 'm', ThumbMediaId: 't' },
      { kind: 'video', mediaId: 'm', thumbMediaId: 't' },
    ],
    [
      { MsgType: 'shortvideo', MediaId: 'm', ThumbMediaId: 't' },
      { kind: 'video', mediaId: 'm', thumbMediaId: 't' },
    ],
    [
      { MsgType: 'location', Location_X: '24.29', Location_Y: '116.12', Label: '梅江区' },
      { kind: 'location', latitude: 24.29, longitude: 116.12, label: '梅江区' },
    ],
    [
      { MsgType: 'location', Label: '梅江区' },
      { kind: 'notification', name: 'location' },
    ],
    [
      { MsgType: 'link', Title: 't', Url: 'u' },
      { kind: 'link', title: 't', url: 'u' },
    ],
    [
      { MsgType: 'file', Title: 'a.pdf' },
      { kind: 'notification', name: 'file' },
    ],
    [{ MsgType: 'Hologram' }, { kind: 'notification', name: 'hologram' }],
    [event('subscribe', { EventKey: '' }), { kind: 'follow' }],
    [event('subscribe', { EventKey: 'qrscene_hall-3' }), { kind: 'follow', scene: 'hall-3' }],
    [event('subscribe', { EventKey: 'qrscene_qrscene_1' }), { kind: 'follow', scene: 'qrscene_1' }],
    [event('subscribe', { EventKey: 'last_trade_no_4200000123' }), { kind: 'follow' }],
    [event('unsubscribe'), { kind: 'unfollow' }],
    [event('SCAN', { EventKey: 'hall-3' }), { kind: 'scan', scene: 'hall-3' }],
    [event('CLICK', { EventKey: 'node:hukou' }), { kind: 'click', key: 'node:hukou' }],
    [event('CLICK'), { kind: 'notification', name: 'click' }],
    [event('scancode_waitmsg', { EventKey: 'bill' }), { kind: 'click', key: 'bill' }],
    [event('scancode_push', { EventKey: 'bill' }), { kind: 'click', key: 'bill' }],
    [event('pic_weixin', { EventKey: 'clue' }), { kind: 'notification', name: 'pic_weixin' }],
    [event('location_select', { EventKey: 'where' }), { kind: 'notification', name: 'location_select' }],
    [event('LOCATION', { Latitude: '1' }), { kind: 'notification', name: 'location' }],
    [event('VIEW', { EventKey: 'https://example.com' }), { kind: 'notification', name: 'view' }],
    [event('MASSSENDJOBFINISH'), { kind: 'notification', name: 'masssendjobfinish' }],
    [event('Sign_In'), { kind: 'notification', name: 'sign_in' }],
  ])('%j is %j', (raw, input) => {
    expect(messageOf(raw).input).toEqual(input);
  });
});

describe('the key of a message', () => {
  it('is its MsgId', () => {
    expect(messageOf({ MsgType: 'image', MsgId: '6054768590064713728' }).key).toBe('m:6054768590064713728');
  });

  it('without a MsgId is a digest of its fields', () => {
    const first = messageOf({ MsgType: 'text', CreateTime: '1', Content: '1' });
    expect(first.key).toMatch(/^d:1:[\w-]{22}$/);
    expect(messageOf({ MsgType: 'text', CreateTime: '1', Content: '1' }).key).toBe(first.key);
    expect(messageOf({ MsgType: 'text', CreateTime: '1', Content: '2' }).key).not.toBe(first.key);
  });
});

describe('the key of an event', () => {
  const clicked = event('CLICK', { EventKey: 'a', MenuId: '7' });

  it('names its second and its kind', () => {
    expect(messageOf(clicked).key).toMatch(/^e:1407743423:click:[\w-]{22}$/);
  });

  it('is the same when the event is sent again, in whatever order, case or encryption', () => {
    const { EventKey, ...rest } = clicked;
    const again = { EventKey, ...rest, Event: 'click', Encrypt: 'other bytes each time' };
    expect(messageOf(again).key).toBe(messageOf(clicked).key);
  });

  it.each([
    ['another button', { ...clicked, EventKey: 'b' }],
    ['another second', { ...clicked, CreateTime: '1407743424' }],
    ['another event', { ...clicked, Event: 'VIEW' }],
    ['another field', { ...clicked, Extra: '' }],
    ['a value under another name', { ...clicked, EventKey: '7', MenuId: 'a' }],
  ])('differs for %s', (_name, other) => {
    expect(messageOf(other).key).not.toBe(messageOf(clicked).key);
  });

  it('keeps thirteen mass-send reports of one second apart', () => {
    const reports = Array.from({ length: 13 }, (_, index) =>
      messageOf(
        event('MASSSENDJOBFINISH', { MsgID: String(1000 + index), ArticleUrlResult: { Count: '0' } }),
      ),
    );
    expect(new Set(reports.map(({ key }) => key)).size).toBe(13);
  });

  it('sees nested fields, and tells a list from its only member', () => {
    const keys = [{ A: '1' }, { A: '2' }, [{ A: '1' }], '1'].map(
      (List) => messageOf(event('x', { List })).key,
    );
    expect(new Set(keys).size).toBe(4);
  });
});

function event(name: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { FromUserName: 'o1', CreateTime: '1407743423', MsgType: 'event', Event: name, ...fields };
}

function messageOf(raw: Record<string, unknown>): CitizenMessage {
  return toCitizenMessage('mzga', parseInbound(raw));
}
