import { templateRepeatMs } from '../../../core/outbound-messenger.js';
import type { ConsentSettlement } from '../consent-ledger.js';
import type { DeliveryChange } from '../delivery-store.js';
import type { Delivery } from '../delivery.js';
import type { NoticeHold } from '../notice.js';
import type { PersonalChannel, PersonalOutcome } from '../notice-platform-port.js';

/** What follows from an attempt. */
export interface Verdict {
  change: Omit<DeliveryChange, 'delivery' | 'at'>;
  /** Of the consent that a subscription notification took; null: whether it served is not known. */
  consent: ConsentSettlement | null;
  /** Nothing more of the notice can be sent for now. */
  hold?: Pick<NoticeHold, 'cause' | 'reason' | 'until'>;
}

/** After so many attempts that the platform could not take, several hours later, a channel counts as closed. */
const maxAttempts = 40;
const shortestPauseMs = 250;
const longestPauseMs = 5 * 60_000;
/** Until a template message whose fate is not known is repeated: the platform may still be at work on it. */
const doubtPauseMs = 5_000;

/**
 * What becomes of a row after an attempt.
 *
 * @param row as it was before; its `attempts` counts the attempts before this one.
 * @param begunAt when the attempt was put on record.
 */
export function judgeOutcome(
  row: Delivery,
  channel: PersonalChannel,
  outcome: PersonalOutcome,
  begunAt: Date,
  now: Date,
): Verdict {
  switch (outcome.kind) {
    case 'accepted': {
      const { messageId } = outcome;
      return {
        change: { state: 'accepted', channel, ...(messageId !== null && { messageId }) },
        consent: 'used',
      };
    }
    case 'fall_back':
      return {
        change: closeChannel(row, channel, outcome.reason, now),
        consent: outcome.reason.endsWith(noConsentCode) ? 'void' : 'given_back',
      };
    case 'refused':
      return { change: closeChannel(row, channel, outcome.reason, now), consent: 'given_back' };
    case 'unreachable':
      return { change: { ...endOf(row, outcome.reason), channel }, consent: 'given_back' };
    case 'later':
      return row.attempts + 1 >= maxAttempts
        ? { change: closeChannel(row, channel, outcome.reason, now), consent: 'given_back' }
        : { change: waitFor(row, channel, outcome, now), consent: 'given_back' };
    case 'halt': {
      const { reason, cause, until } = outcome;
      return {
        change: { state: 'waiting', channel, reason, dueAt: now, ...doubtOf(row) },
        consent: 'given_back',
        hold: { cause, reason, until },
      };
    }
    case 'unknown':
      return { change: keepDoubt(row, channel, outcome.reason, begunAt, now), consent: null };
  }
}

/** An earlier attempt may have arrived, and the platform would not recognise another one any more. */
export function isBeyondRepeat({ maybeSentAt }: Delivery, now: number): boolean {
  return maybeSentAt !== undefined && maybeSentAt.getTime() + templateRepeatMs <= now;
}

/** By the next channel, or refused when none is left. */
export function closeChannel(
  row: Delivery,
  channel: PersonalChannel,
  reason: string,
  now: Date,
): Verdict['change'] {
  if (row.maybeSentAt) return { state: 'unknown', channel, reason };
  const open = row.open.filter((one) => one !== channel);
  const passed = [...row.passed, { channel, reason }];
  const [next] = open;
  return next
    ? { state: 'waiting', channel: next, open, passed, dueAt: now }
    : { state: 'refused', channel, open, passed, reason };
}

/** WeChat 43101: refused, withdrew, or used up the consent. */
const noConsentCode = ':43101';

function endOf(row: Delivery, reason: string): Verdict['change'] {
  return { state: row.maybeSentAt ? 'unknown' : 'refused', reason };
}

function waitFor(
  row: Delivery,
  channel: PersonalChannel,
  { reason, retryAfterMs }: Extract<PersonalOutcome, { kind: 'later' }>,
  now: Date,
): Verdict['change'] {
  const pauseMs = Math.min(longestPauseMs, Math.max(retryAfterMs, shortestPauseMs) * 2 ** row.attempts);
  const dueAt = new Date(now.getTime() + pauseMs);
  return { state: 'waiting', channel, reason, dueAt, ...doubtOf(row) };
}

function keepDoubt(
  row: Delivery,
  channel: PersonalChannel,
  reason: string,
  begunAt: Date,
  now: Date,
): Verdict['change'] {
  const maybeSentAt = row.maybeSentAt ?? begunAt;
  const dueAt = new Date(now.getTime() + doubtPauseMs);
  const isRepeatable = channel === 'template' && !isBeyondRepeat({ ...row, maybeSentAt }, dueAt.getTime());
  return isRepeatable
    ? { state: 'waiting', channel, reason, dueAt, maybeSentAt }
    : { state: 'unknown', channel, reason };
}

function doubtOf({ maybeSentAt }: Delivery): Pick<DeliveryChange, 'maybeSentAt'> {
  return maybeSentAt ? { maybeSentAt } : {};
}
