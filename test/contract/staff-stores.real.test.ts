import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import { SessionStoreMongo } from '../../src/features/staff/session-store-mongo.js';
import type { SessionStore } from '../../src/features/staff/session-store.js';
import { staffMigrations } from '../../src/features/staff/staff-feature.js';
import { StaffRequestStoreMongo } from '../../src/features/staff/staff-request-store-mongo.js';
import type { StaffRequestStore } from '../../src/features/staff/staff-request-store.js';
import { StaffStoreMongo } from '../../src/features/staff/staff-store-mongo.js';
import type { StaffStore } from '../../src/features/staff/staff-store.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { SessionStoreFake } from '../support/fakes/session-store-fake.js';
import { StaffRequestStoreFake } from '../support/fakes/staff-request-store-fake.js';
import { StaffStoreFake } from '../support/fakes/staff-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { buildMember, buildRequest, buildSession, grant } from '../support/staff-builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase(staffMigrations);
});

afterAll(() => database.close());

interface Stores {
  runner: TransactionRunner;
  staff: StaffStore;
  sessions: SessionStore;
  requests: StaffRequestStore;
}

const adapters: [string, () => Stores][] = [
  [
    'in memory',
    () => ({
      runner: new TransactionRunnerFake(),
      staff: new StaffStoreFake(),
      sessions: new SessionStoreFake(),
      requests: new StaffRequestStoreFake(),
    }),
  ],
  [
    'on MongoDB',
    () => ({
      runner: new TransactionRunnerMongo(database.connection),
      staff: new StaffStoreMongo(database.connection),
      sessions: new SessionStoreMongo(database.connection),
      requests: new StaffRequestStoreMongo(database.connection),
    }),
  ],
];

const failure = new Error('rolled back');
const now = new Date('2026-11-22T08:00:00Z');
const later = new Date('2026-11-22T09:00:00Z');

describe.each(adapters)('a staff store %s', (_name, open) => {
  it('gives back a member as it was kept, by id and by name in any case', async () => {
    const { runner, staff } = open();
    const member = buildMember({
      username: `Li.Ming-${randomUUID().slice(0, 8)}`,
      totp: { sealedSecret: 'sealed', confirmed: true, lastTimeStep: 58_000_000 },
      roles: [{ ...grant('leader', 'pingan-meizhou'), department: '户政科' }],
    });
    expect(await runner.run((tx) => staff.insert(tx, member))).toBe(true);

    expect(await staff.find(member.id)).toEqual(member);
    expect(await staff.findByUsername(member.username.toUpperCase())).toEqual(member);
    expect(await staff.list()).toContainEqual(member);
  });

  it('knows nobody that was never kept', async () => {
    const { runner, staff } = open();
    expect(await staff.find(randomUUID())).toBeNull();
    expect(await staff.findByUsername(randomUUID())).toBeNull();
    expect(await runner.run((tx) => staff.hold(tx, randomUUID()))).toBeNull();
  });

  it('takes no second member of the same name in another case', async () => {
    const { runner, staff } = open();
    const member = buildMember();
    await runner.run((tx) => staff.insert(tx, member));
    const double = buildMember({ username: member.username.toUpperCase() });
    expect(await runner.run((tx) => staff.insert(tx, double))).toBe(false);
    expect(await staff.find(double.id)).toBeNull();
  });

  it('changes what is named and nothing else, unless the transaction fails', async () => {
    const { runner, staff } = open();
    const member = buildMember();
    await runner.run((tx) => staff.insert(tx, member));
    await runner.run((tx) => staff.update(tx, member.id, { status: 'suspended' }));
    const failed = runner.run(async (tx) => {
      await staff.update(tx, member.id, { name: '别人' });
      throw failure;
    });

    await expect(failed).rejects.toBe(failure);
    expect(await staff.find(member.id)).toEqual({ ...member, status: 'suspended' });
  });

  it('lets transactions that hold the same member happen one after the other', async () => {
    const { runner, staff } = open();
    const member = buildMember({ totp: { sealedSecret: '', confirmed: true, lastTimeStep: 0 } });
    await runner.run((tx) => staff.insert(tx, member));
    await Promise.all(
      Array.from({ length: 10 }, () =>
        runner.run(async (tx) => {
          const { totp } = (await staff.hold(tx, member.id))!;
          await staff.update(tx, member.id, { totp: { ...totp!, lastTimeStep: totp!.lastTimeStep + 1 } });
        }),
      ),
    );

    expect((await staff.find(member.id))?.totp?.lastTimeStep).toBe(10);
  });
});

