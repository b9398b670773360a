import { describe, expect, it } from '@jest/globals';
import { idsByKind, sayOwnPlace, sayWhere } from '../../../../src/web/console/draft/finding-words.js';
import { sayTrail } from '../../../../src/web/console/draft/say-trail.js';
import { sayUse } from '../../../../src/web/console/draft/say-use.js';
import { readChildren } from '../../../../src/web/console/draft/read-children.js';

const path: string[] = [];

describe('the place of a finding', () => {
  it('is told by the title and the field', () => {
    const where = { kind: 'reply', id: 'fine', field: 'steps.1', path };

    expect(sayWhere(where, '罚款')).toBe('回复“罚款”的怎么办 › 第 2 项');
    expect(sayOwnPlace(where)).toBe('怎么办 › 第 2 项：');
  });

  it('is told by the id where there is no title, and by its name where there is one of it', () => {
    expect(sayWhere({ kind: 'button', id: '办事', path })).toBe('按钮“办事”');
    expect(sayWhere({ kind: 'settings', id: 'settings', field: 'welcome', path })).toBe(
      '设置的关注时的欢迎语',
    );
  });

  it('names each piece once whose title is to be asked for', () => {
    const findings = ['fine', 'fine', 'licence'].map((id) => ({ where: { kind: 'reply', id, path } }));

    expect(idsByKind([...findings, { where: { kind: 'settings', id: 'settings', path } }])).toEqual([
      { kind: 'reply', ids: ['fine', 'licence'] },
    ]);
  });
});

describe('in words', () => {
  it('a node is told by its numbers and what lies above it', () => {
    const above = [
      { number: 2, title: '交通管理' },
      { number: 1, title: '违法' },
    ];

    expect(sayTrail({ number: 3, title: '记满12分', above })).toBe('2-1-3 记满12分（交通管理 › 违法）');
    expect(sayTrail({ number: 2, title: '交通管理', above: [] })).toBe('2 交通管理');
  });

  it.each([
    [{ kind: 'settings', title: '设置', field: 'welcome' }, '设置：关注时的欢迎语'],
    [{ kind: 'rule', title: '换证' }, '关键词规则“换证”'],
    [{ kind: 'button', title: '办事' }, '底部按钮“办事”'],
  ])('a use is told: %j', (use, words) => {
    expect(sayUse(use)).toBe(words);
  });

  it('a refused removal says how many nodes lie below', () => {
    expect(readChildren({ code: 'node_has_children', details: { children: 12 } })).toBe(12);
    expect(readChildren({ code: 'item_changed', details: {} })).toBeUndefined();
  });
});
