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
import { UnansweredStoreFake } from '../support/fakes/unanswered-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

describeContract('in memory', async () => new UnansweredStoreFake());

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([unansweredMigration]);
  closers.push(close);
  return new UnansweredStoreMongo(connection);
});

function describeContract(place: string, open: () => Promise<UnansweredStore>): void {
  describe(`the unanswered questions ${place}`, () => {
    let store: UnansweredStore;
    let position: Progress['to'];
    beforeEach(async () => {
      store = await open();
      position = await store.findPosition('fallback', journalBeginning);
    });

    /** One page of the journal. */
    async function count(...tallies: WordingTally[]): Promise<boolean> {
      const to = { at: position.at + 1, id: position.id };
      const isMine = await store.record({ stream: 'fallback', from: position, to }, tallies);
      position = to;
      return isMine;
    }

    it('begin where they are told to and go on from where they were counted', async () => {
      expect(position).toEqual(journalBeginning);
      await count();
      expect(await store.findPosition('fallback', journalBeginning)).toEqual(position);
      expect(await store.findPosition('suggest', journalBeginning)).toEqual(journalBeginning);
    });

    it('keep the first wording as the title, and everything that was counted', async () => {
      await count(buildTally());
      expect(await store.find('pigeons')).toEqual({
        id: 'pigeons',
        accountId: 'pingan-meizhou',
        title: '鸽子归谁喂',
        messages: 1,
        citizens: 1,
        firstSeenAt: morning,
        lastSeenAt: morning,
        nearest: [],
        state: 'open',
      });
      expect(await store.find('nobody')).toBeNull();
    });

    it('add up messages, and each citizen once', async () => {
      await count(
        buildTally({ messages: 3, askers: ['a', 'b'] }),
        buildTally({ form: '谁喂鸽子', text: '谁喂鸽子', askers: ['b', 'c'], lastSeenAt: evening }),
      );
      await count(buildTally({ messages: 2, askers: ['a', 'd'], firstSeenAt: dawn, lastSeenAt: dawn }));
      expect(await store.find('pigeons')).toMatchObject({
        messages: 6,
        citizens: 4,
        firstSeenAt: dawn,
        lastSeenAt: evening,
      });
      expect(await store.listWordings('pigeons', 10)).toEqual([
        { text: '鸽子归谁喂', messages: 5, lastSeenAt: morning },
        { text: '谁喂鸽子', messages: 1, lastSeenAt: evening },
      ]);
      expect(await store.listWordings('pigeons', 1)).toHaveLength(1);
    });

    it('remember the nearest answers that were last known', async () => {
      await count(buildTally({ nearest: [{ node: 'birth' }] }));
      await count(buildTally({ nearest: [{ reply: 'passport' }, { node: 'birth' }] }));
      await count(buildTally());
      expect(await store.find('pigeons')).toMatchObject({
        nearest: [{ reply: 'passport' }, { node: 'birth' }],
      });
    });

    it('count a stretch of the journal once', async () => {
      const stretch = { stream: 'fallback' as const, from: position, to: { at: 5, id: position.id } };
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => store.record(stretch, [buildTally()])),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await store.find('pigeons')).toMatchObject({ messages: 1 });
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
      await store.setState('square', { state: 'ignored', decision: { by: 'li', at: evening } });

      const ids = async (filter: Parameters<UnansweredStore['list']>[0], limit = 10) =>
        (await store.list(filter, limit)).map(({ id }) => id);
      expect(await ids({})).toEqual(['square', 'elsewhere', 'pigeons']);
      expect(await ids({}, 2)).toEqual(['square', 'elsewhere']);
      expect(await ids({ accountId: 'pingan-meizhou' })).toEqual(['square', 'pigeons']);
      expect(await ids({ accountId: 'pingan-meizhou', state: 'open' })).toEqual(['pigeons']);
    });

    it('say who decided what, and how many messages there were then', async () => {
      await count(buildTally({ messages: 7 }));
      const decision = { by: '$messages', at: evening, to: { reply: 'passport' } };
      expect(await store.setState('pigeons', { state: 'attached', decision })).toMatchObject({
        state: 'attached',
        decision: { ...decision, messages: 7 },
      });
      const reopened = await store.setState('pigeons', { state: 'open' });
      expect(reopened).toMatchObject({ state: 'open', messages: 7 });
      expect(reopened).not.toHaveProperty('decision');
      expect(await store.setState('nobody', { state: 'open' })).toBeNull();
    });

    it('stay decided while more messages come', async () => {
      await count(buildTally());
      await store.setState('pigeons', { state: 'ignored', decision: { by: 'li', at: evening } });
      await count(buildTally());
      expect(await store.find('pigeons')).toMatchObject({
        state: 'ignored',
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

it('vanish from MongoDB when the last of their chat records may be deleted', async () => {
  const { connection, close } = await openTestDatabase([unansweredMigration]);
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
