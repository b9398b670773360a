import { BackgroundLoop } from '../../core/background-loop.js';
import type { Clock } from '../../core/clock.js';
import { templateRepeatMs, type NoticeMessenger, type NoticeOutcome } from '../../core/outbound-messenger.js';
import type { NoticeQueue } from './notice-queue.js';
import type { NoticeSubject, NoticeText } from './notice-subject.js';
import type { ClaimedNotice, EndState, NoticeEnding, NoticeState } from './owed-notice.js';

export interface NoticeWorkerParts {
  queue: NoticeQueue;
  messenger: NoticeMessenger;
  /** What the notices are about. */
  subjects: { require(kind: string): Pick<NoticeSubject, 'write'> };
  clock: Clock;
  watcher: NoticeWatcher;
  /** How long a call to the platform may take, repeats included, before its sender counts as dead. */
  leaseMs?: number;
}

export interface NoticeWatcher {
  /** An attempt is over. @param channel absent: the platform was not asked. */
  attempted(notice: ClaimedNotice, state: NoticeState | 'again', channel?: string): void;
  abandoned(count: number): void;
  noticesFailed(error: unknown): void;
}

const pollMs = 2_000;
const usualLeaseMs = 60_000;
/** After so many attempts that the platform could not take, it counts as refused. */
const maxAttempts = 8;
const shortestPauseMs = 10_000;

/**
 * Sends what citizens are owed. Any number of workers may run, on any number of nodes. It is
 * a loop and no timed job: an offer waits for its citizen for minutes, so seconds count, and the claims of the queue
 * already keep the workers apart.
 *
 * Before each call to the platform the queue says so. If the worker dies during the call, a customer-service message
 * becomes `unknown` and no machine sends it again; a template message is repeated while the platform recognises it.
 */
export class OwedNoticeWorker {
  readonly #parts: NoticeWorkerParts;
  readonly #leaseMs: number;
  readonly #loop: BackgroundLoop;

  constructor(parts: NoticeWorkerParts) {
    this.#parts = parts;
    this.#leaseMs = parts.leaseMs ?? usualLeaseMs;
    this.#loop = new BackgroundLoop({
      work: (signal) => this.sendDue(signal),
      pauseMs: pollMs,
      onFailure: (error) => parts.watcher.noticesFailed(error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Lets the notice under way end, then stops. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Sends everything that is due; returns how many notices it took up. */
  async sendDue(signal?: AbortSignal): Promise<number> {
    const { queue, clock, watcher } = this.#parts;
    const begun = clock.now();
    const abandoned = await queue.abandonExpired(new Date(begun), new Date(begun - templateRepeatMs));
    if (abandoned > 0) watcher.abandoned(abandoned);
    for (let taken = 0; ; taken += 1) {
      if (signal?.aborted) return taken;
      const now = clock.now();
      const notice = await queue.claimDue(new Date(now), new Date(now + this.#leaseMs));
      if (!notice) return taken;
      await this.#deliver(notice);
    }
  }

  async #deliver(notice: ClaimedNotice): Promise<void> {
    const { subjects, clock } = this.#parts;
    if (isBeyondRepeat(notice, clock.now()))
      return this.#end(notice, 'unknown', { channel: 'template', reason: notice.reason ?? 'not_repeatable' });
    if (notice.until.getTime() <= clock.now())
      return this.#end(notice, 'dropped', { reason: notice.reason ?? 'too_late' });
    const written = await subjects.require(notice.subject.kind).write(notice);
    if (!written) return this.#end(notice, 'dropped', { reason: 'no_longer_so' });
    const outcome = await this.#send(notice, written);
    if (outcome) await this.#settle(notice, outcome);
  }

  #send(notice: ClaimedNotice, { said, ...text }: NoticeText): Promise<NoticeOutcome | null> {
    const { queue, messenger, clock } = this.#parts;
    const outbound = { ...text, clientMsgId: clientMsgIdOf(notice) };
    return messenger.sendNotice(notice.accountId, notice.openid, outbound, {
      ...(notice.maybeSentAt && { only: 'template' }),
      beforeCall: (channel) => {
        const now = clock.now();
        const leaseUntil = new Date(now + this.#leaseMs);
        const maybeSentAt = notice.maybeSentAt ?? new Date(now);
        return queue.begin(notice, {
          channel,
          said,
          leaseUntil,
          ...(channel === 'template' && { maybeSentAt }),
        });
      },
    });
  }

  async #settle(notice: ClaimedNotice, { channel, outcome }: NoticeOutcome): Promise<void> {
    switch (outcome.status) {
      case 'sent':
        return this.#end(notice, 'sent', {
          channel,
          ...(outcome.messageId !== undefined && { messageId: outcome.messageId }),
        });
      case 'refused':
        return this.#end(notice, hadDoubt(notice) ? 'unknown' : 'refused', {
          channel,
          reason: outcome.reason,
        });
      case 'unknown':
        if (channel === 'customer_service')
          return this.#end(notice, 'unknown', { channel, reason: outcome.reason });
        return this.#again(notice, { channel, reason: outcome.reason, keepsDoubt: true }, shortestPauseMs);
      case 'retry': {
        const { reason, retryAfterMs } = outcome;
        const attempts = notice.attempts ?? 1;
        if (attempts >= maxAttempts)
          return this.#end(notice, hadDoubt(notice) ? 'unknown' : 'refused', { channel, reason });
        const pauseMs = Math.max(retryAfterMs, shortestPauseMs * 2 ** (attempts - 1));
        return this.#again(notice, { channel, reason, keepsDoubt: hadDoubt(notice) }, pauseMs);
      }
    }
  }

  async #again(
    notice: ClaimedNotice,
    ending: Pick<NoticeEnding, 'channel' | 'reason' | 'keepsDoubt'>,
    pauseMs: number,
  ): Promise<void> {
    const { queue, clock, watcher } = this.#parts;
    await queue.settle(notice, { ...ending, state: 'again', dueAt: new Date(clock.now() + pauseMs) });
    watcher.attempted(notice, 'again', ending.channel);
  }

  async #end(
    notice: ClaimedNotice,
    state: EndState,
    ending: Pick<NoticeEnding, 'channel' | 'reason' | 'messageId'>,
  ): Promise<void> {
    const { queue, clock, watcher } = this.#parts;
    await queue.settle(notice, { ...ending, state, endedAt: new Date(clock.now()) });
    watcher.attempted(notice, state, ending.channel);
  }
}

/** One that staff had sent once more is another message to the platform, unless the one before may have arrived. */
function clientMsgIdOf({ id, repeats = 0 }: ClaimedNotice): string {
  return repeats === 0 ? id : `${id}-${repeats}`;
}

/** An earlier attempt may have arrived. */
function hadDoubt({ maybeSentAt }: ClaimedNotice): boolean {
  return maybeSentAt !== undefined;
}

/** An earlier attempt may have arrived, and the platform would not recognise another one any more. */
function isBeyondRepeat({ maybeSentAt }: ClaimedNotice, now: number): boolean {
  return maybeSentAt !== undefined && maybeSentAt.getTime() + templateRepeatMs <= now;
}
