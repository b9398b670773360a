import type { Clock } from '../../../core/clock.js';
import type { OfferStore } from './offer-store.js';
import type { OfferWatcher } from './offer-watcher.js';
import { findMissingYears } from './work-calendar.js';

export interface CalendarServiceParts {
  store: Pick<OfferStore, 'list'>;
  watcher: Pick<OfferWatcher, 'calendarChecked'>;
  clock: Clock;
}

/** The years of holidays that an account works by. */
export class CalendarService {
  readonly #parts: CalendarServiceParts;

  constructor(parts: CalendarServiceParts) {
    this.#parts = parts;
  }

  /** The years whose holidays are known, and those that should be by now. */
  async coverage(accountId: string): Promise<{ covered: number[]; missing: number[] }> {
    const years = await this.#parts.store.list(accountId, 'calendar');
    const covered = years.map(({ value }) => value.year).toSorted((a, b) => a - b);
    return { covered, missing: findMissingYears(covered, this.#parts.clock.now()) };
  }

  /** The years that should be known by now and are not; the watcher is told, also that there are none. */
  async missingYears(accountId: string): Promise<number[]> {
    const { missing } = await this.coverage(accountId);
    this.#parts.watcher.calendarChecked(accountId, missing);
    return missing;
  }
}
