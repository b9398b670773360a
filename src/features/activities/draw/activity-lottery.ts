import type { Actor } from '../../../core/actor.js';
import { runGently } from '../../../core/run-gently.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Activity } from '../activity.js';
import type { Places, PlacesKey } from '../place-store.js';
import type { Registration } from '../registration.js';
import { activityOf, timeOfGroup } from '../registrations/activity-of.js';
import type { ActivityRegistrations } from '../registrations/activity-registrations.js';
import { refuse } from '../registrations/refusals.js';
import type { RegistrationParts } from '../registrations/registration-parts.js';
import { advance, end } from '../registrations/registration-transitions.js';
import { tell } from '../registrations/tell.js';
import { drawLots, type DrawnLot, type DrawQuotas } from './draw-lots.js';
import { openSeed } from './draw-seed.js';
import type { ActivityDraws, DrawRecord, DrawResult, DrawStore } from './draw-store.js';

export interface LotteryParts extends Pick<
  RegistrationParts,
  'activities' | 'places' | 'registrations' | 'notices' | 'transactions' | 'cipher' | 'audit' | 'clock'
> {
  results: ActivityDraws;
  draws: DrawStore;
  desk: Pick<ActivityRegistrations, 'keeper' | 'admission' | 'upkeep'>;
}

/** Lots that one transaction settles: few enough to be short. */
const pageSize = 100;

/**
 * Draws lots for places once registration has closed. What is drawn is put down in one transaction, once and for good;
 * what follows from it is settled page by page, and goes on after a crash where it stopped.
 */
export class ActivityLottery {
  readonly #parts: LotteryParts;

  constructor(parts: LotteryParts) {
    this.#parts = parts;
  }

