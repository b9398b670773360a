import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { FollowerPlatform } from '../citizens/follower-platform-port.js';
import type { FollowerUpkeep } from '../citizens/follower-upkeep.js';
import type { AudienceReader } from './audience-reader.js';
import type { Tagging, TaggingProgress } from './audience-run.js';
import type { RunWork } from './run-work.js';

export interface SegmentTaggerParts {
  audience: Pick<AudienceReader, 'list'>;
  platform: Pick<FollowerPlatform, 'addToTag' | 'takeFromTag'>;
  upkeep: Pick<FollowerUpkeep, 'addTag' | 'takeTag'>;
  clock: Clock;
}

/** WeChat: at most 50 openids a call. */
const perCall = 50;

/** What the platform says of single followers: the others of the same call can still be had. */
const refusalsOfOne = new Set(['follower_unknown', 'follower_tags_full']);

/**
 * Gives a tag to a segment, or takes it. It goes by openid, so that it can go on behind the last one, although what
 * it does may change who belongs to the segment.
 */
export class SegmentTagger implements RunWork<Tagging> {
  readonly #parts: SegmentTaggerParts;

  constructor(parts: SegmentTaggerParts) {
    this.#parts = parts;
  }

  async carryOn(
    run: Tagging,
    keep: (progress: TaggingProgress) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { accountId, task } = run;
    let { progress } = run;
    for (;;) {
      signal.throwIfAborted();
      const { recipients } = await this.#parts.audience.list(accountId, task.rules, {
        limit: perCall,
        ...(progress.after !== undefined && { after: progress.after }),
      });
      const openids = recipients.map(({ openid }) => openid);
      const last = openids.at(-1);
      if (last === undefined) return;
      const changed = await this.#change(run, openids);
      progress = {
        ...progress,
        after: last,
        changed: progress.changed + changed,
        skipped: progress.skipped + openids.length - changed,
      };
      await keep(progress);
    }
  }

  /** @returns how many the platform took; of those whom it refuses, only these are left out. */
  async #change(run: Tagging, openids: readonly string[]): Promise<number> {
    try {
      await this.#call(run, openids);
      return openids.length;
    } catch (error) {
      if (!(error instanceof UserError) || !refusalsOfOne.has(error.code)) throw error;
      if (openids.length <= 1) return 0;
      const middle = Math.ceil(openids.length / 2);
      const before = await this.#change(run, openids.slice(0, middle));
      return before + (await this.#change(run, openids.slice(middle)));
    }
  }

  async #call({ accountId, task }: Tagging, openids: readonly string[]): Promise<void> {
    const { platform, upkeep, clock } = this.#parts;
    const { tagId, deed } = task;
    const isAdding = deed === 'add';
    if (isAdding) await platform.addToTag(accountId, tagId, openids);
    else await platform.takeFromTag(accountId, tagId, openids);
    const change = { accountId, tagId, openids, now: new Date(clock.now()) };
    await (isAdding ? upkeep.addTag(change) : upkeep.takeTag(change));
  }
}
