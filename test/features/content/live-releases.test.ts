import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Content } from '../../../src/dialog/content-model.js';
import { freezeContent } from '../../../src/features/content/items/frozen-content.js';
import { LiveReleases } from '../../../src/features/content/live-releases.js';
import type { FrozenRef } from '../../../src/features/content/release-compiler.js';
import type { ReleaseWatcher } from '../../../src/features/content/release-watcher.js';
import { buildContent } from '../../support/content-builder.js';
import { FrozenContentStoreFake } from '../../support/fakes/frozen-content-store-fake.js';
import { ReleaseStoreFake } from '../../support/fakes/release-store-fake.js';
import { TransactionRunnerFake } from '../../support/fakes/transaction-runner-fake.js';

/** Keeps what happened, in words. */
class Diary implements ReleaseWatcher {
  readonly lines: string[] = [];
  onPrepared: ReleaseWatcher['onPrepared'] = ({ accountId, hash }) =>
    this.lines.push(`prepared ${accountId} ${hash.slice(0, 4)}`);
  onLive: ReleaseWatcher['onLive'] = ({ accountId, number }) =>
    this.lines.push(`live ${accountId} ${number}`);
  onRefused: ReleaseWatcher['onRefused'] = ({ accountId, number }) =>
    this.lines.push(`refused ${accountId} ${number}`);
  onInterrupted: ReleaseWatcher['onInterrupted'] = (reason) =>
    this.lines.push(`interrupted: ${String(reason)}`);
}

let store: ReleaseStoreFake;
let contents: FrozenContentStoreFake;
let pending: FrozenRef[];
let diary: Diary;
let live: LiveReleases;

beforeEach(() => {
  store = new ReleaseStoreFake();
  contents = new FrozenContentStoreFake();
  diary = new Diary();
  pending = [];
  live = new LiveReleases({ store, contents, submissions, watcher: diary, retryMs: 1 });
});

afterEach(() => live.stop());

const submissions = { listPending: async () => pending };

async function publish(content: Content, accountId = 'demo'): Promise<void> {
  const frozen = await freezeContent(content);
  await contents.keep(accountId, frozen);
  await append(accountId, frozen.hash);
}

async function append(accountId: string, hash: string): Promise<void> {
  const publishedAt = new Date('2026-11-22T08:00:00Z');
  const publishedBy = { staffId: 'li', name: '李' };
  const release = {
    accountId,
    hash,
    origin: { kind: 'operator' },
    publishedAt,
    publishedBy,
    note: '',
  } as const;
  await new TransactionRunnerFake().run((tx) => store.append(tx, release, 'changed'));
}

const named = (name: string) => buildContent({ settings: { name } });

/** What the linter would have stopped. */
const broken = { ...named('坏'), replies: buildContent().replies.slice(1) };

/** Waits until something becomes true; the test's own time-out ends a vain wait. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1);
}

describe('live releases', () => {
  it('are there, compiled, once started', async () => {
    await publish(named('甲'), 'one');
    await publish(named('乙'), 'other');
    await live.start();

    expect(live.current('one')).toMatchObject({
      accountId: 'one',
      number: 1,
      content: { settings: { name: '甲' } },
    });
    expect(live.current('other')?.places.has('id-card')).toBe(true);
    expect(live.current('nobody')).toBeUndefined();
  });

  it('follow what is published', async () => {
    await live.start();
    await publish(named('甲'));
    await publish(named('乙'));
    await until(() => live.current('demo')?.number === 2);

    expect(live.current('demo')?.content.settings.name).toBe('乙');
  });

  it('keep the good release when the next cannot be used, and take the one after it', async () => {
    await publish(named('甲'));
    await live.start();
    await publish(broken);
    await until(() => diary.lines.includes('refused demo 2'));

    expect(live.current('demo')?.number).toBe(1);
    await publish(named('丙'));
    await until(() => live.current('demo')?.number === 3);
    expect(diary.lines).toEqual(['live demo 1', 'refused demo 2', 'live demo 3']);
  });

  it('have what waits for review ready, so that nothing is read when it goes live', async () => {
    await publish(named('甲'));
    const frozen = await freezeContent(named('乙'));
    await contents.keep('demo', frozen);
    pending = [{ accountId: 'demo', hash: frozen.hash }];
    await live.start();
    await until(() => diary.lines.includes(`prepared demo ${frozen.hash.slice(0, 4)}`));
    contents.isAway = true;
    await append('demo', frozen.hash);
    await until(() => live.current('demo')?.number === 2);

    expect(live.current('demo')?.content.settings.name).toBe('乙');
  });

  it('have the release before ready, for a rollback', async () => {
    const former = await freezeContent(named('甲'));
    await publish(named('甲'));
    await live.start();
    await publish(named('乙'));
    await until(() => live.current('demo')?.number === 2);
    contents.isAway = true;
    await append('demo', former.hash);
    await until(() => live.current('demo')?.number === 3);

    expect(live.current('demo')?.content.settings.name).toBe('甲');
  });

  it('refuse content of another schema', async () => {
    const { settings, ...content } = named('甲');
    await publish({ ...content, settings: { ...settings, cursorMinutes: -1 } });
    await live.start();

    expect(diary.lines).toEqual(['refused demo 1']);
  });

  it('refuse content that is not there', async () => {
    await append('demo', 'f00d');
    await live.start();

    expect(diary.lines).toEqual(['refused demo 1']);
  });

  it('of one account do not wait for another’s broken one', async () => {
    await publish(broken, 'a-broken');
    await publish(named('甲'), 'b-good');
    await live.start();

    expect(live.current('b-good')?.number).toBe(1);
  });

  it('watch again after the change stream broke, and miss nothing', async () => {
    await live.start();
    store.interrupt();
    await publish(named('甲'));
    await until(() => live.current('demo')?.number === 1);
    await until(() => store.watches === 1);

    expect(diary.lines).toEqual(['interrupted: interrupted', 'live demo 1']);
  });

  it('keep trying while the database is away', async () => {
    await live.start();
    store.failNext = true;
    await publish(named('甲'));
    await until(() => diary.lines.length > 0);
    store.interrupt();
    await until(() => live.current('demo')?.number === 1);

    expect(diary.lines[0]).toContain('the database is away');
  });

  it('are found by the poll when no change is reported', async () => {
    const polling = new LiveReleases({
      contents,
      submissions,
      store: Object.assign(Object.create(store) as ReleaseStoreFake, {
        append: store.append.bind(store),
        find: store.find.bind(store),
        listLive: store.listLive.bind(store),
        watchLive: async () => ({ lost: new Promise(() => undefined), close: async () => undefined }),
      }),
      watcher: diary,
      pollMs: 1,
    });
    await polling.start();
    await publish(named('甲'));
    await until(() => polling.current('demo')?.number === 1);

    expect(diary.lines).toEqual(['live demo 1']);
  });

  it('cannot start without the database, and leave no watch behind', async () => {
    store.failNext = true;

    await expect(live.start()).rejects.toThrow('the database is away');
    expect(store.watches).toBe(0);
  });

  it('follow nothing once stopped', async () => {
    await live.start();
    await live.stop();
    await publish(named('甲'));

    expect(store.watches).toBe(0);
    expect(live.current('demo')).toBeUndefined();
  });
});
