import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AudienceRunStoreMongo } from '../../../src/features/audience/audience-run-store-mongo.js';
import type { AudienceRun, SyncProgress } from '../../../src/features/audience/audience-run.js';
import { FollowerSynchroniser } from '../../../src/features/audience/follower-synchroniser.js';
import { RunWorker, type RunWorkerParts } from '../../../src/features/audience/run-worker.js';
import { accountId, minute, monday } from '../../support/booking.js';
import { openAudience, type Audience } from '../../support/open-audience.js';
import { until } from '../../support/until.js';

const followedAt = new Date('2026-05-01T04:00:00Z');
const leaseMs = 1_000;

let audience: Audience;
let workers: RunWorker<'synchronise'>[];
/** Lets what dead workers wait for fail, so that they can be cleared away. */
let buryDead: () => void;
beforeAll(async () => {
  audience = await openAudience();
});
afterAll(() => audience.close());
beforeEach(async () => {
  await audience.clear();
  workers = [];
  buryDead = () => undefined;
});
afterEach(async () => {
  buryDead();
  await Promise.all(workers.map((worker) => worker.stop()));
});

describe('the synchronisation of followers', () => {
  it('brings everybody, with tags and the day when they began to follow', async () => {
    audience.platform.pageSize = 100;
    for (let nth = 0; nth < 250; nth += 1)
      audience.platform.follow(`o${String(nth).padStart(4, '0')}`, followedAt, nth % 2 === 0 ? [101] : []);
    const run = await synchronise();
    expect(run).toMatchObject({
      state: 'done',
      progress: { step: 'end', total: 250, listed: 250, detailed: 250, left: 0, blocked: 0 },
    });
    expect(await audience.followers.count(accountId, { tags: [] })).toBe(250);
    expect(await audience.followers.count(accountId, { tags: [[101]] })).toBe(125);
    expect(await audience.findCitizen('o0000')).toEqual({
      accountId,
      openid: 'o0000',
      firstContactAt: expect.any(Date),
      subscriptions: [],
      subscribed: true,
      subscriptionChangedAt: expect.any(Date),
      subscribedAt: followedAt,
      tagIds: [101],
    });
    expect(audience.platform.calls.filter((call) => call === 'listFollowers')).toHaveLength(3);
    expect(audience.platform.calls.filter((call) => call === 'readDetails')).toHaveLength(3);
  });

  it('marks as having left whoever is not listed, unless an event has said since that they follow', async () => {
    const before = new Date(monday - 60 * minute);
    await audience.addCitizens(
      { openid: 'stays', subscriptionChangedAt: before },
      { openid: 'left', subscriptionChangedAt: before, tagIds: [101] },
      { openid: 'wrote-once', subscribed: undefined as never },
      { openid: 'just-followed', subscriptionChangedAt: new Date(monday + 1_000) },
    );
    audience.platform.follow('stays', followedAt);
    expect((await synchronise()).progress).toMatchObject({ left: 1 });
    const following = async (openid: string) => (await audience.findCitizen(openid))?.subscribed;
    expect(await following('stays')).toBe(true);
    expect(await following('left')).toBe(false);
    expect((await audience.findCitizen('left'))?.tagIds).toBeUndefined();
    expect(await following('wrote-once')).toBe(false);
    expect(await following('just-followed')).toBe(true);
  });

  it('does not bring back who left while it ran', async () => {
    audience.platform.follow('leaver', followedAt);
    await audience.addCitizens({
      openid: 'leaver',
      subscribed: false,
      subscriptionChangedAt: new Date(monday + 1_000),
    });
    await synchronise();
    expect((await audience.findCitizen('leaver'))?.subscribed).toBe(false);
  });

  it('knows whom the account has blocked, and who is not blocked any more', async () => {
    const longAgo = new Date(monday - 600 * minute);
    const before = { at: longAgo, reason: 'receiver_permanent:43019' };
    await audience.addCitizens(
      { openid: 'unblocked', unreachable: before },
      { openid: 'refused', unreachable: { at: longAgo, reason: 'receiver_permanent:40003' } },
    );
    for (const openid of ['blocked', 'unblocked', 'refused']) audience.platform.follow(openid, followedAt);
    audience.platform.blocked.add('blocked').add('refused');
    expect((await synchronise()).progress).toMatchObject({ blocked: 2 });
    const reasonOf = async (openid: string) => (await audience.findCitizen(openid))?.unreachable?.reason;
    expect(await reasonOf('blocked')).toBe('receiver_permanent:43019');
    expect(await reasonOf('unblocked')).toBeUndefined();
    expect(await reasonOf('refused')).toBe('receiver_permanent:40003');
  });

  it('keeps a tag that was given here after the platform was asked', async () => {
    audience.platform.follow('o1', followedAt);
    audience.platform.beforeCall = async (call) => {
      if (call !== 'readDetails') return;
      const now = new Date(audience.clock.now());
      await audience.upkeep.addTag({ accountId, tagId: 101, openids: ['o1'], now });
    };
    await synchronise();
    expect((await audience.findCitizen('o1'))?.tagIds).toEqual([101]);
  });

  it('is carried on from the last page by another worker when the first one dies', async () => {
    audience.platform.pageSize = 100;
    for (let nth = 0; nth < 500; nth += 1) audience.platform.follow(`o${nth}`, followedAt);
    await begin();
    const dead = new AbortController();
    let pages = 0;
    startWorker('first', {
      // Dies with the third page in its hands: it renews no lease and keeps nothing any more.
      cutOff: () => dead.signal.aborted,
      beforeKeep: (progress) => {
        if (progress.step === 'list' && (pages += 1) === 3) dead.abort();
      },
    });
    await until('the first worker has died', () => dead.signal.aborted);
    const calls = audience.platform.calls.length;
    startWorker('second');
    const run = await ended();
    expect(run.progress).toMatchObject({ step: 'end', total: 500, listed: 500, detailed: 500 });
    // Two pages are on record; the third is asked for again.
    expect(audience.platform.calls.slice(calls).filter((call) => call === 'listFollowers')).toHaveLength(3);
    expect(await audience.followers.count(accountId, { tags: [] })).toBe(500);
  });

  it('is done once, however many workers there are', async () => {
    audience.platform.pageSize = 50;
    for (let nth = 0; nth < 500; nth += 1) audience.platform.follow(`o${nth}`, followedAt);
    await begin();
    for (const name of ['a', 'b', 'c']) startWorker(name);
    await ended();
    expect(audience.platform.calls.filter((call) => call === 'listFollowers')).toHaveLength(10);
    expect(audience.platform.calls.filter((call) => call === 'readDetails')).toHaveLength(5);
  });

  it('waits a while when the platform is away', async () => {
    audience.platform.goAway();
    await begin();
    audience.workers.start();
    const held = await until('a trouble on record', async () => {
      const run = await find();
      return run.troubles === 1 && run.worker === undefined && run;
    });
    expect(held).toMatchObject({ state: 'running', leaseUntil: new Date(audience.clock.now() + 10_000) });
  });

  it('is one at a time for an account', async () => {
    const begun = await Promise.allSettled([begin(), begin(), begin()]);
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(begun.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'already_running' },
    });
    expect(await audience.audited('followers.synchronise')).toHaveLength(1);
  });

  it('begins by the clock, too, and leaves one alone that is under way', async () => {
    const [job] = audience.jobs;
    expect(await job!.work(new AbortController().signal)).toEqual({ begun: 1 });
    expect(await job!.work(new AbortController().signal)).toEqual({ begun: 0 });
    expect((await audience.audited('followers.synchronise'))[0]?.by).toMatchObject({ staffId: 'system' });
  });
});

