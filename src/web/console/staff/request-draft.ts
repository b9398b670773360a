import type { NewStaffRequest, RoleGrantView, StaffMemberView } from '../../../api-types/staff.js';

export type RequestKind = NewStaffRequest['details']['kind'];

/** What an administrator types to ask for something; only some of it matters for each kind. */
export interface RequestDraft {
  kind: RequestKind;
  /** Absent for an invitation. */
  member: StaffMemberView | undefined;
  username: string;
  name: string;
  roles: RoleGrantView[];
  removeTotp: boolean;
  reason: string;
}

export function beginRequest(kind: RequestKind, member?: StaffMemberView): RequestDraft {
  return {
    kind,
    member,
    username: '',
    name: '',
    roles: member ? [...member.roles] : [],
    removeTotp: false,
    reason: '',
  };
}

/** As the staff API takes it. */
export function toNewRequest(draft: RequestDraft): NewStaffRequest {
  return { details: detailsOf(draft), reason: draft.reason };
}

function detailsOf({
  kind,
  member,
  username,
  name,
  roles,
  removeTotp,
}: RequestDraft): NewStaffRequest['details'] {
  const staffId = member?.id ?? '';
  switch (kind) {
    case 'invite':
      return { kind, username, name, roles };
    case 'change_roles':
      return { kind, staffId, roles };
    case 'reset_password':
      return { kind, staffId, removeTotp };
    case 'suspend':
    case 'reactivate':
      return { kind, staffId };
  }
}
