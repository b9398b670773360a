import { callLimits, clearQuotaPerMonth } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** The calendar day in Asia/Shanghai, `YYYY-MM-DD`: when the platform's daily counts begin anew. */
export function platformDay(now: number): string {
  return new Date(now + shanghaiOffsetMs).toISOString().slice(0, 10);
}

/** How often each account called each path: by minute, by day, and how often it had the counts cleared. */
export class CallQuotas {
  readonly #used = new Map<string, number>();
  /** The day that is counted, so that it need not be spelled for each call. */
  #today = { from: 0, name: '' };

  /** @param perDay other daily limits than the usual ones, by path: larger accounts are granted more. */
  constructor(private readonly perDay: Readonly<Record<string, number>> = {}) {}

  /**
   * Counts one call.
   * @throws PlatformRefusal 45011 above the limit of a minute, 45009 above that of a day.
   */
  count(accountId: string, path: string, now: number): void {
    const limit = callLimits[path];
    if (!limit) return;
    if (limit.perMinute !== undefined) {
      const minute = `${accountId} ${limit.group ?? path} minute`;
      const window = `${minute} ${Math.floor(now / 60_000)}`;
      this.#forgetOthers(minute, window);
      this.#take(window, limit.perMinute, 45011);
    }
    if (!limit.countsItself) this.countDay(accountId, path, now);
  }

  /** Counts one call for the day. @throws PlatformRefusal 45009, or what the path is refused with then. */
  countDay(accountId: string, path: string, now: number): void {
    const limit = callLimits[path];
    if (!limit) return;
    this.#take(this.#dayKey(accountId, path, now), this.dailyLimit(path) ?? 0, limit.dayErrcode ?? 45009);
  }

  /** Counts something else that is limited per day, by a name of its own. @throws PlatformRefusal `errcode` */
  countOther(accountId: string, name: string, now: number, limit: number, errcode: number): void {
    this.#take(this.#dayKey(accountId, name, now), limit, errcode);
  }

  /** Counts `calls` at once without refusing: how a test or a switch on the page uses a quota up. */
  use(accountId: string, path: string, now: number, calls: number): void {
    const key = this.#dayKey(accountId, path, now);
    this.#used.set(key, (this.#used.get(key) ?? 0) + calls);
  }

  usedToday(accountId: string, path: string, now: number): number {
    return this.#used.get(this.#dayKey(accountId, path, now)) ?? 0;
  }

  /** undefined: the path is not limited. */
  dailyLimit(path: string): number | undefined {
    const limit = callLimits[path];
    return limit && (this.perDay[path] ?? limit.perDay);
  }

  /** @throws PlatformRefusal 48006 at the eleventh time in a month. */
  clear(accountId: string, now: number): void {
    this.#take(`${accountId} clear ${platformDay(now).slice(0, 7)}`, clearQuotaPerMonth, 48006);
    for (const path of Object.keys(callLimits)) this.#used.delete(this.#dayKey(accountId, path, now));
  }

  #take(key: string, limit: number, errcode: number): void {
    const used = this.#used.get(key) ?? 0;
    if (used >= limit) throw new PlatformRefusal(errcode);
    this.#used.set(key, used + 1);
  }

  #forgetOthers(prefix: string, current: string): void {
    if (this.#used.has(current)) return;
    for (const key of this.#used.keys()) if (key.startsWith(prefix)) this.#used.delete(key);
  }

  #dayKey(accountId: string, path: string, now: number): string {
    if (now < this.#today.from || now >= this.#today.from + dayMs) {
      this.#today = { from: now - ((now + shanghaiOffsetMs) % dayMs), name: platformDay(now) };
    }
    return `${accountId} ${callLimits[path]?.group ?? path} day ${this.#today.name}`;
  }
}