  /**
   * Draws, and settles the draw; again: goes on with what is left to settle. On record.
   *
   * @throws UserError `no_such_activity` · `activity_cancelled` · `not_by_lots` · `not_closed_yet`
   * @throws OperationalError `seed_lost`
   */
  async draw(key: PlacesKey, actor: Actor, signal?: AbortSignal): Promise<DrawRecord> {
    const { transactions } = this.#parts;
    const { keeper } = this.#parts.desk;
    await keeper.inLine(key, () => transactions.run((tx) => this.#drawWithin(tx, key, actor)));
    return this.settle(key, signal);
  }

  /** Goes on with draws that are not settled, of all accounts. @returns how many it settled. */
  async settleDue(signal?: AbortSignal): Promise<number> {
    let settled = 0;
    for (const draw of await this.#parts.draws.listUnsettled(100)) {
      if (signal?.aborted) break;
      if ((await this.settle(draw, signal)).isSettled) settled += 1;
    }
    return settled;
  }

  /** All that is needed to draw again; null: it was not drawn yet. For anybody. */
  async readResult(key: PlacesKey): Promise<DrawResult | null> {
    const found = await this.#parts.draws.find(key);
    if (found === null) return null;
    const { commitment, seed, lotsDigest, quotas, drawnAt } = found;
    const entries = await this.#parts.draws.readAll(key);
    return { commitment, seed, lotsDigest, quotas, drawnAt, entries };
  }

  /** How far the draw is; null: it was not drawn yet. */
  find(key: PlacesKey): Promise<DrawRecord | null> {
    return this.#parts.draws.find(key);
  }

  /** Goes on with a draw until it is settled, or `signal` is aborted. Any number of nodes may do it at once. */
  async settle(key: PlacesKey, signal?: AbortSignal): Promise<DrawRecord> {
    const { draws, transactions, desk } = this.#parts;
    for (;;) {
      const draw = await draws.find(key);
      if (draw === null) throw new Error(`activity ${key.activityId} was not drawn`);
      if (draw.isSettled || signal?.aborted) return draw;
      await desk.keeper.inLine(key, () => transactions.run((tx) => this.#settlePage(tx, draw)));
      // Whoever won and left meanwhile has left a place.
      if (draw.settledPages + 1 === 2 * draw.pages) await desk.upkeep.offerFreeOf(key, signal);
    }
  }

  async #drawWithin(tx: Transaction, key: PlacesKey, actor: Actor): Promise<void> {
    const { activities, places, registrations, draws, results, cipher, clock, audit } = this.#parts;
    const { keeper } = this.#parts.desk;
    if ((await draws.find(key, tx)) !== null) return;
    const now = clock.now();
    const activity = await activities.find(key.accountId, key.activityId, tx);
    const draw = readyDraw(activity, now);
    // First: whoever still registers comes before, and is drawn too, or after, and is refused.
    await keeper.refuseUnlessOpen(tx, key);
    const found = await places.find(key, tx);
    if (found === null) throw new Error(`activity ${key.activityId} has no places`);
    const quotas = quotasOf(found);
    const seed = openSeed(key, draw, cipher);
    const lots = await registrations.listLots(tx, key);
    const { lotsDigest, entries } = await runGently(drawLots(seed, lots, quotas));
    const drawnAt = new Date(now);
    const pages = pagesOf(entries);
    const { accountId, activityId } = key;
    const record: DrawRecord = {
      accountId,
      activityId,
      commitment: draw.commitment,
      seed,
      lotsDigest,
      lots: lots.length,
      quotas,
      pages: pages.length,
      settledPages: 0,
      isSettled: pages.length === 0,
      drawnAt,
    };
    await draws.add(tx, record, pages);
    if (!(await results.recordDraw(tx, key, { seed, lotsDigest, lots: lots.length, drawnAt })))
      throw new Error(`activity ${activityId} has a result that nobody drew`);
    await audit.append(tx, {
      ...actor,
      accountId,
      action: 'activity.draw',
      object: { kind: 'activity', id: activityId },
      changes: [{ path: 'draw.lotsDigest', after: lotsDigest }],
    });
  }

  /** All who won before anybody else: places that are left are then really free. */
  async #settlePage(tx: Transaction, seen: DrawRecord): Promise<void> {
    const { draws, registrations, clock } = this.#parts;
    if (!(await draws.settlePage(tx, seen))) return;
    const activity = await activityOf(this.#parts, seen, tx);
    // All registrations of a cancelled activity are closed elsewhere.
    if (activity.state !== 'published') return;
    const areWinners = seen.settledPages < seen.pages;
    const entries = await draws.readPage(seen, seen.settledPages % seen.pages, tx);
    for (const entry of entries) {
      if (entry.won !== areWinners) continue;
      const found = await registrations.findByLot(tx, seen, entry.lot);
      // Given up, or turned down, since.
      if (found?.state !== 'applied') continue;
      const after = await this.#settleOne(tx, found, activity, entry, clock.now());
      await registrations.replace(tx, found, after);
    }
  }

  async #settleOne(
    tx: Transaction,
    found: Registration,
    activity: Activity,
    { won, position }: DrawnLot,
    now: number,
  ): Promise<Registration> {
    const { places, desk } = this.#parts;
    const { startsAt, endsAt } = timeOfGroup(activity, found.groupId);
    // Quotas may have become smaller since.
    if (won && (await places.take(tx, activity, found.groupId))) {
      const after = await desk.admission.admit(tx, found, activity, { isPresent: false, now });
      await tell(this.#parts, tx, found, 'drawn', now, after.until ?? endsAt);
      return after;
    }
    await tell(this.#parts, tx, found, 'not_drawn', now);
    return activity.hasWaitingList
      ? advance(found, 'waiting', now, { rank: position, until: startsAt })
      : end(found, 'unsuccessful', now);
  }
}

/** @throws UserError as `draw` */
function readyDraw(activity: Activity | null, now: number) {
  if (activity === null || activity.state === 'draft') throw refuse('no_such_activity');
  if (activity.state === 'cancelled') throw refuse('activity_cancelled');
  if (activity.mode !== 'lots') throw refuse('not_by_lots');
  if (now < activity.closesAt.getTime()) throw refuse('not_closed_yet');
  if (!activity.draw) throw new Error(`activity ${activity.activityId} was published without a seed`);
  return activity.draw;
}

/** What can still be had. */
function quotasOf({ quota, taken, groups, takenBy }: Places): DrawQuotas {
  const left = groups.map(({ id, quota }) => [
    id,
    Math.max(quota - (Object.hasOwn(takenBy, id) ? (takenBy[id] ?? 0) : 0), 0),
  ]);
  return { total: Math.max(quota - taken, 0), groups: Object.fromEntries(left) };
}

function pagesOf(entries: readonly DrawnLot[]): DrawnLot[][] {
  const pages: DrawnLot[][] = [];
  for (let from = 0; from < entries.length; from += pageSize)
    pages.push(entries.slice(from, from + pageSize));
  return pages;
}
