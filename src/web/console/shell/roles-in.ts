import { everyAccount, type StaffRole } from '../../../api-types/permissions.js';
import type { SessionView } from '../../../api-types/staff.js';

/** The roles that somebody has in an account, each once. */
export function rolesIn(grants: SessionView['roles'], accountId: string): StaffRole[] {
  const roles = grants
    .filter((grant) => grant.accountId === accountId || grant.accountId === everyAccount)
    .map(({ role }) => role);
  return [...new Set(roles)];
}