describe.each(adapters)('a staff store %s, asked many times at once,', (_name, open) => {
  it('takes one member of a name', async () => {
    const { runner, staff } = open();
    const { username } = buildMember();
    const kept = await Promise.all(
      Array.from({ length: 8 }, () => runner.run((tx) => staff.insert(tx, buildMember({ username })))),
    );

    expect(kept.filter(Boolean)).toHaveLength(1);
  });
});

describe.each(adapters)('a session store %s', (_name, open) => {
  it('finds a session by its token until it expires', async () => {
    const { runner, sessions } = open();
    const session = buildSession({ expiresAt: later });
    await runner.run((tx) => sessions.insert(tx, session));

    expect(await sessions.find(session.tokenHash, now)).toEqual(session);
    expect(await sessions.find(session.tokenHash, later)).toBeNull();
    expect(await sessions.find(randomUUID(), now)).toBeNull();
  });

  it('lists the live sessions of one person, the newest first', async () => {
    const { runner, sessions } = open();
    const staffId = randomUUID();
    const older = buildSession({ staffId });
    const newer = buildSession({ staffId, createdAt: now });
    const expired = buildSession({ staffId, expiresAt: now });
    await runner.run(async (tx) => {
      for (const one of [older, newer, expired, buildSession()]) await sessions.insert(tx, one);
    });

    expect(await sessions.list(staffId, now)).toEqual([newer, older]);
  });

  it('prolongs a session, and does not bring back one that was revoked', async () => {
    const { runner, sessions } = open();
    const session = buildSession({ expiresAt: now });
    const seen = { lastSeenAt: now, expiresAt: later };
    await runner.run((tx) => sessions.insert(tx, session));
    await sessions.touch(session.id, seen);
    expect(await sessions.find(session.tokenHash, now)).toEqual({ ...session, ...seen });

    await runner.run((tx) => sessions.remove(tx, session.staffId, session.id));
    await sessions.touch(session.id, seen);
    expect(await sessions.find(session.tokenHash, now)).toBeNull();
  });

  it('removes a session only for the one whose it is', async () => {
    const { runner, sessions } = open();
    const session = buildSession();
    await runner.run((tx) => sessions.insert(tx, session));

    expect(await runner.run((tx) => sessions.remove(tx, randomUUID(), session.id))).toBe(false);
    expect(await runner.run((tx) => sessions.remove(tx, session.staffId, session.id))).toBe(true);
    expect(await sessions.find(session.tokenHash, now)).toBeNull();
  });

  it('removes all sessions of one person, unless the transaction fails', async () => {
    const { runner, sessions } = open();
    const staffId = randomUUID();
    const others = buildSession();
    await runner.run(async (tx) => {
      for (const one of [buildSession({ staffId }), buildSession({ staffId }), others])
        await sessions.insert(tx, one);
    });
    const failed = runner.run(async (tx) => {
      await sessions.removeAll(tx, staffId);
      throw failure;
    });
    await expect(failed).rejects.toBe(failure);

    expect(await runner.run((tx) => sessions.removeAll(tx, staffId))).toBe(2);
    expect(await sessions.list(staffId, now)).toEqual([]);
    expect(await sessions.find(others.tokenHash, now)).toEqual(others);
  });
});

