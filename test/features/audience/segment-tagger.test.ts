import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AudienceReader } from '../../../src/features/audience/audience-reader.js';
import type { Tagging, TaggingDeed, TaggingProgress } from '../../../src/features/audience/audience-run.js';
import { SegmentTagger } from '../../../src/features/audience/segment-tagger.js';
import type { TagChange } from '../../../src/features/citizens/follower-upkeep.js';
import { FollowerPlatformFake } from '../../support/fakes/follower-platform-fake.js';

const now = new Date('2026-11-23T00:00:00Z');
const all = Array.from({ length: 120 }, (_, nth) => `o${String(nth).padStart(3, '0')}`);
const running = new AbortController().signal;

let platform: FollowerPlatformFake;
let kept: TaggingProgress[];
let changes: TagChange[];
beforeEach(() => {
  platform = new FollowerPlatformFake();
  platform.tags.set(101, '车主');
  for (const openid of all) platform.follow(openid, now);
  kept = [];
  changes = [];
});

describe('a tag for a whole segment', () => {
  it('is given fifty a call, and kept here after the platform has answered', async () => {
    await carryOn(buildRun());
    expect(platform.calls).toEqual(['addToTag', 'addToTag', 'addToTag']);
    expect(kept.at(-1)).toEqual({ after: 'o119', total: 120, changed: 120, skipped: 0 });
    expect(changes.flatMap(({ openids }) => openids)).toEqual(all);
    expect([...platform.followers.values()].every(({ tagIds }) => tagIds.has(101))).toBe(true);
  });

  it('leaves out whom the platform refuses, and nobody else', async () => {
    platform.followers.delete('o007');
    platform.followers.get('o060')!.tagIds = new Set(Array.from({ length: 20 }, (_, nth) => 200 + nth));
    await carryOn(buildRun());
    expect(kept.at(-1)).toMatchObject({ changed: 118, skipped: 2 });
    const changed = changes.flatMap(({ openids }) => openids);
    expect(all.filter((openid) => !changed.includes(openid))).toEqual(['o007', 'o060']);
  });

  it('goes on behind the last one that was dealt with', async () => {
    await carryOn(buildRun({ after: 'o099', total: 120, changed: 100, skipped: 0 }));
    expect(platform.calls).toEqual(['addToTag']);
    expect(kept).toEqual([{ after: 'o119', total: 120, changed: 120, skipped: 0 }]);
  });

  it('ends where the tag is no more', async () => {
    platform.tags.delete(101);
    await expect(carryOn(buildRun())).rejects.toMatchObject({ code: 'tag_unknown' });
    expect(changes).toEqual([]);
  });

  it('is taken in the same way', async () => {
    for (const { tagIds } of platform.followers.values()) tagIds.add(101);
    await carryOn(buildRun(undefined, 'take'));
    expect(platform.calls).toEqual(['takeFromTag', 'takeFromTag', 'takeFromTag']);
    expect([...platform.followers.values()].some(({ tagIds }) => tagIds.has(101))).toBe(false);
  });

  it('stops between two calls when the worker stops', async () => {
    const stopping = new AbortController();
    platform.beforeCall = () => stopping.abort();
    await expect(carryOn(buildRun(), stopping.signal)).rejects.toThrow();
    expect(kept).toEqual([{ after: 'o049', total: 120, changed: 50, skipped: 0 }]);
  });
});

function carryOn(run: Tagging, signal = running): Promise<void> {
  const remember = async (change: TagChange) => void changes.push(change);
  const audience: Pick<AudienceReader, 'list'> = {
    async list(_accountId, _rules, { after = '', limit }) {
      const page = all.filter((openid) => openid > after).slice(0, limit);
      const facts = { subscribed: true, unreachable: undefined, values: {} };
      return { recipients: page.map((openid) => ({ openid, ...facts })), next: page.at(-1) ?? null };
    },
  };
  const tagger = new SegmentTagger({
    audience,
    platform,
    upkeep: { addTag: remember, takeTag: remember },
    clock: { now: () => now.getTime() },
  });
  return tagger.carryOn(run, async (progress) => void kept.push(progress), signal);
}

function buildRun(
  progress: TaggingProgress = { total: 120, changed: 0, skipped: 0 },
  deed: TaggingDeed = 'add',
): Tagging {
  return {
    kind: 'tag',
    accountId: 'pingan-meizhou',
    runId: 'r1',
    subject: 'tag:101',
    state: 'running',
    startedAt: now,
    startedBy: { staffId: 'li', name: '小李' },
    troubles: 0,
    task: { tagId: 101, deed, rules: { conditions: [] } },
    progress,
  };
}
