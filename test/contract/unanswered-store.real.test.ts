import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { journalBeginning } from '../../src/features/conversations/unanswered-reader.js';
import {
  UnansweredStoreMongo,
  unansweredMigration,
} from '../../src/features/insights/unanswered-store-mongo.js';
import type {
  Progress,
  UnansweredStore,
  WordingTally,
} from '../../src/features/insights/unanswered-store.js';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { UnansweredGroup } from '../../src/features/insights/unanswered.js';
import type {
  StateChange,
  UnansweredGroupStore,
} from '../../src/features/insights/unanswered-group-store.js';
import {
  UnansweredGroupStoreMongo,
  unansweredGroupMigration,
} from '../../src/features/insights/unanswered-group-store-mongo.js';
import {
  DailyCountStoreMongo,
  dailyCountMigration,
} from '../../src/features/insights/daily-count-store-mongo.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { UnansweredStoreFake } from '../support/fakes/unanswered-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

interface Opened {
  store: UnansweredStore;
  groups: UnansweredGroupStore;
  transactions: TransactionRunner;
}

const migrations = [unansweredMigration, unansweredGroupMigration, dailyCountMigration];

describeContract('in memory', async () => {
  const store = new UnansweredStoreFake();
  return { store, groups: store, transactions: new TransactionRunnerFake() };
});

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase(migrations);
  closers.push(close);
  return {
    store: new UnansweredStoreMongo(connection),
    groups: new UnansweredGroupStoreMongo(connection),
    transactions: new TransactionRunnerMongo(connection),
  };
});

