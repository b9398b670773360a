import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Vote } from '../../src/features/insights/rating.js';
import type { RatingStore } from '../../src/features/insights/rating-store.js';
import { RatingStoreMongo, ratingMigration } from '../../src/features/insights/rating-store-mongo.js';
import { RatingStoreFake } from '../support/fakes/rating-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

describeContract('in memory', async () => new RatingStoreFake());

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([ratingMigration]);
  closers.push(close);
  return new RatingStoreMongo(connection);
});

function describeContract(place: string, open: () => Promise<RatingStore>): void {
  describe(`the votes ${place}`, () => {
    let store: RatingStore;
    beforeEach(async () => {
      store = await open();
    });

    it('are counted by reply and release, what helped least first', async () => {
      await store.vote(buildVote({ reply: 'birth', useful: true }));
      await store.vote(buildVote({ reply: 'passport', useful: false }));
      await store.vote(buildVote({ reply: 'passport', useful: true }));
      await store.vote(buildVote({ reply: 'birth', release: 2 }));

      expect(await store.count('pingan-meizhou')).toEqual([
        { reply: 'birth', release: 2, useful: 1, useless: 0 },
        { reply: 'passport', release: 1, useful: 1, useless: 1 },
        { reply: 'birth', release: 1, useful: 1, useless: 0 },
      ]);
      expect(await store.count('pingan-meizhou', 2)).toEqual([
        { reply: 'birth', release: 2, useful: 1, useless: 0 },
      ]);
      expect(await store.count('another-account')).toEqual([]);
    });

    it('count once for an answer, however often and from wherever they come', async () => {
      const vote = buildVote();
      await Promise.all(Array.from({ length: 8 }, () => store.vote(vote)));
      expect(await store.count(vote.accountId)).toMatchObject([{ useful: 1, useless: 0 }]);
    });

    it('follow the citizen who thinks better of it, even when the words arrive out of order', async () => {
      const vote = buildVote({ votedAt: new Date('2026-11-22T01:01:00Z') });
      const later = { ...vote, useful: false, votedAt: new Date('2026-11-22T01:02:00Z') };
      await store.vote(later);
      await store.vote(vote);
      expect(await store.count(vote.accountId)).toMatchObject([{ useful: 0, useless: 1 }]);
    });

    it('are separate for each answer that a citizen got, and for each citizen', async () => {
      const vote = buildVote();
      await store.vote(vote);
      await store.vote({ ...vote, answeredAt: new Date('2026-11-22T03:00:00Z') });
      await store.vote({ ...vote, openid: 'o-another' });
      expect(await store.count(vote.accountId)).toMatchObject([{ useful: 3 }]);
    });
  });
}

it('keeps nothing in MongoDB that leads to the citizen', async () => {
  const { connection, close } = await openTestDatabase([ratingMigration]);
  closers.push(close);
  const vote = buildVote();
  await new RatingStoreMongo(connection).vote(vote);
  expect(JSON.stringify(await connection.collection('votes').find().toArray())).not.toContain(vote.openid);
});

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
