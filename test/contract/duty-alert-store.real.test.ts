import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DutyAlert } from '../../src/features/duty/duty-alert.js';
import type { DutyAlertPage, DutyAlertStore, DutyChange } from '../../src/features/duty/duty-alert-store.js';
import { DutyAlertStoreMongo, dutyAlertMigration } from '../../src/features/duty/duty-alert-store-mongo.js';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { DutyAlertStoreFake } from '../support/fakes/duty-alert-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

interface Opened {
  store: DutyAlertStore;
  transactions: TransactionRunner;
  close: () => Promise<void>;
}

describeContract('in memory', async () => ({
  store: new DutyAlertStoreFake(),
  transactions: new TransactionRunnerFake(),
  close: async () => undefined,
}));

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([dutyAlertMigration]);
  return {
    store: new DutyAlertStoreMongo(connection),
    transactions: new TransactionRunnerMongo(connection),
    close,
  };
});

function describeContract(place: string, open: () => Promise<Opened>): void {
  describe(`the alerts ${place}`, () => {
    let opened: Opened;
    let store: DutyAlertStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    function change(alert: DutyAlert, change: DutyChange): Promise<void> {
      return opened.transactions.run((tx) => store.change(tx, alert, change));
    }

    it('are kept once for a message, however many add them at once', async () => {
      const alert = buildAlert();
      const added = await Promise.all(Array.from({ length: 8 }, () => store.add({ ...alert })));
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await store.list(alert.accountId, 'active', { limit: 10 })).toEqual([alert]);
      expect(await store.find(alert.accountId, alert.id)).toEqual(alert);
    });

    it('are listed by account: open ones, then those that were seen, the oldest first', async () => {
      const accountId = randomUUID();
      const [second, first, third] = ['02', '01', '03'].map((minute) =>
        buildAlert({ accountId, at: new Date(`2026-11-22T01:${minute}:00Z`) }),
      );
      for (const alert of [second!, first!, third!]) await store.add({ ...alert });
      await store.add(buildAlert());
      await change(first!, { state: 'seen', seen });
      const listed = async (page: DutyAlertPage) =>
        (await store.list(accountId, 'active', page)).map(({ id }) => id);
      expect(await listed({ limit: 10 })).toEqual([second!.id, third!.id, first!.id]);
      expect(await listed({ limit: 1, after: second!.id })).toEqual([third!.id]);
      expect(await listed({ limit: 9, after: third!.id })).toEqual([first!.id]);
      expect(await listed({ limit: 9, after: 'gone' })).toEqual([]);
      expect(await store.countOpen(accountId)).toBe(2);
    });

    it('go to another list once they are closed, the latest first', async () => {
      const accountId = randomUUID();
      const alerts = ['01', '02', '03'].map((minute) =>
        buildAlert({ accountId, at: new Date(`2026-11-22T01:${minute}:00Z`) }),
      );
      const closed = { ...seen, note: '已转110' };
      for (const alert of alerts) {
        await store.add({ ...alert });
        await change(alert, { state: 'closed', closed });
      }
      const [first, second, third] = alerts;
      expect(await store.list(accountId, 'active', { limit: 10 })).toEqual([]);
      expect(await store.list(accountId, 'closed', { limit: 1 })).toEqual([
        { ...third, state: 'closed', closed },
      ]);
      const after = await store.list(accountId, 'closed', { limit: 9, after: third!.id });
      expect(after.map(({ id }) => id)).toEqual([second!.id, first!.id]);
    });

    it('are not changed by what was read before another change', async () => {
      const alert = buildAlert();
      await store.add({ ...alert });
      await change(alert, { state: 'seen', seen });
      await expect(change(alert, { state: 'seen', seen })).rejects.toThrow('is not open');
      expect(await store.find('another', alert.id)).toBeNull();
    });
  });
}

const seen = { by: { staffId: 'li', name: '小李' }, at: new Date('2026-11-22T02:00:00Z') };

function buildAlert(overrides: Partial<DutyAlert> = {}): DutyAlert {
  const at = new Date('2026-11-22T01:00:00Z');
  return {
    accountId: randomUUID(),
    openid: `o${randomUUID()}`,
    key: `m:${randomUUID()}`,
    id: randomUUID().slice(0, 10),
    kind: 'fire',
    word: '着火',
    sealed: 'sealed',
    sentAt: at,
    at,
    state: 'open',
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    ...overrides,
  };
}
