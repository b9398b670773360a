import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CitizenSession } from '../../src/features/citizens/citizen-session.js';
import type { CitizenSessionStore } from '../../src/features/citizens/citizen-session-store.js';
import {
  CitizenSessionStoreMongo,
  citizenSessionMigration,
} from '../../src/features/citizens/citizen-session-store-mongo.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { CitizenSessionStoreFake } from '../support/fakes/citizen-session-store-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([citizenSessionMigration]);
});
afterAll(() => database.close());

const adapters: [string, () => CitizenSessionStore][] = [
  ['in memory', () => new CitizenSessionStoreFake()],
  ['on MongoDB', () => new CitizenSessionStoreMongo(database.connection)],
];

const now = new Date('2026-11-22T08:00:00Z');
const later = new Date('2026-11-22T09:00:00Z');

function buildSession(overrides: Partial<CitizenSession> = {}): CitizenSession {
  return {
    accountId: 'meizhou',
    openid: `o${randomUUID()}`,
    tokenHash: createHash('sha256').update(randomUUID()).digest('hex'),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: later,
    until: later,
    ...overrides,
  };
}

describe.each(adapters)('the sessions of citizens %s', (_name, open) => {
  let sessions: CitizenSessionStore;
  beforeEach(() => {
    sessions = open();
  });

  it('are found as they were kept, by their account only', async () => {
    const session = buildSession();
    await sessions.insert(session);
    expect(await sessions.find('meizhou', session.tokenHash, now)).toEqual(session);
    expect(await sessions.find('elsewhere', session.tokenHash, now)).toBeNull();
  });

  it('are not found from the instant on at which they end, unless they are prolonged', async () => {
    const session = buildSession();
    await sessions.insert(session);
    expect(await sessions.find('meizhou', session.tokenHash, later)).toBeNull();
    const seen = { lastSeenAt: now, expiresAt: new Date(later.getTime() + 1) };
    await sessions.touch(session.tokenHash, seen);
    expect(await sessions.find('meizhou', session.tokenHash, later)).toMatchObject(seen);
  });

  it('are not brought back by being prolonged', async () => {
    const session = buildSession();
    await sessions.insert(session);
    await sessions.remove(session.tokenHash);
    await sessions.touch(session.tokenHash, { lastSeenAt: now, expiresAt: later });
    expect(await sessions.find('meizhou', session.tokenHash, now)).toBeNull();
  });

  it('have each a token of their own', async () => {
    const session = buildSession();
    await sessions.insert(session);
    await expect(sessions.insert(buildSession({ tokenHash: session.tokenHash }))).rejects.toThrow();
  });
});

it('the database clears away what has ended', async () => {
  const indexes = await databaseOf(database.connection).collection('citizen_sessions').indexes();
  expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
});
