import { randomUUID } from 'node:crypto';
import type { CallbackRecord } from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import { isLocalName } from '../guard.js';
import { forgeLetter, genuineLetter, writeBody, type Letter, type PayEvent } from './callback-letters.js';
import { callbackRules } from './pay-limits.js';
import type { PayMerchant } from './pay-merchant.js';
import type { PayCallback } from './pay-state.js';

/** Waits; rejects when `stopping` fires. */
export type Pause = (ms: number, stopping: AbortSignal) => Promise<unknown>;

export interface CallbackDeskOptions {
  clock: Clock;
  logger: Logger;
  pause: Pause;
  stopping: AbortSignal;
  answerDeadlineMs: number;
  /** What a merchant has on its way changed. */
  onChange: (merchant: PayMerchant) => void;
}

/** Deliveries of an account that are remembered. */
const recordsAtMost = 500;

/** Tells merchants what became of payments and refunds, again and again until they answer 200 or 204. */
export class CallbackDesk {
  readonly #options: CallbackDeskOptions;
  readonly #records = new WeakMap<PayMerchant, CallbackRecord[]>();
  readonly #made = new WeakMap<PayMerchant, number>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: CallbackDeskOptions) {
    this.#options = options;
  }

  /** Sends off; returns at once. */
  announce(
    merchant: PayMerchant,
    event: Omit<PayEvent, 'id' | 'at'>,
    about: Pick<PayCallback, 'outTradeNo' | 'outRefundNo' | 'notifyUrl'>,
  ): void {
    const now = this.#options.clock.now();
    const { loseEvery, callbackDelayMs } = merchant.conduct;
    const whole: PayEvent = { ...event, id: randomUUID(), at: now };
    const callback: PayCallback = {
      ...about,
      id: whole.id,
      eventType: event.eventType,
      body: writeBody(merchant, whole),
      attempts: 0,
      dueAt: now + callbackDelayMs,
    };
    const made = (this.#made.get(merchant) ?? 0) + 1;
    this.#made.set(merchant, made);
    if (loseEvery > 0 && made % loseEvery === 0) {
      this.#note(merchant, callback, 'lost', { status: null, problem: null });
      return;
    }
    merchant.state.callbacks.push(callback);
    this.#options.onChange(merchant);
    this.#track(this.#carry(merchant, callback, whole));
  }

  /** Goes on with what was on its way when the sandbox stopped. */
  resume(merchant: PayMerchant): void {
    for (const callback of merchant.state.callbacks) this.#track(this.#carry(merchant, callback));
  }

  /** Every delivery since the start, oldest first. */
  recordsOf(merchant: PayMerchant): readonly CallbackRecord[] {
    return this.#records.get(merchant) ?? [];
  }

  /** Resolves when no callback is on its way: with a merchant that never answers, after a day. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        if (!this.#options.stopping.aborted)
          this.#options.logger.error({ err: error }, 'sandbox callback failed');
      })
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #carry(merchant: PayMerchant, callback: PayCallback, event?: PayEvent): Promise<void> {
    const { clock, onChange } = this.#options;
    await this.#waitUntil(callback.dueAt);
    if (event) await this.#sendForgeries(merchant, callback, event);
    for (;;) {
      const isAccepted = await this.#deliver(merchant, callback);
      const pause = callbackRules.pausesMs[callback.attempts - 1];
      if (isAccepted || pause === undefined) break;
      callback.dueAt = clock.now() + pause * merchant.conduct.pace;
      onChange(merchant);
      await this.#waitUntil(callback.dueAt);
    }
    merchant.state.callbacks = merchant.state.callbacks.filter((other) => other !== callback);
    onChange(merchant);
  }

  async #waitUntil(dueAt: number): Promise<void> {
    const ms = dueAt - this.#options.clock.now();
    if (ms > 0) await this.#options.pause(ms, this.#options.stopping);
  }

  async #sendForgeries(merchant: PayMerchant, callback: PayCallback, event: PayEvent): Promise<void> {
    for (const kind of merchant.conduct.forgeries) {
      const letter = await forgeLetter(kind, merchant, event);
      this.#note(merchant, callback, kind, await this.#post(callback.notifyUrl, letter));
    }
  }

  /** Whether the genuine letter was accepted. */
  async #deliver(merchant: PayMerchant, callback: PayCallback): Promise<boolean> {
    callback.attempts += 1;
    const letter = genuineLetter(merchant, callback.body);
    const copies = Array.from({ length: 1 + merchant.conduct.duplicates });
    const answers = await Promise.all(copies.map(() => this.#post(callback.notifyUrl, letter)));
    for (const [ordinal, answer] of answers.entries())
      this.#note(merchant, callback, ordinal === 0 ? 'genuine' : 'duplicate', answer);
    const status = answers[0]?.status;
    return status === 200 || status === 204;
  }

  async #post(notifyUrl: string, letter: Letter): Promise<Pick<CallbackRecord, 'status' | 'problem'>> {
    const { clock, answerDeadlineMs } = this.#options;
    if (!isLocalName(notifyUrl)) return { status: null, problem: 'the sandbox calls this machine only' };
    try {
      const response = await fetch(notifyUrl, {
        method: 'POST',
        body: letter.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(answerDeadlineMs),
        headers: {
          ...letter.seal(clock.now()),
          'Content-Type': 'application/json',
          'User-Agent': 'Mozilla/4.0',
        },
      });
      await response.arrayBuffer();
      return { status: response.status, problem: null };
    } catch (error) {
      return { status: null, problem: describeError(error) };
    }
  }

  #note(
    merchant: PayMerchant,
    { id, eventType, outTradeNo, outRefundNo, attempts }: PayCallback,
    kind: CallbackRecord['kind'],
    answer: Pick<CallbackRecord, 'status' | 'problem'>,
  ): void {
    const at = this.#options.clock.now();
    const about = { at, id, eventType, outTradeNo, outRefundNo };
    const records = this.#records.get(merchant) ?? [];
    records.push({ ...about, kind, attempt: Math.max(1, attempts), ...answer });
    if (records.length > recordsAtMost) records.shift();
    this.#records.set(merchant, records);
  }
}
