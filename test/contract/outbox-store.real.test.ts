import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Promised, Remainder } from '../../src/features/conversations/outbox.js';
import {
  OutboxStoreMongo,
  freshEntry,
  outboxCollection,
  outboxMigration,
} from '../../src/features/conversations/outbox-store-mongo.js';
import type { ClaimedEntry, OutboxStore } from '../../src/features/conversations/outbox-store.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { buildMessage } from '../support/builders.js';
import { OutboxStoreFake } from '../support/fakes/outbox-store-fake.js';
import { openTestDatabase } from '../support/test-database.js';

interface Opened {
  store: OutboxStore;
  addRemainder: (entry: Remainder) => Promise<void>;
}

const now = new Date('2026-11-22T01:00:00Z');
const soon = new Date('2026-11-22T01:00:30Z');
const later = new Date('2026-11-22T01:01:00Z');
const muchLater = new Date('2026-11-22T02:00:00Z');

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

describeContract('in memory', async () => {
  const store = new OutboxStoreFake();
  return { store, addRemainder: async (entry) => store.add(entry) };
});

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([outboxMigration]);
  closers.push(close);
  return {
    store: new OutboxStoreMongo(connection),
    addRemainder: async (entry) =>
      void (await outboxCollection(databaseOf(connection)).insertOne(freshEntry(entry))),
  };
});

function describeContract(place: string, open: () => Promise<Opened>): void {
  describe(`the outbox ${place}`, () => {
    let store: OutboxStore;
    let addRemainder: Opened['addRemainder'];
    beforeEach(async () => {
      ({ store, addRemainder } = await open());
    });

    it('keeps one promise per message', async () => {
      const promise = buildPromise();
      expect(await store.promise(promise)).toBe(true);
      expect(await store.promise(promise)).toBe(false);
      expect(await store.hasPromise(promise)).toBe(true);
      expect(await store.hasPromise(buildPromise())).toBe(false);
    });

    it('hides an entry until its time has come', async () => {
      await store.promise(buildPromise({ notBefore: later }));
      expect(await store.claimDue(now, muchLater)).toBeNull();
      expect(await store.claimDue(later, muchLater)).not.toBeNull();
    });

    it('brings a promise forward when its answer is ready', async () => {
      const promise = buildPromise({ notBefore: later });
      await store.promise(promise);
      await store.makeDue(promise, now);
      expect(await store.claimDue(now, later)).toMatchObject({ key: promise.key, sealed: promise.sealed });
    });

    it('gives an entry to one of many claimants', async () => {
      await store.promise(buildPromise());
      const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimDue(now, later)));
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    });

    it('gives an entry whose claimant fell silent to the next one, and counts the attempts', async () => {
      await store.promise(buildPromise());
      const first = await claim(store, now, later);
      const second = await claim(store, later, muchLater);
      expect(second.attempts).toBe(first.attempts + 1);
      expect(await store.beginPart(first, muchLater)).toBe(false);
      expect(await store.beginPart(second, muchLater)).toBe(true);
    });

    it('begins a part once only', async () => {
      await store.promise(buildPromise());
      const entry = await claim(store, now, later);
      expect(await store.beginPart(entry, soon)).toBe(true);
      expect(await store.beginPart(entry, soon)).toBe(false);
    });

    it('never gives a sent entry again', async () => {
      await store.promise(buildPromise());
      const entry = await claim(store, now, later);
      await store.beginPart(entry, soon);
      await store.settle(entry, { state: 'sent', partsSent: 1 });
      expect(await store.claimDue(muchLater, muchLater)).toBeNull();
    });

    it('gives an entry that is to be repeated again, where it stopped, when its time has come', async () => {
      await store.promise(buildPromise());
      const entry = await claim(store, now, muchLater);
      await store.beginPart(entry, soon);
      await store.settle(entry, { state: 'waiting', partsSent: 1, reason: 'transient:-1', notBefore: soon });
      expect(await store.claimDue(now, muchLater)).toBeNull();
      expect(await store.claimDue(soon, muchLater)).toMatchObject({ partsSent: 1, reason: 'transient:-1' });
    });

    it('declares what a dead sender left to be of unknown fate, and gives it to nobody', async () => {
      await store.promise(buildPromise());
      await store.beginPart(await claim(store, now, later), soon);
      expect(await store.abandonExpired(now)).toBe(0);
      expect(await store.abandonExpired(soon)).toBe(1);
      expect(await store.claimDue(muchLater, muchLater)).toBeNull();
    });

    it('holds a remainder back until the promise of the same message is kept', async () => {
      const promise = buildPromise({ notBefore: soon });
      await store.promise(promise);
      const { sealed: _sealed, ...head } = promise;
      await addRemainder({
        ...head,
        kind: 'remainder',
        notBefore: now,
        replies: [{ kind: 'text', text: '下半段' }],
      });
      expect(await store.claimDue(now, later)).toBeNull();

      const first = await claim(store, soon, later);
      expect(first.kind).toBe('promise');
      await store.settle(first, { state: 'sent', partsSent: 1 });
      expect(await store.claimDue(later, muchLater)).toMatchObject({ kind: 'remainder' });
    });
  });
}

async function claim(store: OutboxStore, at: Date, hiddenUntil: Date): Promise<ClaimedEntry> {
  const entry = await store.claimDue(at, hiddenUntil);
  if (!entry) throw new Error('nothing was due');
  return entry;
}

function buildPromise(overrides: Partial<Promised> = {}): Promised {
  const { accountId, openid, key } = buildMessage();
  const sealed = `sealed ${key}`;
  return { kind: 'promise', accountId, openid, key, sealed, createdAt: now, notBefore: now, ...overrides };
}
