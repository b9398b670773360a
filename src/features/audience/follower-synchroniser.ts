import type { Clock } from '../../core/clock.js';
import type { FollowerDetails, FollowerPlatform } from '../citizens/follower-platform-port.js';
import type { FollowerRegister } from '../citizens/follower-register.js';
import type { FollowerUpkeep } from '../citizens/follower-upkeep.js';
import type { Synchronisation, SyncProgress } from './audience-run.js';
import type { RunWork } from './run-work.js';

export interface FollowerSynchroniserParts {
  platform: Pick<FollowerPlatform, 'listFollowers' | 'listBlocked' | 'readDetails'>;
  followers: Pick<FollowerRegister, 'list'>;
  upkeep: FollowerUpkeep;
  clock: Clock;
}

/** WeChat: at most 100 openids a call. */
const perCall = 100;
/** Calls for details that are under way at the same time. */
const callsAtOnce = 4;
/**
 * Events carry the platform's clock in whole seconds, the beginning of a run carries ours. What an event said within
 * the minute before is taken for newer than the list.
 */
const clockMarginMs = 60_000;

/** Brings the followers of the platform here, a page at a time; what it holds in memory is one page. */
export class FollowerSynchroniser implements RunWork<Synchronisation> {
  readonly #parts: FollowerSynchroniserParts;

  constructor(parts: FollowerSynchroniserParts) {
    this.#parts = parts;
  }

  async carryOn(
    run: Synchronisation,
    keep: (progress: SyncProgress) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const asOf = new Date(run.startedAt.getTime() - clockMarginMs);
    let { progress } = run;
    while (progress.step !== 'end') {
      signal.throwIfAborted();
      progress = await this.#advance(run.accountId, progress, asOf);
      await keep(progress);
    }
  }

  async #advance(accountId: string, progress: SyncProgress, asOf: Date): Promise<SyncProgress> {
    switch (progress.step) {
      case 'list':
        return this.#list(accountId, progress, asOf);
      case 'leavers':
        return this.#findLeavers(accountId, progress, asOf);
      case 'details':
        return this.#readDetails(accountId, progress, asOf);
      case 'blocked':
        return this.#findBlocked(accountId, progress, asOf);
      case 'end':
        return progress;
    }
  }

  async #list(accountId: string, progress: SyncProgress, asOf: Date): Promise<SyncProgress> {
    const { platform, upkeep, clock } = this.#parts;
    const { total, openids, next } = await platform.listFollowers(accountId, progress.after);
    await upkeep.keepListed(accountId, openids, asOf, new Date(clock.now()));
    const listed = { ...progress, total, listed: progress.listed + openids.length };
    return next === null ? goOn(listed, 'leavers') : { ...listed, after: next };
  }

  async #findLeavers(accountId: string, progress: SyncProgress, asOf: Date): Promise<SyncProgress> {
    const left = await this.#parts.upkeep.keepLeavers(accountId, asOf);
    return goOn({ ...progress, left: progress.left + left }, 'details');
  }

  async #readDetails(accountId: string, progress: SyncProgress, asOf: Date): Promise<SyncProgress> {
    const { followers, upkeep, clock } = this.#parts;
    const page = {
      limit: perCall * callsAtOnce,
      ...(progress.after !== undefined && { after: progress.after }),
    };
    const some = await followers.list(accountId, { tags: [] }, page);
    const openids = some.map(({ openid }) => openid);
    const last = openids.at(-1);
    if (last === undefined) return goOn(progress, 'blocked');
    const readAt = new Date(clock.now());
    await upkeep.keepDetails(accountId, await this.#askFor(accountId, openids), { asOf, readAt });
    return { ...progress, after: last, detailed: progress.detailed + openids.length };
  }

  async #askFor(accountId: string, openids: readonly string[]): Promise<FollowerDetails[]> {
    const calls: Promise<FollowerDetails[]>[] = [];
    for (let start = 0; start < openids.length; start += perCall)
      calls.push(this.#parts.platform.readDetails(accountId, openids.slice(start, start + perCall)));
    return (await Promise.all(calls)).flat();
  }

  async #findBlocked(accountId: string, progress: SyncProgress, asOf: Date): Promise<SyncProgress> {
    const { platform, upkeep } = this.#parts;
    const { openids, next } = await platform.listBlocked(accountId, progress.after);
    await upkeep.keepBlocked(accountId, openids, asOf);
    const found = { ...progress, blocked: progress.blocked + openids.length };
    if (next !== null) return { ...found, after: next };
    await upkeep.forgetBlocked(accountId, asOf);
    return goOn(found, 'end');
  }
}

function goOn({ after: _, ...progress }: SyncProgress, step: SyncProgress['step']): SyncProgress {
  return { ...progress, step };
}
