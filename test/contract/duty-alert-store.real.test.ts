import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DutyAlert } from '../../src/features/duty/duty-alert.js';
import type { DutyAlertStore } from '../../src/features/duty/duty-alert-store.js';
import { DutyAlertStoreMongo, dutyAlertMigration } from '../../src/features/duty/duty-alert-store-mongo.js';
import { DutyAlertStoreFake } from '../support/fakes/duty-alert-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

interface Opened {
  store: DutyAlertStore;
  close: () => Promise<void>;
}

describeContract('in memory', async () => ({
  store: new DutyAlertStoreFake(),
  close: async () => undefined,
}));

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([dutyAlertMigration]);
  return { store: new DutyAlertStoreMongo(connection), close };
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

    it('are kept once for a message, however many add them at once', async () => {
      const alert = buildAlert();
      const added = await Promise.all(Array.from({ length: 8 }, () => store.add({ ...alert })));
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await store.listOpen(alert.accountId, 10)).toEqual([alert]);
    });

    it('are listed by account, the oldest first, as many as are wanted', async () => {
      const accountId = randomUUID();
      const [second, first, third] = ['02', '01', '03'].map((minute) =>
        buildAlert({ accountId, at: new Date(`2026-11-22T01:${minute}:00Z`) }),
      );
      for (const alert of [second!, first!, third!]) await store.add(alert);
      await store.add(buildAlert());
      expect(await store.listOpen(accountId, 2)).toEqual([first, second]);
    });

    it('leave the list once they were seen, and are seen once', async () => {
      const alert = buildAlert();
      await store.add({ ...alert });
      const seen = { by: '小李', at: new Date('2026-11-22T02:00:00Z') };
      expect(await store.markSeen('another', alert.id, seen)).toBe(false);
      expect(await store.markSeen(alert.accountId, alert.id, seen)).toBe(true);
      expect(await store.markSeen(alert.accountId, alert.id, seen)).toBe(false);
      expect(await store.listOpen(alert.accountId, 10)).toEqual([]);
    });
  });
}

function buildAlert(overrides: Partial<DutyAlert> = {}): DutyAlert {
  const at = new Date('2026-11-22T01:00:00Z');
  return {
    accountId: randomUUID(),
    openid: `o${randomUUID()}`,
    key: `m:${randomUUID()}`,
    id: randomUUID().slice(0, 10),
    kind: 'fire',
    word: '着火',
    text: '我家着火了',
    sentAt: at,
    at,
    state: 'open',
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    ...overrides,
  };
}