function describeContract(place: string, open: () => Promise<Opened>): void {
  describe(`the unanswered questions ${place}`, () => {
    let store: UnansweredStore;
    let groups: UnansweredGroupStore;
    let transactions: TransactionRunner;
    let position: Progress['to'];
    beforeEach(async () => {
      ({ store, groups, transactions } = await open());
      position = await store.findPosition('fallback', journalBeginning);
    });

    /** One page of the journal. */
    async function count(...tallies: WordingTally[]): Promise<boolean> {
      const to = { at: position.at + 1, id: position.id };
      const isMine = await store.record({ stream: 'fallback', from: position, to }, tallies);
      position = to;
      return isMine;
    }

    async function decide(id: string, change: StateChange): Promise<UnansweredGroup> {
      return transactions.run(async (tx) => groups.setState(tx, (await groups.find(id, tx))!, change));
    }

    async function ids(
      filter: Parameters<UnansweredGroupStore['list']>[0],
      page: Parameters<UnansweredGroupStore['list']>[1] = { limit: 10 },
    ): Promise<string[]> {
      return (await groups.list(filter, page)).map(({ id }) => id);
    }

    it('begin where they are told to and go on from where they were counted', async () => {
      expect(position).toEqual(journalBeginning);
      await count();
      expect(await store.findPosition('fallback', journalBeginning)).toEqual(position);
      expect(await store.findPosition('suggest', journalBeginning)).toEqual(journalBeginning);
    });

    it('keep the first wording as the title, and everything that was counted', async () => {
      await count(buildTally());
      expect(await groups.find('pigeons')).toEqual({
        id: 'pigeons',
        accountId: 'pingan-meizhou',
        title: '鸽子归谁喂',
        messages: 1,
        citizens: 1,
        firstSeenAt: morning,
        lastSeenAt: morning,
        nearest: [],
        state: 'open',
        version: 0,
      });
      expect(await groups.find('nobody')).toBeNull();
    });

    it('add up messages, and each citizen once', async () => {
      await count(
        buildTally({ messages: 3, askers: ['a', 'b'] }),
        buildTally({ form: '谁喂鸽子', text: '谁喂鸽子', askers: ['b', 'c'], lastSeenAt: evening }),
      );
      await count(buildTally({ messages: 2, askers: ['a', 'd'], firstSeenAt: dawn, lastSeenAt: dawn }));
      expect(await groups.find('pigeons')).toMatchObject({
        messages: 6,
        citizens: 4,
        firstSeenAt: dawn,
        lastSeenAt: evening,
      });
      expect(await groups.listWordings('pigeons', 10)).toEqual([
        { text: '鸽子归谁喂', messages: 5, lastSeenAt: morning },
        { text: '谁喂鸽子', messages: 1, lastSeenAt: evening },
      ]);
      expect(await groups.listWordings('pigeons', 1)).toHaveLength(1);
    });

    it('remember the nearest answers that were last known', async () => {
      await count(buildTally({ nearest: [{ node: 'birth' }] }));
      await count(buildTally({ nearest: [{ reply: 'passport' }, { node: 'birth' }] }));
      await count(buildTally());
      expect(await groups.find('pigeons')).toMatchObject({
        nearest: [{ reply: 'passport' }, { node: 'birth' }],
      });
    });

    it('count a stretch of the journal once', async () => {
      const stretch = { stream: 'fallback' as const, from: position, to: { at: 5, id: position.id } };
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => store.record(stretch, [buildTally()])),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await groups.find('pigeons')).toMatchObject({ messages: 1 });
    });

    it('find the group of a wording, within the account', async () => {
      await count(buildTally());
      expect(await store.findGroupsOf('pingan-meizhou', ['鸽子归谁喂', '没问过'])).toEqual(
        new Map([['鸽子归谁喂', 'pigeons']]),
      );
      expect(await store.findGroupsOf('another-account', ['鸽子归谁喂'])).toEqual(new Map());
    });

    it('find the groups that have most in common, within the account', async () => {
      await count(
        buildTally({ terms: ['鸽子', '喂'] }),
        buildTally({ groupId: 'square', form: '广场', terms: ['广场', '鸽子', '舞'] }),
        buildTally({ groupId: 'elsewhere', accountId: 'another-account', terms: ['广场', '鸽子', '舞'] }),
      );
      const terms = ['广场', '鸽子', '吵'];
      expect((await store.findSimilar('pingan-meizhou', terms, 5)).map(({ id }) => id)).toEqual([
        'square',
        'pigeons',
      ]);
      expect(await store.findSimilar('pingan-meizhou', terms, 1)).toEqual([
        { id: 'square', terms: ['广场', '鸽子', '舞'] },
      ]);
      expect(await store.findSimilar('pingan-meizhou', ['公积金'], 5)).toEqual([]);
    });

    it('are listed by how often they were asked, by account and by state', async () => {
      await count(
        buildTally(),
        buildTally({ groupId: 'square', form: '广场', messages: 4 }),
        buildTally({ groupId: 'elsewhere', accountId: 'another-account', messages: 2 }),
      );
      await decide('square', { state: 'dismissed', decision: { by: li, at: evening } });

      expect(await ids({})).toEqual(['square', 'elsewhere', 'pigeons']);
      expect(await ids({}, { limit: 2 })).toEqual(['square', 'elsewhere']);
      expect(await ids({ accountId: 'pingan-meizhou' })).toEqual(['square', 'pigeons']);
      expect(await ids({ accountId: 'pingan-meizhou', state: 'open' })).toEqual(['pigeons']);
      expect(await groups.countOpen('pingan-meizhou')).toBe(1);
    });

    it('are listed in pages, in either order', async () => {
      await count(
        buildTally({ groupId: 'a', form: 'a', messages: 2, lastSeenAt: evening }),
        buildTally({ groupId: 'b', form: 'b', messages: 2, lastSeenAt: evening }),
        buildTally({ groupId: 'c', form: 'c', messages: 2, lastSeenAt: dawn }),
        buildTally({ groupId: 'd', form: 'd', messages: 5, lastSeenAt: morning }),
      );
      const walk = async (order: 'count' | 'latest') => {
        const seen: string[] = [];
        for (;;) {
          const after = seen.at(-1);
          const next = await ids({}, { limit: 1, order, ...(after !== undefined && { after }) });
          if (next.length === 0) return seen;
          seen.push(...next);
        }
      };
      expect(await walk('count')).toEqual(['d', 'a', 'b', 'c']);
      expect(await walk('latest')).toEqual(['a', 'b', 'd', 'c']);
      expect(await ids({}, { limit: 9, after: 'gone' })).toEqual([]);
    });

    it('are found by what occurs in one of their wordings, whatever it is made of', async () => {
      await count(
        buildTally(),
        buildTally({ form: '谁喂鸟', text: '谁喂鸟$.*(' }),
        buildTally({ groupId: 'square', form: '广场', text: '广场舞' }),
        buildTally({ groupId: 'elsewhere', accountId: 'another-account', text: '喂鸟' }),
      );
      expect(await ids({ accountId: 'pingan-meizhou', text: '喂鸟' })).toEqual(['pigeons']);
      expect(await ids({ text: '$.*(' })).toEqual(['pigeons']);
      expect(await ids({ text: '.' })).toEqual(['pigeons']);
      expect(await ids({ text: '公积金' })).toEqual([]);
    });

    it('say who decided what, and how many messages there were then', async () => {
      await count(buildTally({ messages: 7 }));
      const attached = { to: { reply: 'passport' }, title: '护照', ruleId: 'passport', added: ['护照呢'] };
      const decision = { by: { staffId: '$messages', name: '$id' }, at: evening, attached };
      expect(await decide('pigeons', { state: 'attached', decision })).toMatchObject({
        state: 'attached',
        version: 1,
        decision: { ...decision, messages: 7 },
      });
      const reopened = await decide('pigeons', { state: 'open' });
      expect(reopened).toMatchObject({ state: 'open', messages: 7, version: 2 });
      expect(reopened).not.toHaveProperty('decision');
    });

    it('are not decided on by what was read before another decision', async () => {
      await count(buildTally());
      const group = (await groups.find('pigeons'))!;
      await decide('pigeons', { state: 'dismissed', decision: { by: li, at: evening } });
      await expect(transactions.run((tx) => groups.setState(tx, group, { state: 'open' }))).rejects.toThrow(
        'version 0',
      );
      expect(await groups.find('pigeons')).toMatchObject({ state: 'dismissed' });
    });

    it('stay decided while more messages come', async () => {
      await count(buildTally());
      await decide('pigeons', { state: 'dismissed', decision: { by: li, at: evening } });
      await count(buildTally());
      expect(await groups.find('pigeons')).toMatchObject({
        state: 'dismissed',
        messages: 2,
        decision: { messages: 1 },
      });
    });

    it('are collected by one at a time, who may go on and may give up', async () => {
      expect(await store.takeLease('one', 60_000)).toBe(true);
      expect(await store.takeLease('other', 60_000)).toBe(false);
      expect(await store.takeLease('one', 60_000)).toBe(true);
      await store.endLease('other');
      expect(await store.takeLease('other', 60_000)).toBe(false);
      await store.endLease('one');
      expect(await store.takeLease('other', 60_000)).toBe(true);
    });

    it('are collected by another when the one who did fell silent', async () => {
      await store.takeLease('one', 0);
      expect(await store.takeLease('other', 60_000)).toBe(true);
    });
  });
}

