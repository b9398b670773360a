import type { Delivery } from './delivery.js';
import type { NoticeForecast, NoticeSample } from './desk/notice-forecaster.js';
import type { NoticeProgress } from './desk/notice-progress.js';
import type { RecipientList } from './lists/recipient-list.js';
import type { MassCallView } from './mass-call.js';
import { dueStage, type Notice, type NoticeHold, type NoticeSize } from './notice.js';
import { sayReason } from './reason-sentences.js';

/** What the staff API shows of notices. Times as ISO 8601, reasons as sentences. */

export function presentNotice(notice: Notice) {
  const { sendAt, createdAt, submittedAt, startsAt, startedAt, endedAt, hold, approvals } = notice;
  const { accountId: _accountId, preparation: _preparation, channels, authors, ...shown } = notice;
  return {
    ...shown,
    channels: [...channels],
    audience: presentAudience(notice.audience),
    authors,
    size: notice.size && presentSize(notice.size),
    createdAt: createdAt.toISOString(),
    sendAt: iso(sendAt),
    submittedAt: iso(submittedAt),
    startsAt: iso(startsAt),
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
    approvals: approvals.map(({ at, ...approval }) => ({ ...approval, at: at.toISOString() })),
    due: notice.state === 'pending' ? (dueStage(notice) ?? null) : null,
    hold: hold && presentHold(hold),
  };
}

export function presentForecast({ samples, cost, ...forecast }: NoticeForecast) {
  return { ...forecast, cost: [...cost], samples: samples.map(presentSample) };
}

export function presentProgress({ state, hold }: Notice, progress: NoticeProgress) {
  const { doneBy, reasons, calls, ...counted } = progress;
  return {
    ...counted,
    state,
    hold: hold && presentHold(hold),
    doneBy: iso(doneBy),
    reasons: reasons.map((one) => ({ ...one, sentence: sayReason(one.reason) })),
    calls: calls.map(presentCall),
  };
}

export function presentDelivery(delivery: Delivery) {
  const { row, openid, state, channel, reason, passed, attempts, call, messageId, updatedAt } = delivery;
  return {
    row,
    openid,
    state,
    attempts,
    channel: channel ?? null,
    reason: reason ?? null,
    sentence: reason === undefined ? '' : sayReason(reason),
    passed: passed.map((one) => ({ ...one, sentence: sayReason(one.reason) })),
    call: call ?? null,
    messageId: messageId ?? null,
    updatedAt: updatedAt.toISOString(),
  };
}

export function presentList({ id, columns, columnFaults, rowFaults, faultCounts, ...list }: RecipientList) {
  const { filename, rows, usable, confirmed, createdAt } = list;
  return {
    listId: id,
    filename,
    rows,
    usable,
    confirmed,
    columns: [...columns],
    columnFaults: [...columnFaults],
    rowFaults: [...rowFaults],
    faultCounts: { ...faultCounts },
    createdAt: createdAt.toISOString(),
  };
}

function presentAudience(audience: Notice['audience']) {
  if (audience.kind !== 'segment') return audience;
  const conditions = audience.conditions.map((condition) => {
    switch (condition.kind) {
      case 'tag':
        return { ...condition, tagIds: [...condition.tagIds] };
      case 'used_service':
        return { ...condition, services: [...condition.services] };
      case 'district':
        return { ...condition, districts: [...condition.districts] };
      case 'followed':
      case 'booked':
      case 'closed_visit':
        return condition;
    }
  });
  return { ...audience, conditions };
}

/** Codes that mean the same to a clerk come together. */
function presentSize({ recipients, byChannel, skipped }: NoticeSize) {
  const sentences: Record<string, number> = {};
  for (const [reason, count] of Object.entries(skipped)) {
    const sentence = sayReason(reason);
    sentences[sentence] = (sentences[sentence] ?? 0) + count;
  }
  return { recipients, byChannel, skipped: sentences };
}

function presentSample({ body, reason, ...sample }: NoticeSample) {
  return {
    ...sample,
    reason: reason === null ? null : sayReason(reason),
    text: body?.kind === 'text' ? body.text : null,
    pictureId: body?.kind === 'picture' ? body.pictureId : null,
  };
}

function presentHold({ cause, reason, since, until }: NoticeHold) {
  // What a member of staff wrote needs no translation.
  const sentence = cause === 'staff' ? reason : sayReason(reason);
  return { cause, reason: sentence, since: since.toISOString(), until: iso(until) };
}

function presentCall({ call, recipients, state, reason, messageId, report }: MassCallView) {
  return {
    call,
    recipients,
    state,
    reason: reason === undefined ? null : sayReason(reason),
    messageId: messageId ?? null,
    report: report ? { ...report, at: report.at.toISOString() } : null,
  };
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
