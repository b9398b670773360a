import { timeOfDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import type { NoticeStore } from '../notice-store.js';
import type { Notice } from '../notice.js';
import { quietUntil, type QuietHours } from '../quiet-hours.js';
import { quietNow } from './desk-errors.js';

export interface QuietHoursReader {
  /** Null: the account keeps none. */
  readQuietHours(accountId: string): Promise<QuietHours | null>;
}

export interface NoticeStarterParts {
  notices: Pick<NoticeStore, 'listDue' | 'listSending' | 'start' | 'postpone' | 'hold'>;
  quietHours: QuietHoursReader;
  clock: Clock;
}

/** When notices begin, stand still and go on by the clock. Quiet hours hold up routine notices only. */
export class NoticeStarter {
  readonly #parts: NoticeStarterParts;

  constructor(parts: NoticeStarterParts) {
    this.#parts = parts;
  }

  /**
   * Scheduled notices whose time has come begin to send, those whose hold is over go on, and those that run into
   * quiet hours stand still until these end. Any number of workers may ask.
   *
   * @returns how many began or went on.
   */
  async startDue(): Promise<number> {
    const { notices } = this.#parts;
    for (const notice of await notices.listSending()) {
      const until = await this.silenceOf(notice);
      if (until)
        await notices.hold(notice, { cause: 'quiet', reason: 'quiet_hours', since: this.#now(), until });
    }
    let started = 0;
    for (const due of await notices.listDue(this.#now())) {
      const until = await this.silenceOf(due);
      if (until) await notices.postpone(due, until);
      else if (await notices.start(due, this.#now())) started += 1;
    }
    return started;
  }

  /** Until when quiet hours keep this notice now, UTC; null: they do not. */
  async silenceOf(
    { accountId, kind }: Pick<Notice, 'accountId' | 'kind'>,
    at = this.#now(),
  ): Promise<Date | null> {
    if (kind === 'emergency') return null;
    return quietUntil(await this.#parts.quietHours.readQuietHours(accountId), at);
  }

  /** @throws UserError `quiet_hours` */
  async refuseSilence(notice: Pick<Notice, 'accountId' | 'kind'>): Promise<void> {
    const until = await this.silenceOf(notice);
    if (until) throw quietNow(timeOfDay(until.getTime()));
  }

  #now(): Date {
    return new Date(this.#parts.clock.now());
  }
}