it('count in MongoDB where their citizens stood, once', async () => {
  const { connection, close } = await openTestDatabase(migrations);
  closers.push(close);
  const store = new UnansweredStoreMongo(connection);
  const from = await store.findPosition('fallback', journalBeginning);
  const progress = { stream: 'fallback' as const, from, to: { at: 1, id: from.id } };
  const standing = { accountId: 'pingan-meizhou', day: '2026-11-22', node: 'police', messages: 2 };
  await store.record(progress, [buildTally()], [standing]);
  await store.record(progress, [buildTally()], [standing]);
  expect(await new DailyCountStoreMongo(connection).sumSince('pingan-meizhou', '2026-11-01')).toEqual([
    { kind: 'node', id: 'police', answers: 0, unanswered: 2 },
  ]);
});

it('vanish from MongoDB when the last of their chat records may be deleted', async () => {
  const { connection, close } = await openTestDatabase(migrations);
  closers.push(close);
  const store = new UnansweredStoreMongo(connection);
  const from = await store.findPosition('fallback', journalBeginning);
  const to = { at: 1, id: from.id };
  await store.record({ stream: 'fallback', from, to }, [buildTally({ expiresAt: nextYear })]);
  await store.record({ stream: 'fallback', from: to, to: { ...to, at: 2 } }, [
    buildTally({ expiresAt: evening }),
  ]);
  for (const name of ['groups', 'wordings', 'askers']) {
    const documents = connection.collection(`unanswered_${name}`);
    expect(await documents.find().toArray()).toMatchObject([{ expiresAt: nextYear }]);
    expect(await documents.indexes()).toContainEqual(expect.objectContaining({ expireAfterSeconds: 0 }));
  }
});

const li = { staffId: 'li', name: '小李' };
const dawn = new Date('2026-11-22T00:00:00Z');
const morning = new Date('2026-11-22T01:00:00Z');
const evening = new Date('2026-11-22T12:00:00Z');
const nextYear = new Date('2027-02-20T00:00:00Z');

function buildTally(overrides: Partial<WordingTally> = {}): WordingTally {
  return {
    accountId: 'pingan-meizhou',
    groupId: 'pigeons',
    form: '鸽子归谁喂',
    text: '鸽子归谁喂',
    messages: 1,
    askers: ['a'],
    firstSeenAt: morning,
    lastSeenAt: morning,
    nearest: [],
    expiresAt: nextYear,
    terms: ['鸽子', '喂'],
    ...overrides,
  };
}
