import { UserError } from '../../../core/errors.js';
import type { Notice, NoticePerson, NoticeStage } from '../notice.js';
import { deskTexts } from './desk-texts.js';
import type { NoticeFinding } from './notice-finding.js';

/** Somebody else changed the plan since this person read it. */
export function revisionConflict({ revision, authors }: Notice): UserError {
  const by = authors.at(-1);
  return new UserError('revision_conflict', `${by?.name ?? '别人'} 刚刚改过这条推送，请刷新后再改`, {
    status: 409,
    details: { revision, by },
  });
}

/** Not in this state; or another person, or a worker, was faster. */
export function noticeElsewhere({ state }: Pick<Notice, 'state'>): UserError {
  return new UserError('notice_state', `这条推送${deskTexts.states[state]}，请刷新后再试`, {
    status: 409,
    details: { state },
  });
}

export function noticeHasFaults(findings: readonly NoticeFinding[]): UserError {
  const [first] = findings;
  const message = findings.length === 1 && first ? first.message : `有 ${findings.length} 处要先改正`;
  return new UserError('notice_has_faults', message, { status: 422, details: { findings } });
}

/** What was looked at is not what waits here. */
export function hashMismatch(hash: string | null): UserError {
  return new UserError('hash_mismatch', '您看到的不是现在送审的内容，请刷新后再审', {
    status: 409,
    details: { hash },
  });
}

/** The reviewer confirmed other numbers, or other channels, than the notice has. */
export function sizeMismatch(recipients: number): UserError {
  return new UserError('size_mismatch', `收件人是 ${recipients} 人，与您确认的人数或渠道不一致，请重新核对`, {
    status: 409,
    details: { recipients },
  });
}

export function stagePassed(stage: NoticeStage): UserError {
  return new UserError('stage_passed', `现在是${deskTexts.stages[stage]}，请刷新`, {
    status: 409,
    details: { stage },
  });
}

export function authorCannotReview(): UserError {
  return new UserError('author_cannot_review', '您写过或改过这条推送，不能自己审核', { status: 403 });
}

export function approvedAlready(): UserError {
  return new UserError('approved_already', '您已经审核过这条推送，下一审须由另一个人来做', { status: 403 });
}

export function onlySubmitterWithdraws({ name }: NoticePerson): UserError {
  return new UserError('only_submitter_withdraws', `只有送审人 ${name} 可以撤回`, { status: 403 });
}

/** @param until Beijing time, `HH:MM`. */
export function quietNow(until: string): UserError {
  return new UserError('quiet_hours', `现在是免打扰时间，${until} 以后会自动继续`, { status: 409 });
}

export function nothingUnknown(): UserError {
  return new UserError('nothing_unknown', '没有结果不明的收件人', { status: 409 });
}

export function channelUntestable(): UserError {
  return new UserError('channel_untestable', '群发不能只发给一个人，请用客服消息试', { status: 422 });
}

export function platformUnanswered(): UserError {
  return new UserError('platform_unanswered', '现在问不到微信，请稍后再试', { status: 503 });
}
