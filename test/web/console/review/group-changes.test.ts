import { describe, expect, it } from '@jest/globals';
import { sayPlace, sayValue } from '../../../../src/web/console/review/changes/field-names.js';
import {
  countChanges,
  groupChanges,
  type ListedChange,
} from '../../../../src/web/console/review/changes/group-changes.js';
import { listReferences } from '../../../../src/web/console/review/changes/references.js';

const changed = (change: Partial<ListedChange>): ListedChange => ({
  kind: 'reply',
  id: 'passport',
  title: '办护照',
  op: 'changed',
  path: ['text'],
  before: '旧',
  after: '新',
  ...change,
});

describe('changes', () => {
  it('stand together by their item, what citizens read before what recognises them', () => {
    const groups = groupChanges([
      changed({ kind: 'rule', id: 'passport', path: ['whole', 1], before: undefined, op: 'added' }),
      changed({}),
      changed({ path: ['fee'], isWeighty: true }),
      changed({ kind: 'node', id: 'exit-entry', title: '出入境', path: ['title'] }),
    ]);
    expect(groups.map(({ kind, fields }) => [kind, fields.map(({ place }) => place)])).toEqual([
      ['node', ['标题']],
      ['reply', ['正文', '收费']],
      ['rule', ['整句等于 › 第 2 项']],
    ]);
    expect(groups.map(({ isWeighty }) => isWeighty)).toEqual([false, true, false]);
    expect(countChanges(groups)).toBe('修改 3 项');
  });

  it('name those who had a hand in the item', () => {
    const authors = [
      {
        kind: 'reply' as const,
        id: 'passport',
        people: [
          { staffId: '1', name: '甲' },
          { staffId: '2', name: '乙' },
        ],
      },
    ];
    const [reply, rule] = groupChanges([changed({}), changed({ kind: 'rule' })], authors);
    expect(reply).toMatchObject({ people: ['甲', '乙'] });
    expect(rule).toMatchObject({ people: [] });
  });

  it('call that to which an id leads by its title: of what changed itself, or as it is told', () => {
    const changes = [
      changed({
        kind: 'rule',
        id: 'passport',
        path: ['to'],
        before: { reply: 'passport' },
        after: { node: 'a' },
      }),
      changed({ kind: 'node', id: 'a', title: '出入境', path: ['reply'], before: 'b', after: 'c' }),
    ];
    expect(listReferences(changes)).toEqual([
      { kind: 'reply', id: 'passport' },
      { kind: 'node', id: 'a' },
      { kind: 'reply', id: 'b' },
      { kind: 'reply', id: 'c' },
    ]);
    const groups = groupChanges([changed({}), ...changes], [], ({ kind, id }) => `${kind} ${id}`);
    expect(groups.map(({ fields: [field] }) => [field?.before, field?.after])).toEqual([
      ['reply b', 'reply c'],
      ['旧', '新'],
      ['回复：办护照', '菜单项：出入境'],
    ]);
  });

  it('show the ids where both have one title', () => {
    const change = changed({ kind: 'node', path: ['reply'], before: 'passport-1', after: 'passport-2' });
    const [node] = groupChanges([change], [], () => '办护照');
    expect(node?.fields).toMatchObject([{ before: 'passport-1', after: 'passport-2' }]);
  });

  it('tell an item that is new or gone field by field', () => {
    const value = { id: 'holiday', title: '放假', type: 'text', text: '初一到初七。', sources: [] };
    const whole = { id: 'holiday', title: '放假', path: [], before: undefined, after: value };
    const [added] = groupChanges([changed({ ...whole, op: 'added' })]);
    expect(added).toMatchObject({ op: 'added' });
    expect(added?.fields.map(({ place, before, after }) => [place, before, after])).toEqual([
      ['标题', '', '放假'],
      ['类型', '', '文字'],
      ['正文', '', '初一到初七。'],
    ]);
    const [removed] = groupChanges([changed({ ...whole, op: 'removed', before: value, after: undefined })]);
    expect(removed?.fields[2]).toMatchObject({ op: 'removed', before: '初一到初七。', after: '' });
  });
});

describe('a place and a value in words', () => {
  it('follow the path down to the position in a list', () => {
    expect(sayPlace(['sources', 0, 'standing'])).toBe('出处 › 第 1 项 › 出处的性质');
    expect(sayPlace([])).toBe('');
  });

  it('name what stands for something else, and spread lists and parts', () => {
    expect(sayValue('guide', 'type')).toBe('办事指南');
    expect(sayValue('guide', 'title')).toBe('guide');
    expect(sayValue(['身份证', '照片'])).toBe('身份证\n照片');
    expect(sayValue({ title: '公告', standing: 'law' })).toBe('标题：公告\n出处的性质：法律原文');
    expect(sayValue({ node: 'exit-entry' })).toBe('菜单项：exit-entry');
    expect(sayValue(false)).toBe('否');
    expect(sayValue(undefined)).toBe('');
  });
});
