import { describe, expect, it } from '@jest/globals';
import { sayAction, sayObject, sayPath, sayValue } from '../../../../src/web/console/audit/audit-words.js';
import { readSelection } from '../../../../src/web/console/audit/read-selection.js';

describe('an event of the trail', () => {
  it('is told in Chinese, and by its own name where there is no Chinese one', () => {
    expect([sayAction('release.rollback'), sayAction('poll.open')]).toEqual(['回退版本', 'poll.open']);
    expect(sayPath('roles.0.department')).toBe('角色 › 1 › 部门');
  });

  it('names a person, and shortens what nobody can read', () => {
    const id = '0f5bb0a2-6d0b-4f0e-9f43-8a2f6a8d1c11';
    expect(sayObject({ kind: 'staff', id }, () => '李萍')).toBe('人员 李萍');
    expect(sayObject({ kind: 'staff-request', id })).toBe('人员申请 0f5bb0a2…');
    expect(sayObject({ kind: 'release', id: '12' })).toBe('版本 12');
    expect(sayObject({ kind: 'settings', id: 'settings' })).toBe('设置');
  });

  it.each<[unknown, string[]]>([
    [undefined, []],
    ['', []],
    [true, ['是']],
    ['active', ['active']],
    [12, ['12']],
    ['一行\n两行', ['一行', '两行']],
    [
      ['甲', '乙'],
      ['甲', '乙'],
    ],
    [[{ accountId: '*', role: 'editor' }], ['公众号：所有公众号，角色：初审（编辑）']],
    [{ kind: 'suspend', staffId: 's' }, ['种类：停用', '人员编号：s']],
  ])('%j is shown in lines', (value, lines) => {
    expect(sayValue(value)).toEqual(lines);
  });

  it('translates what the program names, in its own fields only', () => {
    expect([sayValue('active', 'status'), sayValue('active', 'text')]).toEqual([['在用'], ['active']]);
  });
});

describe('the filter of the trail', () => {
  const filter = (values: Record<string, string>) => ({ get: (name: string) => values[name] ?? '' });

  it('takes business days in Beijing time, both included', () => {
    expect(readSelection(filter({ from: '2026-03-02', to: '2026-03-02' }))).toMatchObject({
      from: '2026-03-01T16:00:00.000Z',
      to: '2026-03-02T16:00:00.000Z',
    });
  });

  it('leaves out what is not given, or is no day', () => {
    expect(readSelection(filter({ from: '2026-13-45', to: 'tomorrow', action: 'staff.invite' }))).toEqual({
      action: 'staff.invite',
    });
  });
});
