/** What the pages know of the table of permissions. */
export {
  everyAccount,
  staffRoles,
  systemAccount,
  type Permission,
  type StaffRole,
} from '../core/permissions.js';
export { roleNames } from '../core/role-names.js';
