import { UserError } from '../../../core/errors.js';
import type { ContentChange } from '../items/diff-content.js';
import { reviewTexts } from './review-texts.js';
import type { ReviewStage, Submission } from './submission.js';

export function nothingToReview(): UserError {
  return new UserError('nothing_to_review', '草稿和正在使用的版本一样，没有要审核的改动', { status: 409 });
}

export function alreadySubmitted(number: number): UserError {
  return new UserError('already_submitted', `第 ${number} 次送审还在审核中`, {
    status: 409,
    details: { number },
  });
}

export function rejectedBefore(): UserError {
  return new UserError('rejected_before', '同样的内容已被否决，请先修改', { status: 409 });
}

/** `changes` are those that a routine fix may not hold. */
export function notRoutine(changes: readonly ContentChange[]): UserError {
  return new UserError('not_routine', `有 ${changes.length} 处改动不属于日常更正，请按三审送审`, {
    status: 422,
    details: { changes: changes.slice(0, 100) },
  });
}

export function submissionClosed({ state }: Pick<Submission, 'state'>): UserError {
  return new UserError('submission_closed', `这次送审${reviewTexts.states[state]}`, {
    status: 409,
    details: { state },
  });
}

/** Somebody looked at something else than what waits here. */
export function hashMismatch(hash: string): UserError {
  return new UserError('hash_mismatch', '您看到的不是这次送审的内容，请刷新后再审', {
    status: 409,
    details: { hash },
  });
}

export function stagePassed(stage: ReviewStage): UserError {
  return new UserError('stage_passed', `现在是${reviewTexts.stages[stage]}，请刷新`, {
    status: 409,
    details: { stage },
  });
}

export function authorCannotReview(): UserError {
  return new UserError('author_cannot_review', '您改过这次送审的内容，不能自己审核', { status: 403 });
}

export function approvedAlready(): UserError {
  return new UserError('approved_already', '您已经审核过这次送审，下一审须由另一个人来做', { status: 403 });
}

export function onlySubmitterWithdraws(name: string): UserError {
  return new UserError('only_submitter_withdraws', `只有送审人 ${name} 可以撤回`, { status: 403 });
}

/** Another release went live after the submission: what was reviewed is not what would change. */
export function releaseChanged(): UserError {
  return new UserError('release_changed', '正在使用的版本刚刚变了，请重新查看', { status: 409 });
}

export function nothingToRollBack(number: number): UserError {
  return new UserError('nothing_to_roll_back', `第 ${number} 版和正在使用的内容一样`, { status: 409 });
}

/** The program no longer understands what was published then. */
export function releaseUnusable(number: number): UserError {
  return new UserError('release_unusable', `第 ${number} 版的内容现在不能使用`, { status: 422 });
}

export function replyNotWithdrawable(): UserError {
  return new UserError('reply_not_withdrawable', '紧急回答和转人工不能撤下，请改正后送审', { status: 422 });
}

export function replyWithdrawnAlready(): UserError {
  return new UserError('reply_withdrawn_already', '这条回复已经撤下或过期', { status: 409 });
}
