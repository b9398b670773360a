import { can, canAnywhere, everyAccount, sees } from '../../core/permissions.js';
import { forbidden, notFound } from '../../core/refusals.js';
import type { AccessControl, Visitor } from './access-control.js';
import { passwordChangeRequired, signInRequired } from './api-errors.js';
import type { Route, StaffRoute } from './route.js';

/**
 * Lets pass whoever may use the route.
 *
 * @param accountId the account that the path names; empty where it names none.
 * @throws UserError `sign_in_required`, `password_change_required`, `not_found`, `forbidden`
 */
export function checkPermission(
  route: Route,
  visitor: Visitor | null,
  accountId: string,
  access: AccessControl,
): void {
  if (route.permission === 'public') return;
  if (!visitor) throw signInRequired();
  if (visitor.mustChangePassword && !route.evenBeforePasswordChange) throw passwordChangeRequired();
  if (route.account === 'path' && !(access.isAccount(accountId) && sees(visitor, accountId)))
    throw notFound();
  if (!holds(route, visitor, accountId)) throw forbidden();
}

function holds(route: StaffRoute, visitor: Visitor, accountId: string): boolean {
  if (route.permission === 'signed-in') return true;
  switch (route.account) {
    case 'path':
      return can(visitor, route.permission, accountId);
    case 'any':
      return canAnywhere(visitor, route.permission);
    case 'every':
      return can(visitor, route.permission, everyAccount);
  }
}