describe.each(adapters)('a store of staff requests %s', (_name, open) => {
  it('gives back a request as it was made', async () => {
    const { runner, requests } = open();
    const request = buildRequest();
    await runner.run((tx) => requests.insert(tx, request));

    expect(await requests.find(request.id)).toEqual(request);
    expect(await requests.find(randomUUID())).toBeNull();
  });

  it('lists the newest first', async () => {
    const { runner, requests } = open();
    const [older, newer] = [buildRequest({ at: later }), buildRequest({ at: new Date('2098-01-01') })];
    await runner.run(async (tx) => {
      for (const one of [older, newer]) await requests.insert(tx, one);
    });

    expect((await requests.list({}, 1)).map(({ id }) => id)).toEqual([newer.id]);
  });

  it('lists on from where a page ended, also among those of one moment', async () => {
    const { runner, requests } = open();
    const at = new Date('2099-01-01');
    const made = [buildRequest({ at }), buildRequest({ at }), buildRequest({ at })];
    await runner.run(async (tx) => {
      for (const one of made) await requests.insert(tx, one);
    });

    const [first, second] = await requests.list({}, 2);
    const [third] = await requests.list({ after: second!.id }, 1);
    expect([first!.id, second!.id, third!.id].sort()).toEqual(made.map(({ id }) => id).sort());
  });

  it('tells what can still be decided from what is over', async () => {
    const { runner, requests } = open();
    const at = new Date('2097-01-01');
    const [waiting, expired, decided] = [
      buildRequest({ at: new Date('2100-01-03'), expiresAt: new Date('2100-01-09') }),
      buildRequest({ at: new Date('2100-01-02'), expiresAt: at }),
      buildRequest({ at: new Date('2100-01-01'), expiresAt: new Date('2100-01-09'), state: 'refused' }),
    ];
    await runner.run(async (tx) => {
      for (const one of [waiting, expired, decided]) await requests.insert(tx, one);
    });

    const idsOf = async (is: boolean, limit: number) =>
      (await requests.list({ open: { is, at } }, limit)).map(({ id }) => id);
    expect(await idsOf(true, 1)).toEqual([waiting.id]);
    expect(await idsOf(false, 2)).toEqual([expired.id, decided.id]);
  });

  it('keeps one pending request of a kind about somebody, however many are made at once', async () => {
    const { runner, requests } = open();
    const { details, subject } = buildRequest();
    const made = await Promise.all(
      Array.from({ length: 8 }, () =>
        runner.run((tx) => requests.insert(tx, buildRequest({ details, subject }))),
      ),
    );

    expect(made.filter(Boolean)).toHaveLength(1);
  });

  it('takes another kind, or another person, or the same again once it is decided or expired', async () => {
    const { runner, requests } = open();
    const first = buildRequest({ expiresAt: later });
    const { details, subject } = first;
    const add = (overrides: Parameters<typeof buildRequest>[0]) =>
      runner.run((tx) =>
        requests.insert(tx, buildRequest({ details, subject, expiresAt: later, ...overrides })),
      );
    await runner.run((tx) => requests.insert(tx, first));

    expect(await add({ details: { kind: 'reactivate', staffId: subject } })).toBe(true);
    expect(await add({ subject: randomUUID() })).toBe(true);
    expect(await add({ at: later, expiresAt: new Date('2099-01-01') })).toBe(true);
    expect(await requests.find(first.id)).toMatchObject({ state: 'expired' });
  });

  it('is decided once, however many decide at once', async () => {
    const { runner, requests } = open();
    const request = buildRequest();
    await runner.run((tx) => requests.insert(tx, request));
    const decided = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        runner.run((tx) =>
          requests.decide(tx, request.id, 'approved', { by: { staffId: String(index), name: '' }, at: now }),
        ),
      ),
    );

    expect(decided.filter(Boolean)).toHaveLength(1);
    expect(await requests.find(request.id)).toMatchObject({
      state: 'approved',
      decision: { by: { staffId: String(decided.indexOf(true)) }, at: now },
    });
  });

  it('is not decided once it has expired', async () => {
    const { runner, requests } = open();
    const request = buildRequest({ expiresAt: now });
    await runner.run((tx) => requests.insert(tx, request));
    const decision = { by: { staffId: 'li', name: '李' }, at: now };

    expect(await runner.run((tx) => requests.decide(tx, request.id, 'approved', decision))).toBe(false);
  });
});
