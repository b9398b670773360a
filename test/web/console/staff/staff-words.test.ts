import { describe, expect, it } from '@jest/globals';
import type { StaffRequestView } from '../../../../src/api-types/staff.js';
import { beginRequest, toNewRequest } from '../../../../src/web/console/staff/request-draft.js';
import { findPart, sayEffect } from '../../../../src/web/console/staff/staff-words.js';

const nameOf = (accountId: string) => (accountId === 'city' ? '平安梅州' : accountId);
const editor = { accountId: 'city', role: 'editor', department: '户政科' } as const;
const leader = { accountId: '*', role: 'leader' } as const;

function request(details: StaffRequestView['details'], roles: StaffRequestView['person']['roles'] = []) {
  return {
    id: 'r1',
    details,
    person: { username: 'liping', name: '李萍', roles },
    reason: '新到岗',
    by: { staffId: 'anna', name: '安娜' },
    at: '2026-03-02T02:00:00.000Z',
    expiresAt: '2026-03-09T02:00:00.000Z',
    state: 'pending',
    decision: null,
  } satisfies StaffRequestView;
}

describe('a request', () => {
  it.each<[StaffRequestView['details'], string[]]>([
    [
      { kind: 'invite', username: 'liping', name: '李萍', roles: [editor] },
      ['新开账号 liping', '给予：初审（编辑） · 平安梅州 · 户政科'],
    ],
    [
      { kind: 'change_roles', staffId: 's', roles: [leader] },
      ['给予：终审（领导） · 所有公众号', '收回：初审（编辑） · 平安梅州 · 户政科'],
    ],
    [{ kind: 'suspend', staffId: 's' }, ['不能再登录，现有的登录立即退出']],
    [{ kind: 'reactivate', staffId: 's' }, ['可以重新登录，角色不变']],
    [
      { kind: 'reset_password', staffId: 's', removeTotp: true },
      ['原密码作废，换成一次性密码，现有的登录立即退出', '关闭两步验证'],
    ],
  ])('%j says what it would do', (details, lines) => {
    expect(sayEffect(request(details, [editor]), nameOf)).toEqual(lines);
  });

  it('may be withdrawn by whoever made it, decided by another, and only watched by the person concerned', () => {
    const suspension = request({ kind: 'suspend', staffId: 'liping' });
    expect(['anna', 'bert', 'liping'].map((who) => findPart(suspension, who))).toEqual([
      'withdraw',
      'decide',
      'watch',
    ]);
    const ownIdea = request({ kind: 'suspend', staffId: 'anna' });
    expect(findPart(ownIdea, 'anna')).toBe('watch');
  });

  it('carries only what its kind is about', () => {
    const member = {
      id: 's1',
      username: 'liping',
      name: '李萍',
      status: 'active',
      roles: [editor],
      totp: false,
      mustChangePassword: false,
      createdAt: '2026-03-02T02:00:00.000Z',
    } as const;
    const draft = {
      ...beginRequest('change_roles', { ...member, roles: [...member.roles] }),
      reason: '调岗',
    };
    expect(toNewRequest(draft)).toEqual({
      details: { kind: 'change_roles', staffId: 's1', roles: [editor] },
      reason: '调岗',
    });
    expect(toNewRequest({ ...draft, kind: 'suspend' }).details).toEqual({ kind: 'suspend', staffId: 's1' });
    expect(toNewRequest({ ...draft, kind: 'reset_password', removeTotp: true }).details).toEqual({
      kind: 'reset_password',
      staffId: 's1',
      removeTotp: true,
    });
  });
});
