import type { RoleGrant } from '../../core/permissions.js';

/** What one administrator asks for and another must approve. */
export type StaffRequestDetails =
  | { kind: 'invite'; username: string; name: string; roles: RoleGrant[] }
  | { kind: 'change_roles'; staffId: string; roles: RoleGrant[] }
  | { kind: 'suspend'; staffId: string }
  | { kind: 'reactivate'; staffId: string }
  /** `removeTotp`: the phone with the authenticator is lost, too. */
  | { kind: 'reset_password'; staffId: string; removeTotp: boolean };

export interface StaffRequest {
  id: string;
  details: StaffRequestDetails;
  /** Whom it is about: the id of a member, or the folded username of somebody who is to be invited. */
  subject: string;
  reason: string;
  by: { staffId: string; name: string };
  at: Date;
  expiresAt: Date;
  state: 'pending' | 'approved' | 'refused' | 'withdrawn' | 'expired';
  decision: StaffRequestDecision | null;
}

export interface StaffRequestDecision {
  by: { staffId: string; name: string };
  at: Date;
  /** Why it was refused; absent where nobody said. */
  reason?: string;
}

/** Refusing one's own request withdraws it. */
export type StaffRequestVerdict = { verdict: 'approve' } | { verdict: 'refuse'; reason?: string };
