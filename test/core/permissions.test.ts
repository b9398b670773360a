import { describe, expect, it } from '@jest/globals';
import {
  can,
  canAnywhere,
  everyAccount,
  permissionsIn,
  sees,
  staffRoles,
  systemAccount,
} from '../../src/core/permissions.js';
import { grant } from '../support/staff-builders.js';

const local = { roles: [grant('auditor', 'meizhou'), grant('editor', 'traffic')] };
const central = { roles: [grant('auditor')] };
const nobody = { roles: [] };

describe('a permission', () => {
  it('holds in the account in which the role is held, and in no other', () => {
    expect(can(local, 'audit.view', 'meizhou')).toBe(true);
    expect(can(local, 'audit.view', 'traffic')).toBe(false);
    expect(can(local, 'audit.view', 'elsewhere')).toBe(false);
  });

  it('held for every account holds in each, and for the system', () => {
    expect(can(central, 'audit.view', 'meizhou')).toBe(true);
    expect(can(central, 'audit.view', systemAccount)).toBe(true);
    expect(can(central, 'audit.view', everyAccount)).toBe(true);
  });

  it('held in one account is not held for every account, nor for the system', () => {
    expect(can(local, 'audit.view', everyAccount)).toBe(false);
    expect(can(local, 'audit.view', systemAccount)).toBe(false);
  });

  it('is not anybody’s without a role', () => {
    expect(can(nobody, 'staff.view', 'meizhou')).toBe(false);
    expect(canAnywhere(nobody, 'staff.view')).toBe(false);
    expect(permissionsIn(nobody, 'meizhou')).toEqual([]);
  });

  it('held anywhere is found', () => {
    expect(canAnywhere(local, 'audit.view')).toBe(true);
    expect(canAnywhere(local, 'staff.manage')).toBe(false);
  });

  it('to see audiences is everybody’s who reviews notices', () => {
    const reviewers = staffRoles.filter((role) => can({ roles: [grant(role)] }, 'notices.review', 'meizhou'));
    expect(reviewers).toEqual(['editor', 'sectionHead', 'leader']);
    for (const role of reviewers)
      expect(can({ roles: [grant(role)] }, 'audience.view', 'meizhou')).toBe(true);
  });

  it('to manage staff or to read the audit trail is no editor’s, reviewer’s or sender’s', () => {
    const others = staffRoles.filter((role) => role !== 'administrator' && role !== 'auditor');
    for (const role of others) {
      expect(can({ roles: [grant(role)] }, 'staff.manage', 'meizhou')).toBe(false);
      expect(can({ roles: [grant(role)] }, 'audit.view', 'meizhou')).toBe(false);
    }
  });
});

describe('an account', () => {
  it('is seen by those who have any role there', () => {
    expect(['meizhou', 'traffic', 'elsewhere'].map((account) => sees(local, account))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
