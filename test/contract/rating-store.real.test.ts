import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Vote } from '../../src/features/insights/rating.js';
import type { RatingStore } from '../../src/features/insights/rating-store.js';
import {
  RatingStoreMongo,
  ratingMigration,
  voteSampleMigration,
} from '../../src/features/insights/rating-store-mongo.js';
import { RatingStoreFake } from '../support/fakes/rating-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

describeContract('in memory', async () => new RatingStoreFake());

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([ratingMigration, voteSampleMigration]);
  closers.push(close);
  return new RatingStoreMongo(connection);
});

function describeContract(place: string, open: () => Promise<RatingStore>): void {
  describe(`the votes ${place}`, () => {
    let store: RatingStore;
    beforeEach(async () => {
      store = await open();
    });

    function list(page: Parameters<RatingStore['list']>[1] = { limit: 10 }) {
      return store.list('pingan-meizhou', page);
    }

    it('are counted by reply and release, what helped least first, in pages', async () => {
      await store.vote(buildVote({ reply: 'birth', useful: true }));
      await store.vote(buildVote({ reply: 'passport', useful: false }));
      await store.vote(buildVote({ reply: 'passport', useful: true }));
      await store.vote(buildVote({ reply: 'lost', useful: false }));
      await store.vote(buildVote({ reply: 'birth', release: 2 }));

      const expected = [
        { reply: 'lost', release: 1, useful: 0, useless: 1 },
        { reply: 'passport', release: 1, useful: 1, useless: 1 },
        { reply: 'birth', release: 2, useful: 1, useless: 0 },
        { reply: 'birth', release: 1, useful: 1, useless: 0 },
      ];
      expect(await list()).toEqual(expected);
      expect(await list({ limit: 2, skip: 1 })).toEqual(expected.slice(1, 3));
      expect(await list({ limit: 10, release: 2 })).toEqual([expected[2]]);
      expect(await store.list('another-account', { limit: 10 })).toEqual([]);
    });

    it('count once for an answer, however often and from wherever they come', async () => {
      const vote = buildVote();
      await Promise.all(Array.from({ length: 8 }, () => store.vote(vote)));
      expect(await list()).toMatchObject([{ useful: 1, useless: 0 }]);
    });

    it('follow the citizen who thinks better of it, even when the words arrive out of order', async () => {
      const vote = buildVote({ votedAt: new Date('2026-11-22T01:01:00Z') });
      const later = { ...vote, useful: false, votedAt: new Date('2026-11-22T01:02:00Z') };
      await store.vote(later);
      await store.vote(vote);
      expect(await list()).toMatchObject([{ useful: 0, useless: 1 }]);
    });

    it('bring along what was asked, the latest first', async () => {
      const early = buildVote();
      const late = buildVote({ useful: false, release: 2, votedAt: new Date('2026-11-22T02:00:00Z') });
      await store.keepSample(early, '身份证丢了', nextYear);
      await store.keepSample(late, '身份证不见了', nextYear);
      await store.keepSample(buildVote({ reply: 'passport' }), '护照', nextYear);
      const samples = (page: Parameters<RatingStore['listSamples']>[2]) =>
        store.listSamples('pingan-meizhou', 'birth', page);
      expect(await samples({ limit: 10 })).toEqual([
        { text: '身份证不见了', useful: false, reply: 'birth', release: 2, votedAt: late.votedAt },
        { text: '身份证丢了', useful: true, reply: 'birth', release: 1, votedAt: early.votedAt },
      ]);
      expect(await samples({ limit: 1 })).toMatchObject([{ text: '身份证不见了' }]);
      expect(await samples({ limit: 10, release: 1 })).toMatchObject([{ text: '身份证丢了' }]);

      const better = { ...early, useful: false, votedAt: new Date('2026-11-22T03:00:00Z') };
      await store.keepSample(better, '身份证丢了', nextYear);
      await store.keepSample(early, '身份证丢了', nextYear);
      expect(await samples({ limit: 10, release: 1 })).toMatchObject([{ useful: false }]);
    });

    it('are separate for each answer that a citizen got, and for each citizen', async () => {
      const vote = buildVote();
      await store.vote(vote);
      await store.vote({ ...vote, answeredAt: new Date('2026-11-22T03:00:00Z') });
      await store.vote({ ...vote, openid: 'o-another' });
      expect(await list()).toMatchObject([{ useful: 3 }]);
    });
  });
}

it('keeps nothing in MongoDB that leads to the citizen', async () => {
  const { connection, close } = await openTestDatabase([ratingMigration, voteSampleMigration]);
  closers.push(close);
  const vote = buildVote();
  const store = new RatingStoreMongo(connection);
  await store.vote(vote);
  await store.keepSample(vote, '身份证丢了', nextYear);
  for (const name of ['votes', 'vote_samples']) {
    const documents = await connection.collection(name).find().toArray();
    expect(documents).toHaveLength(1);
    expect(JSON.stringify(documents)).not.toContain(vote.openid);
  }
  const indexes = await connection.collection('vote_samples').indexes();
  expect(indexes).toContainEqual(expect.objectContaining({ expireAfterSeconds: 0 }));
});

const nextYear = new Date('2027-02-20T00:00:00Z');

function buildVote(overrides: Partial<Vote> = {}): Vote {
  return {
    accountId: 'pingan-meizhou',
    openid: `o${randomUUID()}`,
    reply: 'birth',
    release: 1,
    answeredAt: new Date('2026-11-22T01:00:00Z'),
    useful: true,
    votedAt: new Date('2026-11-22T01:01:00Z'),
    ...overrides,
  };
}