async function begin(): Promise<void> {
  const { status, body } = await audience.ask('noticeSender', 'post', 'synchronisation');
  if (status !== 202) throw Object.assign(new Error(body.error.message), body.error);
}

async function synchronise(): Promise<AudienceRun> {
  await begin();
  audience.workers.start();
  return ended();
}

function ended(): Promise<AudienceRun> {
  return until('the run ended', async () => {
    const run = await find();
    return run.state !== 'running' && run;
  });
}

async function find(): Promise<AudienceRun> {
  const [run] = await new AudienceRunStoreMongo(audience.connection).list(accountId, 'synchronise', 1);
  return run!;
}

/** @param life how it dies: from then on nothing that it writes arrives. */
function startWorker(
  node: string,
  life: { cutOff?: () => boolean; beforeKeep?: (progress: SyncProgress) => void } = {},
): void {
  const { platform, followers, upkeep } = audience;
  const store = new AudienceRunStoreMongo(audience.connection);
  // From where the clock of the test stands, as time goes by: leases run out.
  const clock = { now: () => audience.clock.now() + performance.now() };
  const isCutOff = () => life.cutOff?.() ?? false;
  const untilTheEnd = () => new Promise<never>((_, reject) => (buryDead = () => reject(new Error('dead'))));
  const runs: RunWorkerParts<'synchronise'>['runs'] = {
    claim: (...claim) => store.claim(...claim),
    extend: (...extension) => (isCutOff() ? Promise.resolve(true) : store.extend(...extension)),
    keepProgress(hold, progress) {
      if ('step' in progress) life.beforeKeep?.(progress);
      return isCutOff() ? untilTheEnd() : store.keepProgress(hold, progress);
    },
    release: (...release) => (isCutOff() ? Promise.resolve() : store.release(...release)),
    end: (...end) => store.end(...end),
  };
  const worker = new RunWorker({
    kind: 'synchronise',
    work: new FollowerSynchroniser({ platform, followers, upkeep, clock }),
    runs,
    watcher: { ended: () => undefined, troubled: () => undefined },
    clock,
    node,
    leaseMs,
    pauseMs: 50,
  });
  worker.start();
  workers.push(worker);
}
