import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { StoredMessage } from '../../src/features/messages/message.js';
import { messageMigrations } from '../../src/features/messages/messages-feature.js';
import type { MessageStore } from '../../src/features/messages/message-store.js';
import { MessageStoreMongo } from '../../src/features/messages/message-store-mongo.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { MessageStoreFake } from '../support/fakes/message-store-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Opened {
  store: MessageStore;
  transactions: TransactionRunner;
  close: () => Promise<void>;
}

describeContract('in memory', async () => ({
  store: new MessageStoreFake(),
  transactions: new TransactionRunnerFake(),
  close: async () => undefined,
}));

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase(messageMigrations);
  return {
    store: new MessageStoreMongo(connection),
    transactions: new TransactionRunnerMongo(connection),
    close,
  };
});

function describeContract(place: string, open: () => Promise<Opened>): void {
  describe(`the messages of citizens ${place}`, () => {
    let opened: Opened;
    let store: MessageStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    it('are given back as they were kept', async () => {
      const message = buildMessage();
      expect(await store.add(message)).toEqual({ kind: 'added' });
      expect(await store.findByReceipt(message.accountId, message.receipt)).toEqual(message);
    });

    it('are kept once, however often they are handed in', async () => {
      const first = buildMessage();
      await store.add(first);
      const again = buildMessage({ accountId: first.accountId, openid: first.openid, key: first.key });
      expect(await store.add(again)).toEqual({ kind: 'repeated', stored: first });
      expect(await store.findByReceipt(again.accountId, again.receipt)).toBeNull();
    });

    it('are kept once when they are handed in many times at once', async () => {
      const { accountId, openid, key } = buildMessage();
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () => store.add(buildMessage({ accountId, openid, key }))),
      );
      expect(outcomes.filter(({ kind }) => kind === 'added')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'repeated')).toHaveLength(7);
    });

    it('never share a receipt number within an account', async () => {
      const first = buildMessage();
      await store.add(first);
      const { accountId, receipt } = first;
      expect(await store.add(buildMessage({ accountId, receipt }))).toEqual({ kind: 'receipt_taken' });
      expect(await store.add(buildMessage({ receipt }))).toEqual({ kind: 'added' });
    });

    it('are listed by account, the latest first, no more than were asked for', async () => {
      const [old, middle, young] = [1, 2, 3].map((hour) =>
        buildMessage({ accountId: 'listed', at: new Date(Date.UTC(2026, 5, 1, hour)) }),
      );
      for (const message of [middle!, young!, old!, buildMessage()]) await store.add(message);
      const filter = { accountId: 'listed' };
      expect(await store.list(filter, { limit: 10 })).toEqual([young, middle, old]);
      expect(await store.list(filter, { limit: 2 })).toEqual([young, middle]);
      expect(await store.list(filter, { limit: 1, after: young!.receipt })).toEqual([middle]);
      expect(await store.list(filter, { limit: 9, after: 'gone' })).toEqual([]);
    });

    it('are listed by their kind, and by whether anybody has handled them', async () => {
      const accountId = 'handled';
      const waiting = buildMessage({ accountId });
      const done = buildMessage({ accountId, kind: 'correction' });
      for (const message of [waiting, done]) await store.add(message);
      const { transactions } = opened;
      await transactions.run((tx) => store.setHandled(tx, done, handled));
      await expect(transactions.run((tx) => store.setHandled(tx, done, handled))).rejects.toThrow();
      const list = (filter: object) => store.list({ accountId, ...filter }, { limit: 10 });
      expect(await list({ isHandled: false })).toEqual([waiting]);
      expect(await list({ isHandled: true })).toEqual([{ ...done, handled }]);
      expect(await list({ kind: 'message' })).toEqual([waiting]);
      expect(await store.countOpen(accountId)).toBe(1);
    });

    it('are found by the digest of a telephone number', async () => {
      const mine = buildMessage({ accountId: 'found', phoneHash: 'mine' });
      for (const message of [
        mine,
        buildMessage({ accountId: 'found', phoneHash: 'other' }),
        buildMessage({ accountId: 'found' }),
      ])
        await store.add(message);
      expect(await store.list({ accountId: 'found', phoneHash: 'mine' }, { limit: 10 })).toEqual([mine]);
    });
  });
}

describe('the collections', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(messageMigrations);
  });
  afterAll(() => database.close());

  it('delete a message when its time is over', async () => {
    const indexes = await databaseOf(database.connection).collection('messages').indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
  });
});

const handled = {
  by: { staffId: 'li', name: '小李' },
  at: new Date('2026-06-02T01:00:00Z'),
  note: '已回电',
};

function buildMessage(overrides: Partial<StoredMessage> = {}): StoredMessage {
  return {
    accountId: `account-${randomUUID()}`,
    openid: `o-${randomUUID()}`,
    key: `m:${randomUUID()}`,
    kind: 'message',
    receipt: `20260601-${randomUUID().slice(0, 6)}`,
    sealed: 'sealed',
    at: new Date('2026-06-01T01:00:00Z'),
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    ...overrides,
  };
}
