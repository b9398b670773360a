import type { Clock } from '../../../core/clock.js';
import { monthOf } from '../engine/notice-channel-planner.js';
import type { MassCallStore, MassLedger } from '../mass-call-store.js';
import { massCallOpenids, massPerMonth, type MassCall } from '../mass-call.js';
import type { MassRow, MassRowStore } from '../mass-row-store.js';
import type { Notice } from '../notice.js';

export interface MassPlannerParts {
  rows: Pick<MassRowStore, 'listWaiting' | 'passOn' | 'isPersonalOver'>;
  calls: Pick<MassCallStore, 'list' | 'listUnsettled' | 'readLane' | 'countOf' | 'add'>;
  clock: Clock;
}

/**
 * Shares out the rows that wait for a mass message among calls. One planner of an account gets through at a time: the
 * ledger that it read still holds when its calls are added, or they are not.
 */
export class MassPlanner {
  readonly #parts: MassPlannerParts;

  constructor(parts: MassPlannerParts) {
    this.#parts = parts;
  }

  /** @returns the calls that are to be made, old and new. */
  async plan(notice: Notice): Promise<readonly MassCall[]> {
    const { rows, calls, clock } = this.#parts;
    for (;;) {
      // First of all: whatever is read after it, and is still so when the calls are added, no other planner changes.
      const lane = await calls.readLane(notice.accountId);
      const unsettled = await calls.listUnsettled(notice);
      if (unsettled.length > 0) return unsettled;
      const known = await calls.list(notice);
      const isFirst = known.every(({ state }) => state === 'cancelled');
      // Calls are few: rows for which another channel has failed gather until no more of them can come.
      if (!isFirst && !(await rows.isPersonalOver(notice))) return [];
      const now = new Date(clock.now());
      const waiting = await rows.listWaiting(notice, now);
      if (waiting.length === 0) return [];
      const month = monthOf(now.getTime());
      const { within, beyond, alone } = this.#sort(waiting, await calls.countOf(notice.accountId, month));
      const planned = shareOut(within).map((share, index) =>
        toCall(notice, known.length + index, share, month, now),
      );
      if (!(await calls.add(notice.accountId, lane, planned))) continue;
      if (beyond.length > 0) await rows.passOn(notice, beyond.map(numberOf), 'mass_quota', now);
      if (alone.length > 0) await rows.passOn(notice, alone.map(numberOf), 'mass_single', now);
      return planned;
    }
  }

  #sort(waiting: readonly MassRow[], ledger: MassLedger) {
    const isWithin = ({ openid }: MassRow) => (ledger.get(openid) ?? 0) < massPerMonth;
    const within = waiting.filter(isWithin);
    const isTooFew = within.length < massCallOpenids.least;
    return {
      within: isTooFew ? [] : within,
      /** No call takes so few. */
      alone: isTooFew ? within : [],
      beyond: waiting.filter((row) => !isWithin(row)),
    };
  }
}

/** As few shares as the platform allows, none of them too small for it. */
export function shareOut<Row>(rows: readonly Row[]): Row[][] {
  const { least, most } = massCallOpenids;
  const shares: Row[][] = [];
  for (let from = 0; from < rows.length;) {
    const left = rows.length - from;
    const isTooFewAfter = left > most && left - most < least;
    const size = Math.min(most, isTooFewAfter ? left - least : left);
    shares.push(rows.slice(from, from + size));
    from += size;
  }
  return shares;
}

function toCall(
  { accountId, id: noticeId, preparation }: Notice,
  call: number,
  share: readonly MassRow[],
  month: string,
  now: Date,
): MassCall {
  return {
    accountId,
    noticeId,
    preparation,
    call,
    month,
    openids: share.map(({ openid }) => openid),
    rows: share.map(numberOf),
    recipients: share.length,
    clientMsgId: `m-${noticeId}-${preparation}-${call}`,
    state: 'pending',
    attempts: 0,
    dueAt: now,
    isSettled: false,
    updatedAt: now,
  };
}

function numberOf({ row }: MassRow): number {
  return row;
}
