import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchangeMigration } from '../../../src/features/conversations/exchange-store-mongo.js';
import { OpenWindowExchangeStoreMongo } from '../../../src/features/conversations/open-window-exchange-store-mongo.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';

const hour = 3_600_000;
const now = new Date();
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([exchangeMigration]);
});
afterAll(() => database.close());

async function say(openid: string, input: object, agoMs: number, accountId = 'a'): Promise<void> {
  const inbound = { input, sentAt: new Date(now.getTime() - agoMs) };
  const exchange = { accountId, openid, key: `${openid} ${agoMs}`, seq: agoMs, inbound };
  await databaseOf(database.connection).collection('exchanges').insertOne(exchange);
}

describe('the windows for customer-service messages', () => {
  it('are open for two days after a message, and for a minute after a deed', async () => {
    await say('wrote', { kind: 'text', text: '1' }, 47 * hour);
    await say('wrote-sealed', { kind: 'sealed', was: 'image', sealed: '' }, hour);
    await say('wrote-long-ago', { kind: 'text', text: '1' }, 49 * hour);
    await say('pressed', { kind: 'click', key: 'k' }, 20_000);
    await say('pressed-before', { kind: 'click', key: 'k' }, 2 * 60_000);
    await say('left', { kind: 'unfollow' }, 1_000);
    await say('wrote-elsewhere', { kind: 'text', text: '1' }, hour, 'b');
    const windows = new OpenWindowExchangeStoreMongo(database.connection);
    expect([...(await windows.listOpen('a', now))].sort()).toEqual(['pressed', 'wrote', 'wrote-sealed']);
  });
});
