import type { SubmissionView } from '../../../api-types/content-review.js';
import type { Permission } from '../../../api-types/permissions.js';
import { roleNames } from '../../../api-types/permissions.js';

export type StageName = SubmissionView['stages'][number];
export type SubmissionStateName = SubmissionView['state'];

export const stageNames: Readonly<Record<StageName, string>> = {
  first: '初审',
  second: '复审',
  final: '终审',
};

export const stateNames: Readonly<Record<SubmissionStateName, string>> = {
  pending: '审核中',
  published: '已发布',
  rejected: '已否决',
  returned: '已退回',
  withdrawn: '已撤回',
  voided: '已作废',
};

/** For `<ElTag>`. */
export const stateTypes = {
  pending: 'warning',
  published: 'success',
  rejected: 'danger',
  returned: 'danger',
  withdrawn: 'info',
  voided: 'info',
} as const satisfies Record<SubmissionStateName, string>;

const stageRoles = {
  first: roleNames.editor,
  second: roleNames.sectionHead,
  final: roleNames.leader,
} satisfies Record<StageName, string>;

const stagePermissions: Readonly<Record<StageName, Permission>> = {
  first: 'review.first',
  second: 'review.second',
  final: 'review.final',
};

/** Who looks at a submission. */
export interface Onlooker {
  staffId: string;
  can: (permission: Permission) => boolean;
}

/**
 * Why somebody may not review a submission now; undefined: they may. The server decides, by the same rules; this
 * saves a vain attempt and says the reason beforehand.
 */
export function sayHindrance(submission: SubmissionView, { staffId, can }: Onlooker): string | undefined {
  const { state, due, authors, approvals } = submission;
  if (state !== 'pending' || due === null) return `这次送审${stateNames[state]}，不用再审。`;
  if (authors.some((author) => author.staffId === staffId))
    return '这次送审里有您改的内容，不能自己审核。请等别的同事来审。';
  const own = approvals.find(({ by }) => by.staffId === staffId);
  if (own) return `${stageNames[own.stage]}是您通过的，${stageNames[due]}须由另一个人来做。`;
  if (!can(stagePermissions[due])) return `现在等的是${stageNames[due]}，由“${stageRoles[due]}”来做。`;
  return undefined;
}

/** `日常更正，两审` */
export function sayTrack({ stages }: Pick<SubmissionView, 'stages'>): string {
  const names = stages.map((stage) => stageNames[stage]).join('、');
  return stages.length < 3 ? `日常更正，两审（${names}）` : `三审（${names}）`;
}

/** The first characters of a hash, enough to compare by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
