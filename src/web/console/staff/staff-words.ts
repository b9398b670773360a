import { everyAccount, roleNames } from '../../../api-types/permissions.js';
import type { RoleGrantView, StaffRequestView } from '../../../api-types/staff.js';

/** How an account is called. */
export type AccountNamer = (accountId: string) => string;

export const requestKinds: Readonly<Record<StaffRequestView['details']['kind'], string>> = {
  invite: '邀请人员',
  change_roles: '调整角色',
  suspend: '停用',
  reactivate: '恢复',
  reset_password: '重设密码',
};

export const requestStates: Readonly<Record<StaffRequestView['state'], string>> = {
  pending: '等待批准',
  approved: '已批准',
  refused: '未批准',
  withdrawn: '已撤回',
  expired: '已过期',
};

/** `初审（编辑）· 平安梅州 · 户政科` */
export function sayGrant({ role, accountId, department }: RoleGrantView, nameOf: AccountNamer): string {
  const where = accountId === everyAccount ? '所有公众号' : nameOf(accountId);
  return [roleNames[role], where, department ?? ''].filter((part) => part !== '').join(' · ');
}

/** What approving a request would do, a line each. */
export function sayEffect({ details, person }: StaffRequestView, nameOf: AccountNamer): string[] {
  const say = (grant: RoleGrantView) => sayGrant(grant, nameOf);
  switch (details.kind) {
    case 'invite':
      return [`新开账号 ${details.username}`, ...details.roles.map((grant) => `给予：${say(grant)}`)];
    case 'change_roles': {
      const [before, after] = [person.roles.map(say), details.roles.map(say)];
      return [
        ...after.filter((grant) => !before.includes(grant)).map((grant) => `给予：${grant}`),
        ...before.filter((grant) => !after.includes(grant)).map((grant) => `收回：${grant}`),
      ];
    }
    case 'suspend':
      return ['不能再登录，现有的登录立即退出'];
    case 'reactivate':
      return ['可以重新登录，角色不变'];
    case 'reset_password':
      return [
        '原密码作废，换成一次性密码，现有的登录立即退出',
        ...(details.removeTotp ? ['关闭两步验证'] : []),
      ];
  }
}

/** The roles that a request names, a line each; what they replaced is no longer known when it is over. */
export function saySought({ details }: StaffRequestView, nameOf: AccountNamer): string[] {
  return 'roles' in details ? details.roles.map((grant) => sayGrant(grant, nameOf)) : [];
}

/**
 * What somebody may do with a request: withdraw their own, decide another's, or only watch one about themselves.
 * The server decides; this says so beforehand.
 */
export function findPart(
  { by, details }: Pick<StaffRequestView, 'by' | 'details'>,
  ownStaffId: string,
): 'withdraw' | 'decide' | 'watch' {
  if ('staffId' in details && details.staffId === ownStaffId) return 'watch';
  return by.staffId === ownStaffId ? 'withdraw' : 'decide';
}
