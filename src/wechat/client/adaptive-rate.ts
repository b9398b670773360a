import type { Clock, Sleep } from '../../core/clock.js';
import { AllowedRate } from './allowed-rate.js';

interface Waiter {
  resolve: () => void;
  reject: (reason: unknown) => void;
  signal: AbortSignal;
}

/** What could not be admitted in time because this process was busy is made up for, up to so many milliseconds. */
const creditMs = 20;
/** While calls wait for their turn, the rate may change, and a signal may be aborted. */
const longestSleepMs = 50;

/**
 * The turnstile before one interface of the platform, for one account. Calls are admitted in the order in which they
 * asked: at once while none was ever refused, at the rate that the platform's refusals allow afterwards.
 */
export class AdaptiveRate {
  readonly #clock: Clock;
  readonly #sleep: Sleep;
  readonly #allowed = new AllowedRate();
  #waiting: Waiter[] = [];
  #isAdmitting = false;
  /** When it was the last admitted call's turn, at most the credit before it was admitted. */
  #lastTurn = 0;

  /** @param clock never goes back. */
  constructor(clock: Clock, sleep: Sleep) {
    this.#clock = clock;
    this.#sleep = sleep;
  }

  /** Calls a second at present; Infinity while none was refused. */
  get perSecond(): number {
    return this.#allowed.at(this.#clock.now());
  }

  /** Resolves when one more call may be sent. Rejects, with the signal's reason, only once that is aborted. */
  async admit(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.length === 0 && this.#waitMs() <= 0) return this.#takeTurn();
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject, signal });
      if (!this.#isAdmitting) void this.#admitWaiting();
    });
  }

  /** The platform took a call. @param startedAt when the call was sent, by the same clock. */
  succeeded(startedAt: number): void {
    this.#allowed.succeeded(this.#clock.now(), startedAt);
  }

  /** The platform refused a call because there are too many. @param startedAt when the call was sent. */
  refused(startedAt: number): void {
    this.#allowed.refused(this.#clock.now(), startedAt);
  }

  async #admitWaiting(): Promise<void> {
    this.#isAdmitting = true;
    for (this.#dismissAborted(); this.#waiting.length > 0; this.#dismissAborted()) {
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        await this.#sleep(Math.min(waitMs, longestSleepMs));
      } else {
        this.#takeTurn();
        this.#waiting.shift()?.resolve();
      }
    }
    this.#isAdmitting = false;
  }

  #dismissAborted(): void {
    if (!this.#waiting.some(({ signal }) => signal.aborted)) return;
    for (const { reject, signal } of this.#waiting) if (signal.aborted) reject(signal.reason);
    this.#waiting = this.#waiting.filter(({ signal }) => !signal.aborted);
  }

  /** How long the next call has to wait; not above 0: it need not. */
  #waitMs(): number {
    const now = this.#clock.now();
    return this.#nextTurn(now) - now;
  }

  #takeTurn(): void {
    const now = this.#clock.now();
    const turn = this.#nextTurn(now);
    const lateMs = now - turn;
    if (lateMs > creditMs) this.#allowed.idled(now, lateMs);
    this.#lastTurn = Math.max(turn, now - creditMs);
  }

  #nextTurn(now: number): number {
    return Math.max(this.#allowed.pausedUntil, this.#lastTurn + 1_000 / this.#allowed.at(now));
  }
}
