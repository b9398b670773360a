import type { HaltCause, MassOutcome, PersonalOutcome } from '../../features/notices/notice-platform-port.js';
import { accessTokenEndpoint } from './access-tokens.js';
import { nextPlatformDay } from './next-platform-day.js';
import { PlatformError } from './platform-errors.js';
import { TransportError } from './transport-error.js';

type Failure = Exclude<PersonalOutcome, { kind: 'accepted' }>;
type MassFailure = Exclude<MassOutcome, { kind: 'accepted' }>;

const tooManyCalls = 45011;
const busy = -1;
/** The limit is per minute, but rates adapt to it: most refused calls succeed in the next second. */
const rateRetryMs = 1_000;
const shortestRetryMs = 1_000;
const unreachableRetryMs = 10_000;
const tokenRetryMs = 60_000;

/** The person refused the subscription, took it back or has used it up. */
const subscriptionRefused = 43101;
/** 40037: no such template. 41030: the page of its card is not allowed. */
const templateCodes: readonly number[] = [40037, 41030];
const fieldInvalid = 47003;

/** Whether the platform refused a call only because there are too many at once. */
export function isRateRefusal(error: unknown): boolean {
  return isAnswerToCall(error) && (error.errcode === tooManyCalls || error.errcode === busy);
}

/** Whether the platform answered the call itself, not the request for the token that it needs. */
export function isAnswerToCall(error: unknown): error is PlatformError {
  return error instanceof PlatformError && error.endpoint !== accessTokenEndpoint;
}

/** What a failed attempt to reach one person means. undefined: not a failure of the platform's. */
export function judgePersonal(error: unknown, now: number): Failure | undefined {
  if (error instanceof TransportError) return judgeTransport(error);
  if (!(error instanceof PlatformError)) return undefined;
  if (!isAnswerToCall(error)) return judgeTokenRequest(error, now);
  const reason = reasonOf(error);
  if (error.group === 'receiver_window' || error.errcode === subscriptionRefused)
    return { kind: 'fall_back', reason };
  if (error.group === 'receiver_permanent') return { kind: 'unreachable', reason };
  return judgeCall(error, now);
}

/** What a failed mass call means. undefined: not a failure of the platform's. */
export function judgeMass(error: unknown, now: number): MassFailure | undefined {
  if (error instanceof TransportError) return judgeTransport(error);
  if (!(error instanceof PlatformError)) return undefined;
  return isAnswerToCall(error) ? judgeCall(error, now) : judgeTokenRequest(error, now);
}

function judgeTransport({ code, delivered }: TransportError): MassFailure {
  return delivered === 'no'
    ? { kind: 'later', reason: code, retryAfterMs: unreachableRetryMs }
    : { kind: 'unknown', reason: code };
}

/** Without a token nothing can be sent at all, for whatever reason there is none. */
function judgeTokenRequest(error: PlatformError, now: number): MassFailure {
  const reason = reasonOf(error);
  const { action, pauseMs = tokenRetryMs } = error.policy;
  if (action === 'tell_operator') return halt('configuration', reason, null);
  return halt('token', reason, action === 'wait_for_reset' ? nextPlatformDay(now) : new Date(now + pauseMs));
}

function judgeCall(error: PlatformError, now: number): MassFailure {
  const reason = reasonOf(error);
  switch (error.group) {
    case 'transient':
      return { kind: 'later', reason, retryAfterMs: retryAfter(error) };
    case 'token':
      return halt('token', reason, new Date(now + tokenRetryMs));
    case 'configuration':
    case 'account':
    case 'gone':
      return halt('configuration', reason, null);
    case 'quota':
      return halt('quota', reason, nextPlatformDay(now));
    case 'content':
      if (templateCodes.includes(error.errcode)) return halt('template', reason, null);
      return { kind: 'refused', reason };
    case 'receiver_permanent':
    case 'receiver_window':
    case 'duplicate':
    case 'tags':
    case 'menu':
    case 'kf':
    case 'oauth':
    case 'unknown':
      return { kind: 'refused', reason };
  }
}

function retryAfter(error: PlatformError): number {
  return isRateRefusal(error) ? rateRetryMs : Math.max(error.policy.pauseMs ?? 0, shortestRetryMs);
}

function halt(cause: HaltCause, reason: string, until: Date | null): MassFailure {
  return { kind: 'halt', cause, reason, until };
}

/** `<group>:<errcode>`; of a refused field of a template also its name, `content:47003:thing1`. */
function reasonOf({ group, errcode, errmsg }: PlatformError): string {
  // WeChat: "argument invalid! data.thing1.value is emtpy rid: …"
  const field = errcode === fieldInvalid ? /\bdata\.(\w+)/.exec(errmsg)?.[1] : undefined;
  return [group, errcode, ...(field === undefined ? [] : [field])].join(':');
}
