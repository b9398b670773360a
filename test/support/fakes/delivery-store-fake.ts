import type {
  DeliveryChange,
  DeliveryCount,
  DeliveryStore,
  RowsOf,
} from '../../../src/features/notices/delivery-store.js';
import type { Delivery } from '../../../src/features/notices/delivery.js';
import type { MassRow, MassRowEnding, MassRowStore } from '../../../src/features/notices/mass-row-store.js';

const personal = new Set(['customer_service', 'subscription', 'template']);
const settledFrom: Record<MassRowEnding['state'], readonly string[]> = {
  accepted: ['waiting', 'cancelled', 'unknown'],
  unknown: ['waiting', 'cancelled'],
  failed: ['waiting', 'cancelled', 'accepted'],
};

/** Deliveries in memory; held to the store in MongoDB by `delivery-store-contract.ts`. */
export class DeliveryStoreFake implements DeliveryStore, MassRowStore {
  readonly rows: Delivery[] = [];

  async addMany(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) {
      const isThere = this.rows.some((row) => isSameRow(row, delivery));
      if (!isThere) this.rows.push({ ...delivery });
    }
    this.rows.sort((one, other) => one.preparation - other.preparation || one.row - other.row);
  }

  async findLast(rows: RowsOf): Promise<Delivery | null> {
    return this.#of(rows).at(-1) ?? null;
  }

  async removeBefore({ id, preparation }: RowsOf): Promise<void> {
    const kept = this.rows.filter((row) => row.noticeId !== id || row.preparation >= preparation);
    this.rows.splice(0, this.rows.length, ...kept);
  }

  async claim(
    rows: RowsOf,
    { limit, claim, now, leaseUntil }: Parameters<DeliveryStore['claim']>[1],
  ): Promise<Delivery[]> {
    const due = this.#of(rows).filter(
      ({ state, channel = '', dueAt }) => state === 'waiting' && personal.has(channel) && dueAt <= now,
    );
    return due.slice(0, limit).map((row) => ({ ...Object.assign(row, { claim, dueAt: leaseUntil }) }));
  }

  async change(changes: readonly DeliveryChange[]): Promise<boolean[]> {
    return changes.map(({ delivery, at, ...change }) => {
      const row = this.rows.find((one) => isSameRow(one, delivery));
      if (!row || row.claim === undefined || row.claim !== delivery.claim) return false;
      for (const name of ['reason', 'maybeSentAt', 'leaseUntil'] as const) delete row[name];
      Object.assign(row, change, { updatedAt: at });
      if (change.state === 'sending') row.attempts += 1;
      return true;
    });
  }

  async abandonExpired(rows: RowsOf, now: Date, repeatableSince: Date) {
    const counts = { unknown: 0, again: 0 };
    for (const row of this.#of(rows)) {
      if (row.state !== 'sending' || !row.leaseUntil || row.leaseUntil > now) continue;
      const isRepeatable =
        row.channel === 'template' && row.maybeSentAt !== undefined && row.maybeSentAt > repeatableSince;
      delete row.leaseUntil;
      Object.assign(row, { reason: 'worker_lost', updatedAt: now });
      Object.assign(row, isRepeatable ? { state: 'waiting', dueAt: now } : { state: 'unknown' });
      counts[isRepeatable ? 'again' : 'unknown'] += 1;
    }
    return counts;
  }

  async cancelWaiting(rows: RowsOf, now: Date): Promise<number> {
    const waiting = this.#of(rows).filter(({ state }) => state === 'waiting');
    for (const row of waiting) {
      delete row.claim;
      row.updatedAt = now;
      if (row.maybeSentAt) Object.assign(row, { state: 'unknown', reason: 'cancelled_in_doubt' });
      else {
        delete row.reason;
        row.state = 'cancelled';
      }
    }
    return waiting.length;
  }

  async hasUnfinished(rows: RowsOf): Promise<boolean> {
    return this.#of(rows).some(({ state }) => state === 'waiting' || state === 'sending');
  }

  async repeatUnknown(rows: RowsOf, now: Date): Promise<number> {
    const unknown = this.#of(rows).filter(({ state }) => state === 'unknown');
    for (const row of unknown) {
      for (const name of ['reason', 'maybeSentAt', 'claim', 'call'] as const) delete row[name];
      Object.assign(row, { state: 'waiting', dueAt: now, updatedAt: now });
    }
    return unknown.length;
  }

  async count(rows: RowsOf): Promise<DeliveryCount[]> {
    const counts = new Map<string, DeliveryCount>();
    for (const { state, channel = null, reason = null } of this.#of(rows)) {
      const key = JSON.stringify([state, channel, reason]);
      const known = counts.get(key) ?? { state, channel, reason, count: 0 };
      counts.set(key, { ...known, count: known.count + 1 });
    }
    return [...counts.values()];
  }

  async list(
    rows: RowsOf,
    { after = -1, limit, state, openid }: Parameters<DeliveryStore['list']>[1],
  ): Promise<Delivery[]> {
    return this.#of(rows)
      .filter((row) => row.row > after)
      .filter((row) => (state === undefined || row.state === state) && (!openid || row.openid === openid))
      .slice(0, limit)
      .map((row) => ({ ...row }));
  }

  async *stream(rows: RowsOf): AsyncIterable<Delivery> {
    for (const row of this.#of(rows)) yield { ...row };
  }

  async listWaiting(rows: RowsOf, now: Date): Promise<MassRow[]> {
    return this.#massRows(rows)
      .filter(({ state, dueAt }) => state === 'waiting' && dueAt <= now)
      .map(({ row, openid }) => ({ row, openid }));
  }

  async isPersonalOver(rows: RowsOf): Promise<boolean> {
    return !this.#of(rows).some(
      ({ state, channel = '' }) => state === 'sending' || (state === 'waiting' && personal.has(channel)),
    );
  }

  async passOn(rows: RowsOf, numbers: readonly number[], reason: string, now: Date): Promise<void> {
    for (const row of this.#massRows(rows)) {
      if (row.state !== 'waiting' || !numbers.includes(row.row)) continue;
      const open = row.open.filter((channel) => channel !== 'mass');
      const passed = [...row.passed, { channel: 'mass' as const, reason }];
      delete row.reason;
      const next = open[0]
        ? { channel: open[0], state: 'waiting' as const }
        : { channel: 'mass' as const, state: 'refused' as const, reason };
      Object.assign(row, { open, passed, dueAt: now, updatedAt: now }, next);
    }
  }

  async settle(rows: RowsOf, numbers: readonly number[], ending: MassRowEnding, now: Date): Promise<void> {
    for (const row of this.#massRows(rows)) {
      if (!numbers.includes(row.row) || !settledFrom[ending.state].includes(row.state)) continue;
      delete row.reason;
      Object.assign(row, ending, { updatedAt: now });
    }
  }

  async rehearse(rows: RowsOf, now: Date): Promise<number> {
    const waiting = this.#massRows(rows).filter(({ state }) => state === 'waiting');
    for (const row of waiting) Object.assign(row, { state: 'rehearsed', updatedAt: now });
    return waiting.length;
  }

  #of({ id, preparation }: RowsOf): Delivery[] {
    return this.rows.filter((row) => row.noticeId === id && row.preparation === preparation);
  }

  #massRows(rows: RowsOf): Delivery[] {
    return this.#of(rows).filter(({ channel }) => channel === 'mass');
  }
}

function isSameRow(one: Delivery, other: Delivery): boolean {
  return one.noticeId === other.noticeId && one.preparation === other.preparation && one.row === other.row;
}
