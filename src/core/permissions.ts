/** What a member of staff is, in one official account or in every one. */
export const staffRoles = [
  /** 初审 */
  'editor',
  /** 复审 */
  'sectionHead',
  /** 终审 */
  'leader',
  'noticeSender',
  'deskOfficer',
  'administrator',
  'auditor',
] as const;

export type StaffRole = (typeof staffRoles)[number];

/** Stands for every account, present and future. */
export const everyAccount = '*';

/** The name under which is kept what belongs to no account: the staff themselves, their sign-ins. */
export const systemAccount = 'system';

/** A role that a person holds in an account. */
export interface RoleGrant {
  /** An account, or `everyAccount`. */
  accountId: string;
  role: StaffRole;
  /** The department within the account whose work the person does; absent: all departments. */
  department?: string;
}

/** The one table of who may do what. A permission is named `noun.verb`; a new feature adds its rows here. */
const holders = {
  'staff.view': ['administrator', 'auditor'],
  'staff.manage': ['administrator'],
  'audit.view': ['auditor'],
  'content.view': ['editor', 'sectionHead', 'leader', 'administrator', 'auditor'],
  'draft.edit': ['editor'],
  /** Of any stage; each stage has a permission of its own. */
  'content.review': ['editor', 'sectionHead', 'leader'],
  'review.first': ['editor'],
  'review.second': ['sectionHead'],
  'review.final': ['leader'],
  /** Back to an earlier release, or one reply taken off, at once. */
  'release.revert': ['leader'],
  'menu.publish': ['leader'],
  /** What citizens asked in vain, what they think of the answers, what is asked how often; no personal data. */
  'insights.view': ['editor', 'sectionHead', 'leader', 'deskOfficer', 'administrator', 'auditor'],
  'unanswered.decide': ['editor'],
  /** What citizens wrote in an emergency, in full. */
  'duty.handle': ['deskOfficer', 'leader', 'administrator'],
  /** 留言 and 纠错 with every number masked. */
  'messages.view': ['editor', 'sectionHead', 'leader', 'deskOfficer', 'administrator'],
  'messages.handle': ['editor', 'leader', 'deskOfficer'],
  /** In full, for a reason that is on record. */
  'messages.disclose': ['leader', 'deskOfficer'],
  /** 预约: what can be booked, and who comes on a day, masked. */
  'appointments.view': ['deskOfficer', 'leader', 'administrator', 'auditor'],
  /** Services, halls, schedules, holidays, closures. */
  'appointments.arrange': ['leader', 'administrator'],
  /** Check-in, and to cancel for a citizen. */
  'appointments.serve': ['deskOfficer', 'leader'],
  /** Beyond the rules, and on objections against missed visits; for a reason that is on record. */
  'appointments.override': ['leader'],
  'appointments.disclose': ['deskOfficer', 'leader'],
  /** 活动: how many registered for what; no personal data. */
  'activities.view': ['editor', 'sectionHead', 'leader', 'deskOfficer', 'administrator', 'auditor'],
  'activities.edit': ['editor'],
  /** Puts before citizens what somebody else has drawn up, changes it there, cancels it. */
  'activities.publish': ['leader'],
  /** Who registered, masked; approve, turn down, cancel for a citizen. */
  'activities.serve': ['deskOfficer', 'leader'],
  /** In full, also as a spreadsheet; on record. */
  'activities.disclose': ['deskOfficer', 'leader'],
  'tickets.checkIn': ['deskOfficer', 'leader'],
  'orders.view': ['deskOfficer', 'leader', 'administrator', 'auditor'],
  'orders.refund': ['deskOfficer', 'leader'],
  /** The second person of a refund above the amount. */
  'orders.approveRefund': ['leader', 'administrator'],
  /** What the payment platform's daily bills and our records say differently. */
  'bills.view': ['leader', 'administrator', 'auditor'],
  /** Compare a day again; note what was done about a difference. */
  'bills.settle': ['leader', 'administrator'],
  'notices.view': ['noticeSender', 'editor', 'sectionHead', 'leader', 'administrator', 'auditor'],
  'notices.compose': ['noticeSender'],
  /** Of a routine notice; each stage needs its own `review.…` besides. */
  'notices.review': ['editor', 'sectionHead', 'leader'],
  /** The second person of an emergency notice. */
  'notices.approveEmergency': ['leader'],
  /** Pause, resume, cancel, and send again what is unknown. */
  'notices.control': ['noticeSender', 'leader'],
  /** Prewritten texts, quiet hours. */
  'notices.arrange': ['leader', 'administrator'],
  /** 粉丝、标签、分组: how many, and a sample without names. */
  'audience.view': ['noticeSender', 'editor', 'sectionHead', 'leader', 'administrator', 'auditor'],
  'audience.manage': ['noticeSender', 'administrator'],
  /** What is done by the clock, and how it went. */
  'jobs.view': ['administrator', 'auditor'],
  'jobs.run': ['administrator'],
} as const satisfies Record<string, readonly StaffRole[]>;

export type Permission = keyof typeof holders;

/** Whether one of the person's roles carries the permission in this account. */
export function can(
  person: { roles: readonly RoleGrant[] },
  permission: Permission,
  accountId: string,
): boolean {
  return person.roles.some((grant) => covers(grant, accountId) && carries(grant.role, permission));
}

/** Whether one of the person's roles carries the permission in any account at all. */
export function canAnywhere(person: { roles: readonly RoleGrant[] }, permission: Permission): boolean {
  return person.roles.some(({ role }) => carries(role, permission));
}

/** Everything that the person's roles allow in this account. */
export function permissionsIn(person: { roles: readonly RoleGrant[] }, accountId: string): Permission[] {
  return Object.keys(holders)
    .filter(isPermission)
    .filter((permission) => can(person, permission, accountId));
}

/** Whether the person has any role in this account. What they do not see does not exist for them. */
export function sees(person: { roles: readonly RoleGrant[] }, accountId: string): boolean {
  return person.roles.some((grant) => covers(grant, accountId));
}

function covers(grant: RoleGrant, accountId: string): boolean {
  return grant.accountId === everyAccount || grant.accountId === accountId;
}

function carries(role: StaffRole, permission: Permission): boolean {
  const roles: readonly StaffRole[] = holders[permission];
  return roles.includes(role);
}

function isPermission(name: string): name is Permission {
  return name in holders;
}
