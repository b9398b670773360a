import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Exchange } from '../../src/features/conversations/exchange.js';
import type { ExchangeStore } from '../../src/features/conversations/exchange-store.js';
import {
  ExchangeStoreMongo,
  exchangeMigration,
} from '../../src/features/conversations/exchange-store-mongo.js';
import type { Promised } from '../../src/features/conversations/outbox.js';
import { OutboxStoreMongo, outboxMigration } from '../../src/features/conversations/outbox-store-mongo.js';
import type { OutboxStore } from '../../src/features/conversations/outbox-store.js';
import type { OwnChatStore } from '../../src/features/conversations/own-chat-store.js';
import { OwnChatStoreMongo } from '../../src/features/conversations/own-chat-store-mongo.js';
import { buildExchange } from '../support/builders.js';
import { ExchangeStoreFake } from '../support/fakes/exchange-store-fake.js';
import { OutboxStoreFake } from '../support/fakes/outbox-store-fake.js';
import { OwnChatStoreFake } from '../support/fakes/own-chat-store-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Chat {
  own: OwnChatStore;
  journal: ExchangeStore;
  outbox: OutboxStore;
}

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([exchangeMigration, outboxMigration]);
});
afterAll(() => database.close());

const adapters: [string, () => Chat][] = [
  [
    'in memory',
    () => {
      const outbox = new OutboxStoreFake();
      const journal = new ExchangeStoreFake(outbox);
      return { own: new OwnChatStoreFake(journal, outbox), journal, outbox };
    },
  ],
  [
    'on MongoDB',
    () => ({
      own: new OwnChatStoreMongo(database.connection),
      journal: new ExchangeStoreMongo(database.connection),
      outbox: new OutboxStoreMongo(database.connection),
    }),
  ],
];

describe.each(adapters)('a citizen’s own chat records %s', (_name, open) => {
  let chat: Chat;
  let amei: { accountId: string; openid: string };
  beforeEach(() => {
    chat = open();
    amei = { accountId: 'meizhou', openid: `o${randomUUID()}` };
  });

  async function write(...seqs: number[]): Promise<Exchange[]> {
    const page = Object.freeze({ kind: 'text' as const, text: '办身份证要带的材料。'.repeat(40) });
    const exchanges = seqs.map((seq) => buildExchange({ ...amei, seq, answer: { now: page, later: [] } }));
    await chat.journal.appendMany(exchanges);
    return exchanges;
  }

  it('are listed in order, whole, from a place on, and nobody else’s', async () => {
    const exchanges = await write(1, 2, 3);
    await chat.journal.appendMany([buildExchange()]);
    expect(await chat.own.list(amei, 0, 2)).toEqual(exchanges.slice(0, 2));
    expect(await chat.own.list(amei, 2, 2)).toEqual(exchanges.slice(2));
    expect(await chat.own.listAnswered(amei, 1, 9)).toEqual(
      exchanges.slice(1).map(({ seq, at }) => ({ seq, at })),
    );
  });

  it('take one more behind the newest, unless somebody was faster', async () => {
    expect(await chat.own.findNewest(amei)).toBeNull();
    await write(1, 2);
    expect(await chat.own.append(buildExchange({ ...amei, seq: 2 }))).toBe(false);
    expect(await chat.own.append(buildExchange({ ...amei, seq: 3, key: 'erasure:1' }))).toBe(true);
    expect(await chat.own.findNewest(amei)).toMatchObject({ seq: 3, key: 'erasure:1' });
  });

  it('are deleted up to a place, in batches, the oldest first', async () => {
    await write(1, 2, 3, 4);
    expect(await chat.own.removeBefore(amei, 4, 2)).toBe(2);
    expect((await chat.own.listAnswered(amei, 0, 9)).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(await chat.own.removeBefore(amei, 4, 2)).toBe(1);
    expect(await chat.own.removeBefore(amei, 4, 2)).toBe(0);
  });

  it('go with what is to be sent behind them, but for what is on its way', async () => {
    const now = new Date('2026-11-22T01:00:00Z');
    const promise = (owner: { accountId: string; openid: string }): Promised => ({
      ...owner,
      kind: 'promise',
      key: `m:${randomUUID()}`,
      sealed: 'sealed',
      createdAt: now,
      notBefore: now,
    });
    const others = promise({ accountId: 'meizhou', openid: `o${randomUUID()}` });
    for (const one of [promise(amei), promise(amei), others]) await chat.outbox.promise(one);
    const claimed = await chat.outbox.claimDue(now, new Date(now.getTime() + 60_000));
    expect(await chat.outbox.beginPart(claimed!, new Date(now.getTime() + 60_000))).toBe(true);
    expect(await chat.own.removeOutbox(amei)).toBe(claimed!.openid === amei.openid ? 1 : 2);
    expect(await chat.outbox.hasPromise(others)).toBe(true);
    expect(await chat.own.removeOutbox(amei)).toBe(0);
  });
});
