import { describe, expect, it } from '@jest/globals';
import {
  letPlaceExpire,
  newConversation,
  placeEnds,
  showInput,
  showReply,
} from '../../../../src/web/console/phone/conversation.js';

const now = Date.parse('2026-03-02T02:00:00Z');
const at = (until: number) => ({ frame: { kind: 'menu', path: ['household'], shown: [], until } });

describe('a place in the menu', () => {
  it('expires when the phone’s clock is put forward', () => {
    const before = { ...newConversation, state: at(now + 1_800_000) };
    const after = letPlaceExpire(before, now);
    expect(now + after.aheadMs).toBeGreaterThan(now + 1_800_000);
    expect(after.state).toBe(before.state);
  });

  it('that is not there, or is forgotten already, leaves the clock alone', () => {
    for (const state of [undefined, { frame: null }, at(now - 1)]) {
      const conversation = { ...newConversation, state };
      expect(letPlaceExpire(conversation, now)).toBe(conversation);
    }
    expect(placeEnds({ frame: null })).toBeUndefined();
  });
});

describe('the chat', () => {
  it('shows what was pressed and scanned by its name', () => {
    expect(showInput({ kind: 'click', key: 'node:id-card' }, '身份证')).toEqual({
      kind: 'action',
      text: '按下“身份证”',
    });
    expect(showInput({ kind: 'scan', scene: 'hall' })).toEqual({ kind: 'action', text: '扫码“hall”' });
    expect(showInput({ kind: 'voice', mediaId: 'm', format: 'amr', recognition: '补办' })).toEqual({
      kind: 'text',
      text: '（语音）补办',
    });
  });

  it('shows answers as the bubbles know them', () => {
    expect(showReply({ kind: 'image', mediaId: 'm' })).toEqual({ kind: 'image', mediaId: 'm', url: null });
    expect(
      showReply({ kind: 'articles', articles: [{ title: '公告', description: '', url: 'https://a.cn' }] }),
    ).toMatchObject({ articles: [{ pictureUrl: null }] });
    expect(showReply({ kind: 'transfer' })).toEqual({ kind: 'notice', text: '转给人工客服' });
  });
});
