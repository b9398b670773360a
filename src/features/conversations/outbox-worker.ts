import { BackgroundLoop } from '../../core/background-loop.js';
import type { Clock } from '../../core/clock.js';
import type { FittedAnswer, Reply } from '../../core/messages.js';
import type { OutboundMessenger, SendOutcome } from '../../core/outbound-messenger.js';
import { withinTime } from '../../core/with-deadline.js';
import type { OutboxWatcher } from './conversation-watcher.js';
import { maxAttempts, type Promised } from './outbox.js';
import type { ClaimedEntry, OutboxStore } from './outbox-store.js';

export interface OutboxWorkerParts {
  store: OutboxStore;
  messenger: OutboundMessenger;
  /** The committed answer to a promised message; null: there is none, and none can be made any more. */
  answerFor: (promise: Promised) => Promise<FittedAnswer | null>;
  clock: Clock;
  watcher: OutboxWatcher;
}

/** How often to look for what is due when nobody nudges. */
const pollMs = 1_000;
/** How long a claimed entry is hidden from other workers. */
const claimMs = 60_000;
/** A server that is killed while it is asked can leave the driver waiting for ever; the worker goes on without it. */
const storeMs = 10_000;
/** Longer than the platform client can take over one call, its repeats included. */
const sendLeaseMs = 60_000;

/**
 * Sends what the outbox holds, one entry after another. Any number of workers may run, on any number of nodes.
 * Before each call to the platform the store says so; if the worker dies during the call, the entry becomes
 * `unknown` and no machine sends it again.
 */
export class OutboxWorker {
  readonly #parts: OutboxWorkerParts;
  readonly #loop: BackgroundLoop;

  constructor(parts: OutboxWorkerParts) {
    this.#parts = parts;
    this.#loop = new BackgroundLoop({
      work: (signal) => this.sendDue(signal),
      pauseMs: pollMs,
      onFailure: (error) => parts.watcher.outboxFailed(error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Lets the entry under way end, then stops. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Something became due: look now and not at the next poll. */
  nudge(): void {
    this.#loop.nudge();
  }

  /** Sends everything that is due; returns how many entries it took. */
  async sendDue(signal?: AbortSignal): Promise<number> {
    const { store, clock, watcher } = this.#parts;
    let taken = 0;
    const abandoned = await withinTime(store.abandonExpired(new Date(clock.now())), storeMs);
    if (abandoned > 0) watcher.abandoned(abandoned);
    while (!signal?.aborted) {
      const now = clock.now();
      const entry = await withinTime(store.claimDue(new Date(now), new Date(now + claimMs)), storeMs);
      if (!entry) return taken;
      taken += 1;
      await this.#send(entry);
    }
    return taken;
  }

  async #send(entry: ClaimedEntry): Promise<void> {
    const replies = entry.kind === 'remainder' ? entry.replies : await this.#promisedReplies(entry);
    if (replies === null) {
      const reason = 'the message cannot be read any more: its key is not known';
      await this.#parts.store.settle(entry, { state: 'failed', partsSent: entry.partsSent, reason });
      return;
    }
    for (let part = entry.partsSent; part < replies.length; part += 1) {
      const reply = replies[part];
      if (!reply) break;
      const going = await this.#sendPart({ ...entry, partsSent: part }, reply, part + 1 === replies.length);
      if (!going) return;
    }
    if (replies.length === 0)
      await withinTime(this.#parts.store.settle(entry, { state: 'sent', partsSent: 0 }), storeMs);
  }

  async #promisedReplies(promise: Promised): Promise<Reply[] | null> {
    const answer = await this.#parts.answerFor(promise);
    return answer && (answer.now ? [answer.now] : []);
  }

  /** Returns whether the next part may go. */
  async #sendPart(entry: ClaimedEntry, reply: Reply, isLast: boolean): Promise<boolean> {
    const { store, messenger, clock, watcher } = this.#parts;
    const begun = await withinTime(store.beginPart(entry, new Date(clock.now() + sendLeaseMs)), storeMs);
    if (!begun) return false;
    const outcome = await messenger.send(entry.accountId, entry.openid, reply);
    await withinTime(store.settle(entry, endingOf(entry, outcome, isLast, clock.now())), storeMs);
    watcher.attempted(outcome);
    return outcome.status === 'sent' && !isLast;
  }
}

type Ending = Parameters<OutboxStore['settle']>[1];

function endingOf(entry: ClaimedEntry, outcome: SendOutcome, isLast: boolean, now: number): Ending {
  const { partsSent, attempts } = entry;
  switch (outcome.status) {
    case 'sent':
      return isLast
        ? { state: 'sent', partsSent: partsSent + 1 }
        : { state: 'waiting', partsSent: partsSent + 1, notBefore: new Date(now + claimMs) };
    case 'refused':
      return { state: 'failed', partsSent, reason: outcome.reason };
    case 'unknown':
      return { state: 'unknown', partsSent, reason: outcome.reason };
    case 'retry':
      return attempts < maxAttempts
        ? {
            state: 'waiting',
            partsSent,
            reason: outcome.reason,
            notBefore: new Date(now + outcome.retryAfterMs),
          }
        : { state: 'failed', partsSent, reason: outcome.reason };
  }
}
