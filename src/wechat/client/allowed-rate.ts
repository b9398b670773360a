const second = 1_000;

/**
 * Found by searching against limits that stand still, jump between 200 and 400 a second and swing between these, with
 * 50 ms until an answer: the most of the allowance that costs less than 1 % refusals.
 */
const tuning = {
  /** Milliseconds until an answer; where it takes longer or shorter, so does growth. */
  latency: 50,
  /** How much of the limit is used at first after a refusal. */
  caution: 0.975,
  /** Nothing grows at first after a refusal; so much later the rate has doubled … */
  growth: { holdMs: 1_300, doublingMs: 1_700 },
  /** … growing faster the longer nothing was refused. */
  acceleration: 1.1,
  /** The growth after the first refusal of all, when the limit is hardly known. */
  firstGrowth: { holdMs: 0, doublingMs: 800 },
  /** The least that is kept at one cut, however many calls were refused. */
  deepestCut: 0.3,
  /** Two measures of the limit that differ by more than this share speak of different limits. */
  agreement: 0.13,
} as const;

/**
 * How it begins, before anything is known: at a modest rate that rises with each call that goes through, so that a
 * limit is met with a few calls too many and not with all that can be under way at once (as slow start in TCP).
 * It is e times as fast every 200 ms, and no longer counted after a second or so.
 */
const beginning = { perSecond: 200, risePerSuccess: 5, successes: 2_000 } as const;

const longestCutPauseMs = 250;
const shortestBlockMs = 50;
const longestBlockMs = 10 * second;

/** The calls that were under way when the first of them was refused. Times in milliseconds. */
interface Cut {
  /** When the first refused call was sent. */
  begunAt: number;
  /** Whatever was sent until then had been admitted before the refusal was known. */
  endedAt: number;
  /** Calls a second: as they were admitted, or, while there was no limit, as they went through. */
  rate: number;
  /** Calls a second that went through since the cut before; undefined at the first. */
  mean: number | undefined;
  /** How those after the first refused one ended; a share that counted that one, too, would be too high. */
  succeeded: number;
  refused: number;
}

/**
 * What one interface of the platform lets through, learned from how calls end; soon unlimited until one is refused.
 *
 * All calls that are under way at a refusal are one event: after a pause of one round trip, the share of them that was
 * refused says by how much the rate was too high (as the marks do in DCTCP). The rate stays just below that limit for
 * a while and then looks for more, faster the longer nothing is refused (as in CUBIC). Where nothing at all goes
 * through, the limit is kept in mind and single calls are tried at growing distances.
 */
export class AllowedRate {
  #limit = Infinity;
  #growth: { holdMs: number; doublingMs: number } = tuning.firstGrowth;
  /** When the hold after the last cut began. */
  #heldFrom = 0;
  #latency = 0;
  #cut: Cut | undefined;
  #isSettled = true;
  #pausedUntil = 0;
  /** The distance between single calls while nothing goes through, in milliseconds; 0: something does. */
  #blockMs = 0;
  /** Successes since the last cut. */
  #succeeded = 0;
  readonly #unlimited = new Throughput();

  /** No call before this. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Calls a second. */
  at(now: number): number {
    if (this.#cut && !this.#isSettled && now >= this.#pausedUntil) this.#settle(this.#cut, now);
    if (this.#blockMs > 0) return second / this.#blockMs;
    if (this.#limit === Infinity) {
      const { perSecond, risePerSuccess, successes } = beginning;
      return this.#succeeded < successes ? perSecond + risePerSuccess * this.#succeeded : Infinity;
    }
    const pace = Math.min(3, Math.max(0.7, (this.#latency / tuning.latency) ** 0.75));
    const { holdMs, doublingMs } = this.#growth;
    const growsForMs = Math.max(0, (now - this.#heldFrom) / pace - holdMs);
    return this.#limit * tuning.caution * (1 + (growsForMs / doublingMs) ** tuning.acceleration);
  }

  /** Nobody wanted to call for so many milliseconds: that nothing was refused meanwhile means nothing. */
  idled(now: number, ms: number): void {
    this.#heldFrom = Math.min(now, this.#heldFrom + ms);
  }

  /** @param startedAt when the call was sent. */
  succeeded(now: number, startedAt: number): void {
    this.#blockMs = 0;
    this.#latency += (now - startedAt - this.#latency) * (this.#latency === 0 ? 1 : 0.1);
    this.#succeeded += 1;
    if (this.#limit === Infinity) this.#unlimited.count(now, startedAt);
    if (this.#cut && isWithin(this.#cut, startedAt)) this.#cut.succeeded += 1;
  }

  /** @param startedAt when the call was sent. */
  refused(now: number, startedAt: number): void {
    if (this.#cut && startedAt <= this.#cut.endedAt) {
      if (isWithin(this.#cut, startedAt)) this.#cut.refused += 1;
      return;
    }
    const isBlocked = this.#succeeded === 0;
    if (isBlocked) this.#blockMs = Math.min(Math.max(2 * this.#blockMs, shortestBlockMs), longestBlockMs);
    this.#pausedUntil = now + (isBlocked ? this.#blockMs : Math.min(this.#latency, longestCutPauseMs));
    this.#cut = {
      begunAt: startedAt,
      endedAt: this.#pausedUntil,
      rate: this.#limit === Infinity ? this.#unlimited.at(now) : this.at(now),
      mean: this.#cut && (this.#succeeded * second) / (startedAt - this.#cut.begunAt),
      succeeded: 0,
      refused: 0,
    };
    this.#isSettled = isBlocked;
    this.#succeeded = 0;
  }

  /** Nearly all calls of the cut have been answered. */
  #settle({ rate, mean, succeeded, refused }: Cut, now: number): void {
    this.#isSettled = true;
    this.#heldFrom = now;
    if (mean === undefined) {
      // All that is known so far is what went through.
      this.#limit = Math.max(1, rate);
      return;
    }
    this.#growth = tuning.growth;
    const kept = rate * Math.max(tuning.deepestCut, 1 - refused / Math.max(1, succeeded + refused));
    // Few calls make a coarse measure; the mean is exact while the limit stands still, and wrong once it has moved.
    const isSteady = Math.abs(mean / kept - 1) < tuning.agreement;
    this.#limit = Math.max(1, isSteady ? (kept + mean) / 2 : kept);
  }
}

const shortestMeasureMs = 100;

/** Calls a second that went through within the last one or two seconds. Times in milliseconds. */
class Throughput {
  #from = -Infinity;
  #count = 0;
  #earlierFrom = -Infinity;
  #earlierCount = 0;

  count(now: number, startedAt: number): void {
    const age = now - this.#from;
    if (age >= second) {
      const isRecent = age < 2 * second;
      this.#earlierFrom = isRecent ? this.#from : startedAt;
      this.#earlierCount = isRecent ? this.#count : 0;
      this.#from = isRecent ? now : startedAt;
      this.#count = 0;
    }
    this.#count += 1;
  }

  at(now: number): number {
    const measuredMs = Math.max(shortestMeasureMs, now - this.#earlierFrom);
    return ((this.#earlierCount + this.#count) * second) / measuredMs;
  }
}

function isWithin(cut: Cut, startedAt: number): boolean {
  return startedAt >= cut.begunAt && startedAt <= cut.endedAt;
}
