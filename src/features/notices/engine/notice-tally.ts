import { businessDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import type { ReachRecorder } from '../../audience/audience-reader.js';
import type { NoticeChannel } from '../notice.js';
import type { RefusalCount, RefusalCountStore } from '../refusal-counts.js';

export interface NoticeTallyParts {
  refusals: Pick<RefusalCountStore, 'add'>;
  reach: ReachRecorder;
  clock: Clock;
}

interface Unreachable {
  openid: string;
  reason: string;
  at: Date;
}

/** Gathers what sending teaches, beside the deliveries themselves, and keeps it in few writes. */
export class NoticeTally {
  readonly #parts: NoticeTallyParts;
  #refusals = new Map<string, RefusalCount>();
  #unreachable = new Map<string, Unreachable[]>();

  constructor(parts: NoticeTallyParts) {
    this.#parts = parts;
  }

  refused(accountId: string, channel: NoticeChannel, reason: string): void {
    const day = businessDay(this.#parts.clock.now());
    const key = JSON.stringify([accountId, day, channel, reason]);
    const known = this.#refusals.get(key);
    if (known) known.count += 1;
    else this.#refusals.set(key, { accountId, day, channel, reason, count: 1 });
  }

  unreachable(accountId: string, openid: string, reason: string): void {
    const at = new Date(this.#parts.clock.now());
    const list = this.#unreachable.get(accountId) ?? [];
    list.push({ openid, reason, at });
    this.#unreachable.set(accountId, list);
  }

  /** What fails is lost: it is told again by the next refusal. */
  async flush(): Promise<void> {
    const refusals = [...this.#refusals.values()];
    const unreachable = [...this.#unreachable];
    this.#refusals = new Map();
    this.#unreachable = new Map();
    if (refusals.length > 0) await this.#parts.refusals.add(refusals);
    for (const [accountId, citizens] of unreachable)
      await this.#parts.reach.recordUnreachable(accountId, citizens);
  }
}
