import { describe, expect, it } from '@jest/globals';
import type { CitizenMessageView } from '../../../../src/api-types/messages.js';
import { excerptOf, sayHandled, sayText } from '../../../../src/web/console/messages/message-words.js';

const message: CitizenMessageView = {
  receipt: '20261122-000001',
  kind: 'message',
  words: { text: '路灯\n坏了', phone: null, picture: null },
  about: null,
  handled: null,
  at: '2026-11-22T01:00:00.000Z',
  expiresAt: '2027-05-21T01:00:00.000Z',
};

describe('the words for a message', () => {
  it('are one line in the list, cut where it is long', () => {
    expect(excerptOf(message)).toBe('路灯 坏了');
    const long = { ...message, words: { text: '灯'.repeat(61), phone: null, picture: null } };
    expect(excerptOf(long)).toBe(`${'灯'.repeat(60)}…`);
  });

  it('say that it cannot be read where the key is lost', () => {
    expect(sayText({ ...message, words: null })).toContain('读不出来');
  });

  it('say who handled it and how', () => {
    const handled = { by: { staffId: 'li', name: '小李' }, at: message.at, note: '已回电' };
    expect(sayHandled({ ...message, handled })).toBe('小李 2026-11-22 09:00 处理：已回电');
    expect(sayHandled(message)).toBe('');
  });
});
