import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubscriptionChange } from '../../src/features/citizens/citizen.js';
import type { CitizenStore } from '../../src/features/citizens/citizen-store.js';
import { CitizenStoreMongo, citizenMigration } from '../../src/features/citizens/citizen-store-mongo.js';
import { CitizenStoreFake } from '../support/fakes/citizen-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

const account = 'pingan-meizhou';
const monday = new Date('2026-11-16T01:00:00Z');
const tuesday = new Date('2026-11-17T01:00:00Z');
const wednesday = new Date('2026-11-18T01:00:00Z');

describeContract('in memory', async () => ({ store: new CitizenStoreFake(), close: async () => undefined }));
describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([citizenMigration]);
  return { store: new CitizenStoreMongo(connection), close };
});

function describeContract(
  place: string,
  open: () => Promise<{ store: CitizenStore; close: () => Promise<void> }>,
): void {
  describe(`the citizens ${place}`, () => {
    let store: CitizenStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    it('keeps the first contact and not a later one', async () => {
      const openid = newOpenid();
      await store.ensureMany([{ accountId: account, openid, at: monday }]);
      await store.ensureMany([{ accountId: account, openid, at: tuesday }]);
      expect(await store.find(account, openid)).toEqual({
        accountId: account,
        openid,
        firstContactAt: monday,
        subscriptions: [],
      });
    });

    it('meets the same citizen twice in one batch, and from two nodes at once', async () => {
      const openid = newOpenid();
      const contact = { accountId: account, openid, at: monday };
      await Promise.all([
        store.ensureMany([contact, contact]),
        store.ensureMany([contact]),
        store.ensureMany([contact]),
      ]);
      expect(await store.find(account, openid)).not.toBeNull();
    });

    it('keeps following, leaving and coming back, each once, with the scene that led here', async () => {
      const openid = newOpenid();
      const follow = change('follow', monday, 'hall-id-card');
      const changes = [follow, change('unfollow', tuesday), change('follow', wednesday)];
      for (const one of [...changes, follow]) await store.recordSubscription(account, openid, one);

      const citizen = await store.find(account, openid);
      expect(citizen?.subscriptions).toEqual(changes);
      expect(citizen).toMatchObject({ subscribed: true, firstContactAt: monday });
    });

    it('knows since when somebody has followed, through leaving and coming back', async () => {
      const openid = newOpenid();
      await store.recordSubscription(account, openid, change('follow', monday));
      expect(await store.find(account, openid)).toMatchObject({ subscribedAt: monday });
      await store.recordSubscription(account, openid, change('unfollow', tuesday));
      await store.recordSubscription(account, openid, change('follow', wednesday));
      expect(await store.find(account, openid)).toMatchObject({ subscribed: true, subscribedAt: wednesday });
    });

    it('ends in the state of the newest event when an older one arrives late', async () => {
      const openid = newOpenid();
      await store.recordSubscription(account, openid, change('unfollow', tuesday));
      await store.recordSubscription(account, openid, change('follow', monday));
      expect(await store.find(account, openid)).toMatchObject({ subscribed: false });
    });

    it('loses no event of a new citizen when two come at once', async () => {
      const openid = newOpenid();
      const changes = [change('follow', monday), change('unfollow', tuesday)];
      await Promise.all(changes.map((one) => store.recordSubscription(account, openid, one)));
      const citizen = await store.find(account, openid);
      expect(citizen?.subscriptions).toEqual(changes);
      expect(citizen?.subscribed).toBe(false);
    });
  });
}

function newOpenid(): string {
  return `o${randomUUID()}`;
}

function change(kind: SubscriptionChange['kind'], at: Date, scene?: string): SubscriptionChange {
  return { kind, at, key: `e:${randomUUID()}`, ...(scene !== undefined && { scene }) };
}
