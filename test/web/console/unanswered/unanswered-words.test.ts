import { describe, expect, it } from '@jest/globals';
import type { UnansweredGroupView } from '../../../../src/api-types/insights.js';
import { sayAttached, sayDecision } from '../../../../src/web/console/unanswered/unanswered-words.js';

const attached = { to: { reply: 'passport' }, title: '护照', ruleId: 'passport', added: ['a', 'b'] };
const decision = {
  by: { staffId: 'li', name: '小李' },
  at: '2026-11-22T01:00:00.000Z',
  messages: 3,
  attached: null,
  reason: null,
};

function groupWith(overrides: Partial<UnansweredGroupView>): UnansweredGroupView {
  return {
    id: 'a',
    title: '护照咋办',
    messages: 5,
    citizens: 2,
    firstSeenAt: decision.at,
    lastSeenAt: decision.at,
    nearest: [],
    state: 'open',
    version: 0,
    decision: null,
    ...overrides,
  };
}

describe('the words for a group', () => {
  it('tell who put it into the draft, and that more have asked since', () => {
    const group = groupWith({ state: 'attached', decision: { ...decision, attached } });
    expect(sayDecision(group)).toBe('小李 2026-11-22 09:00 放进草稿，归入“护照”；之后又问了 2 次');
    expect(sayAttached(group)).toContain('“护照咋办”已归入“护照”，加了 2 个问法');
  });

  it('tell why it was dismissed', () => {
    const group = groupWith({ messages: 3, state: 'dismissed', decision: { ...decision, reason: '闲聊' } });
    expect(sayDecision(group)).toBe('小李 2026-11-22 09:00 忽略：闲聊');
  });

  it('say that nothing was new, and nothing of a group that waits', () => {
    const known = { ...decision, attached: { ...attached, added: [] } };
    expect(sayAttached(groupWith({ decision: known }))).toContain('草稿里已经有了');
    expect(sayDecision(groupWith({}))).toBe('');
    expect(sayAttached(groupWith({}))).toBe('');
  });
});
