import type { Clock } from '../../../core/clock.js';
import { deliveryStates, type DeliveryState } from '../delivery.js';
import type { DeliveryCount, DeliveryStore } from '../delivery-store.js';
import type { MassCallStore } from '../mass-call-store.js';
import type { MassCallView } from '../mass-call.js';
import type { Notice, NoticeChannel } from '../notice.js';

export interface NoticeProgressParts {
  deliveries: Pick<DeliveryStore, 'count'>;
  massCalls: Pick<MassCallStore, 'list'>;
  clock: Clock;
}

/** How far a notice is, counted from its records. */
export interface NoticeProgress {
  total: number;
  states: Record<DeliveryState, number>;
  channels: { channel: NoticeChannel; state: DeliveryState; count: number }[];
  /** The most frequent first. */
  reasons: { state: DeliveryState; reason: string; count: number }[];
  /** Null: nothing to tell yet. */
  perSecond: number | null;
  doneBy: Date | null;
  calls: MassCallView[];
}

interface Mark {
  at: number;
  done: number;
  perSecond: number | null;
}

/** Counts of less apart are too near to tell a rate. */
const leastApartMs = 900;
/** A rate from counts that lie further apart is a rate of long ago. */
const mostApartMs = 60_000;
const mostMarks = 200;

/** Tells how far notices are. The rate is taken from two counts by this process. */
export class NoticeProgressReader {
  readonly #parts: NoticeProgressParts;
  readonly #marks = new Map<string, Mark>();

  constructor(parts: NoticeProgressParts) {
    this.#parts = parts;
  }

  async read(notice: Notice): Promise<NoticeProgress> {
    const { deliveries, massCalls, clock } = this.#parts;
    const [counts, calls] = await Promise.all([deliveries.count(notice), massCalls.list(notice)]);
    const states = sumStates(counts);
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    const left = states.waiting + states.sending;
    const perSecond = notice.state === 'sending' ? this.#measure(notice, total - left) : null;
    const doneBy =
      perSecond !== null && perSecond > 0 ? new Date(clock.now() + (left / perSecond) * 1_000) : null;
    return { total, states, ...groupCounts(counts), perSecond, doneBy, calls };
  }

  #measure({ id, preparation }: Notice, done: number): number | null {
    const key = `${id} ${preparation}`;
    const at = this.#parts.clock.now();
    const last = this.#marks.get(key);
    if (last && at - last.at < leastApartMs) return last.perSecond;
    const isRecent = last !== undefined && at - last.at <= mostApartMs;
    const perSecond = isRecent ? ((done - last.done) * 1_000) / (at - last.at) : null;
    this.#marks.delete(key);
    this.#marks.set(key, { at, done, perSecond });
    const [oldest] = this.#marks.keys();
    if (this.#marks.size > mostMarks && oldest !== undefined) this.#marks.delete(oldest);
    return perSecond;
  }
}

function sumStates(counts: readonly DeliveryCount[]): Record<DeliveryState, number> {
  const states: Record<DeliveryState, number> = {
    waiting: 0,
    sending: 0,
    accepted: 0,
    delivered: 0,
    failed: 0,
    refused: 0,
    unknown: 0,
    skipped: 0,
    cancelled: 0,
    rehearsed: 0,
  };
  for (const { state, count } of counts) states[state] += count;
  return states;
}

function groupCounts(counts: readonly DeliveryCount[]): Pick<NoticeProgress, 'channels' | 'reasons'> {
  const channels = new Map<string, NoticeProgress['channels'][number]>();
  const reasons = new Map<string, NoticeProgress['reasons'][number]>();
  for (const { state, channel, reason, count } of counts) {
    if (channel !== null) {
      const sum = channels.get(`${channel} ${state}`)?.count ?? 0;
      channels.set(`${channel} ${state}`, { channel, state, count: sum + count });
    }
    if (reason !== null) {
      const sum = reasons.get(`${state} ${reason}`)?.count ?? 0;
      reasons.set(`${state} ${reason}`, { state, reason, count: sum + count });
    }
  }
  return {
    channels: [...channels.values()].sort((one, other) => place(one.state) - place(other.state)),
    reasons: [...reasons.values()].sort((one, other) => other.count - one.count),
  };
}

function place(state: DeliveryState): number {
  return deliveryStates.indexOf(state);
}
