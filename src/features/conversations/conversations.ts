import type { Clock } from '../../core/clock.js';
import type { CitizenMessage } from '../../core/messages.js';
import { late, withDeadline, withinTime } from '../../core/with-deadline.js';
import { initialState } from '../../dialog/dialog-state.js';
import type { Release } from '../../dialog/release.js';
import { isAsking } from '../../dialog/request.js';
import { stepDialog } from '../../dialog/step-dialog.js';
import type { ConversationPort, ConversationResponse } from './conversation-port.js';
import type { ConversationWatcher } from './conversation-watcher.js';
import { citizenKey, type ConversationRunner, type RunResult } from './conversation-runner.js';
import type { ExchangeSealer } from './exchange-sealer.js';
import type { OutboxStore } from './outbox-store.js';

export interface ConversationsParts {
  runner: ConversationRunner;
  outbox: OutboxStore;
  sealer: ExchangeSealer;
  currentRelease: (accountId: string) => Release | undefined;
  clock: Clock;
  watcher: ConversationWatcher;
  /** Milliseconds from the arrival of a message after which the answer is promised instead. */
  deadlineMs: number;
  /** Milliseconds that the promise itself may take; the platform hangs up soon after. */
  promiseMs: number;
  /** Told when a promised answer is ready to be sent. */
  onPromiseDue: () => void;
}

/** After a crash, a promise is taken up by any worker this long after it was given. */
const promiseTakeOverMs = 60_000;

/** A server that is killed while it is asked can leave the driver waiting for ever. */
const outboxMs = 10_000;

interface UnderWay {
  result: Promise<RunResult>;
  /** Set while, and after, a promise is being written; shared by all re-sends of the message. */
  promised?: Promise<boolean>;
}

/**
 * Answers within the platform's patience. A re-send of a message that is still under way waits for the same
 * result; what is not ready at the deadline is promised in the durable outbox and follows later.
 */
export class Conversations implements ConversationPort {
  readonly #parts: ConversationsParts;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(parts: ConversationsParts) {
    this.#parts = parts;
  }

  async respond(message: CitizenMessage): Promise<ConversationResponse> {
    const startedAt = performance.now();
    const response = await this.#respond(message);
    this.#parts.watcher.responded(message, response.kind, performance.now() - startedAt);
    return response;
  }

  /** Resolves when nothing is under way any more. */
  async drain(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.allSettled([...this.#underWay.values()].map((underWay) => underWay.result));
    }
  }

  async #respond(message: CitizenMessage): Promise<ConversationResponse> {
    const underWay = this.#join(message);
    const result = await withDeadline(underWay.result, this.#parts.deadlineMs).catch(() => null);
    if (result === null) return this.#withoutJournal(message);
    if (result === late) return this.#promise(message, underWay);
    if (underWay.promised && (await underWay.promised)) return { kind: 'later' };
    if (this.#isRepeat(message, result) && (await this.#wasPromised(message))) return { kind: 'later' };
    return { kind: 'answer', reply: result.answer.now };
  }

  /**
   * Answered before, or so old that a process which died, or another node, may have promised the answer: nobody
   * promises before the deadline.
   */
  #isRepeat(message: CitizenMessage, { repeated }: RunResult): boolean {
    return repeated || this.#parts.clock.now() - message.sentAt >= this.#parts.deadlineMs;
  }

  #join(message: CitizenMessage): UnderWay {
    const id = `${citizenKey(message)} ${message.key}`;
    const before = this.#underWay.get(id);
    if (before) {
      this.#parts.watcher.coalesced(message);
      return before;
    }
    const result = this.#parts.runner.run(message);
    const underWay: UnderWay = { result };
    this.#underWay.set(id, underWay);
    void this.#finish(id, message, underWay);
    return underWay;
  }

  async #finish(id: string, message: CitizenMessage, underWay: UnderWay): Promise<void> {
    try {
      this.#parts.watcher.answered(message, await underWay.result);
      if (underWay.promised && (await underWay.promised)) {
        await withinTime(this.#parts.outbox.makeDue(message, new Date(this.#parts.clock.now())), outboxMs);
        this.#parts.onPromiseDue();
      }
    } catch (error) {
      this.#parts.watcher.failed(message, error);
    } finally {
      this.#underWay.delete(id);
    }
  }

  async #promise(message: CitizenMessage, underWay: UnderWay): Promise<ConversationResponse> {
    underWay.promised ??= this.#writePromise(message, underWay);
    const kept = await withDeadline(underWay.promised, this.#parts.promiseMs);
    return kept === true ? { kind: 'later' } : this.#withoutJournal(message);
  }

  async #writePromise(message: CitizenMessage, underWay: UnderWay): Promise<boolean> {
    const now = this.#parts.clock.now();
    try {
      const promise = this.#parts.outbox.promise({
        kind: 'promise',
        accountId: message.accountId,
        openid: message.openid,
        key: message.key,
        sealed: this.#parts.sealer.sealMessage(message),
        createdAt: new Date(now),
        notBefore: new Date(now + promiseTakeOverMs),
      });
      await withinTime(promise, outboxMs);
      return true;
    } catch (error) {
      this.#parts.watcher.failed(message, error);
      delete underWay.promised;
      return false;
    }
  }

  /** Whether the answer is promised; now that it is there, the promise is due. */
  async #wasPromised(message: CitizenMessage): Promise<boolean> {
    const { outbox, clock, onPromiseDue } = this.#parts;
    try {
      if (!(await withinTime(outbox.hasPromise(message), outboxMs))) return false;
      await withinTime(outbox.makeDue(message, new Date(clock.now())), outboxMs);
      onPromiseDue();
      return true;
    } catch {
      return false;
    }
  }

  /**
   * With the journal out of reach only what is, or may be, an emergency is answered, unrecorded: a life outranks it.
   */
  #withoutJournal(message: CitizenMessage): ConversationResponse {
    const release = this.#parts.currentRelease(message.accountId);
    if (!release) return { kind: 'unavailable' };
    let step = stepDialog(release, initialState, message.input, this.#parts.clock.now());
    while (isAsking(step)) step = step.resume({ kind: 'unavailable' });
    const reply = step.replies[0];
    const isUrgent = step.decision.step === 'emergency' || step.decision.step === 'doubtful';
    if (!isUrgent || !reply) return { kind: 'unavailable' };
    return { kind: 'answer', reply };
  }
}
