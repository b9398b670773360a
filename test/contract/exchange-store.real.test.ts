import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExchangeStore } from '../../src/features/conversations/exchange-store.js';
import {
  ExchangeStoreMongo,
  exchangeMigration,
} from '../../src/features/conversations/exchange-store-mongo.js';
import { OutboxStoreMongo, outboxMigration } from '../../src/features/conversations/outbox-store-mongo.js';
import type { OutboxStore } from '../../src/features/conversations/outbox-store.js';
import { buildExchange } from '../support/builders.js';
import { ExchangeStoreFake } from '../support/fakes/exchange-store-fake.js';
import { OutboxStoreFake } from '../support/fakes/outbox-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

interface Opened {
  exchanges: ExchangeStore;
  outbox: OutboxStore;
  close: () => Promise<void>;
}

describeContract('in memory', async () => {
  const outbox = new OutboxStoreFake();
  return { exchanges: new ExchangeStoreFake(outbox), outbox, close: async () => undefined };
});

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([exchangeMigration, outboxMigration]);
  return { exchanges: new ExchangeStoreMongo(connection), outbox: new OutboxStoreMongo(connection), close };
});

function describeContract(place: string, open: () => Promise<Opened>): void {
  describe(`the journal ${place}`, () => {
    let opened: Opened;
    let store: ExchangeStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.exchanges;
    });
    afterAll(() => opened.close());

    it('knows nothing of a citizen who never wrote', async () => {
      expect(await store.findNewest('pingan-meizhou', 'nobody')).toBeNull();
      expect(await store.findByKey('pingan-meizhou', 'nobody', 'm:1')).toBeNull();
    });

    it('gives back an exchange as it was appended, by its key and as the newest', async () => {
      const exchange = buildExchange();
      expect(await store.appendMany([exchange])).toEqual(['appended']);
      expect(await store.findByKey(exchange.accountId, exchange.openid, exchange.key)).toEqual(exchange);
      expect(await store.findNewest(exchange.accountId, exchange.openid)).toEqual(exchange);
    });

    it('gives back a page that was said to many, to each of them', async () => {
      const page = Object.freeze({ kind: 'text' as const, text: '办身份证要带的材料。'.repeat(40) });
      const [first, second] = [1, 2].map(() => buildExchange({ answer: { now: page, later: [] } }));
      if (!first || !second) throw new Error('two were built');
      await store.appendMany([first]);
      await store.appendMany([second]);
      for (const exchange of [first, second])
        expect(await store.findNewest(exchange.accountId, exchange.openid)).toEqual(exchange);
    });

    it('finds the newest by its number, not by when it was written', async () => {
      const first = buildExchange({ seq: 1 });
      const second = buildExchange({ openid: first.openid, seq: 2, at: new Date('2020-01-01T00:00:00Z') });
      await store.appendMany([second, first]);
      expect((await store.findNewest(first.accountId, first.openid))?.key).toBe(second.key);
    });

    it('refuses the same message twice and keeps the first answer', async () => {
      const first = buildExchange();
      const again = { ...buildExchange({ openid: first.openid, key: first.key }), seq: 2 };
      await store.appendMany([first]);
      expect(await store.appendMany([again])).toEqual(['duplicate']);
      expect(await store.findByKey(first.accountId, first.openid, first.key)).toEqual(first);
    });

    it('refuses a second exchange with the same number', async () => {
      const first = buildExchange();
      await store.appendMany([first]);
      expect(await store.appendMany([buildExchange({ openid: first.openid })])).toEqual(['duplicate']);
    });

    it('keeps the same key apart for other citizens and other accounts', async () => {
      const first = buildExchange();
      const neighbours = [buildExchange({ key: first.key }), { ...first, accountId: 'another-account' }];
      expect(await store.appendMany([first, ...neighbours])).toEqual(['appended', 'appended', 'appended']);
    });

    it('appends the others of a batch when one collides', async () => {
      const first = buildExchange();
      await store.appendMany([first]);
      const before = buildExchange();
      const after = buildExchange();
      expect(await store.appendMany([before, first, after])).toEqual(['appended', 'duplicate', 'appended']);
      expect(await store.findByKey(after.accountId, after.openid, after.key)).toEqual(after);
    });

    it('writes the remainder of a long answer together with its exchange, or not at all', async () => {
      const exchange = buildExchange();
      const remainder = {
        kind: 'remainder' as const,
        accountId: exchange.accountId,
        openid: exchange.openid,
        key: exchange.key,
        replies: [{ kind: 'text' as const, text: '下半段' }],
        createdAt: exchange.at,
        notBefore: exchange.at,
      };
      expect(await store.appendWithRemainder(exchange, remainder)).toBe('appended');
      expect(await store.appendWithRemainder({ ...exchange, seq: 2 }, remainder)).toBe('duplicate');

      const now = new Date('2026-11-23T00:00:00Z');
      const later = new Date('2026-11-23T01:00:00Z');
      expect(await opened.outbox.claimDue(now, later)).toMatchObject({
        key: exchange.key,
        kind: 'remainder',
      });
      expect(await opened.outbox.claimDue(now, later)).toBeNull();
    });
  });
}
