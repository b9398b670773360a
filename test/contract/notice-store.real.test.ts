import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import { noticeMigration, NoticeStoreMongo } from '../../src/features/notices/notice-store-mongo.js';
import type { NoticeStore } from '../../src/features/notices/notice-store.js';
import type { Notice, NoticeHold } from '../../src/features/notices/notice.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { NoticeStoreFake } from '../support/fakes/notice-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { buildNotice, buildPending, noticeAccount, noticeHash } from '../support/notice-builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase([noticeMigration]);
});
afterAll(() => database.close());

interface Bench {
  notices: NoticeStore;
  transactions: TransactionRunner;
}

const kinds: [string, () => Bench][] = [
  ['in memory', () => ({ notices: new NoticeStoreFake(), transactions: new TransactionRunnerFake() })],
  [
    'on MongoDB',
    () => ({
      notices: new NoticeStoreMongo(database.connection),
      transactions: new TransactionRunnerMongo(database.connection),
    }),
  ],
];

const now = new Date('2026-11-22T08:00:00Z');
const later = new Date('2026-11-22T09:00:00Z');
const size = { recipients: 2, byChannel: { mass: 2 }, skipped: {} };

describe.each(kinds)('the store of notices %s', (_, open) => {
  let bench: Bench;

  beforeEach(async () => {
    bench = open();
    await database.connection.db!.collection('notices').deleteMany({});
  });

  async function keep(notice: Notice): Promise<Notice> {
    await bench.transactions.run((tx) => bench.notices.add(tx, notice));
    return notice;
  }
  const find = (notice: Notice) => bench.notices.find(notice);
  const replace = (before: Notice, after: Notice) =>
    bench.transactions.run((tx) => bench.notices.replace(tx, before, after));

  it('keeps a notice as it is, for its account', async () => {
    const notice = await keep(
      buildPending({
        content: {
          body: { kind: 'text', text: '{{姓名}}' },
          template: { templateId: 't', values: { thing1: '事' } },
        },
        audience: { kind: 'segment', conditions: [{ kind: 'followed', from: '2026-01-01' }] },
        sendAt: now,
        approvals: [{ stage: 'first', by: { staffId: 'wang', name: '王' }, at: now }],
      }),
    );
    expect(await find(notice)).toEqual(notice);
    expect(await bench.notices.find({ ...notice, accountId: 'meizhou-traffic' })).toBeNull();
  });

  it('lists the newest first, by state and page by page', async () => {
    const days = ['20', '21', '22'];
    const kept: Notice[] = [];
    for (const day of days) {
      kept.push(await keep(buildNotice({ createdAt: new Date(`2026-11-${day}T00:00:00Z`) })));
    }
    const [first, second, third] = kept as [Notice, Notice, Notice];
    const pending = await keep(buildPending({ createdAt: third.createdAt, id: 'zz' }));
    await keep(buildNotice({ accountId: 'meizhou-traffic' }));
    const ids = async (page: Parameters<NoticeStore['list']>[1]) =>
      (await bench.notices.list(noticeAccount, page)).map(({ id }) => id);
    expect(await ids({ limit: 3 })).toEqual([pending.id, third.id, second.id]);
    expect(await ids({ limit: 3, before: third.id })).toEqual([second.id, first.id]);
    expect(await ids({ limit: 3, states: ['pending'] })).toEqual([pending.id]);
    expect(await ids({ limit: 3, before: 'nothing' })).toEqual([]);
  });

  it('replaces only what is still as it was', async () => {
    const notice = await keep(buildPending());
    const approved = {
      ...notice,
      approvals: [{ stage: 'first' as const, by: { staffId: 'wang', name: '王' }, at: now }],
    };
    expect(await replace(notice, approved)).toBe(true);
    expect(await replace(notice, approved)).toBe(false);
    expect(await replace({ ...approved, revision: 2 }, notice)).toBe(false);
    expect(await replace({ ...approved, state: 'draft' }, notice)).toBe(false);
    expect(await replace({ ...approved, preparation: 2 }, notice)).toBe(false);
    expect(await find(notice)).toEqual(approved);
  });

  it('removes only what is still as it was', async () => {
    const notice = await keep(buildNotice());
    const remove = (expected: Notice) => bench.transactions.run((tx) => bench.notices.remove(tx, expected));
    expect(await remove({ ...notice, revision: 7 })).toBe(false);
    expect(await remove(notice)).toBe(true);
    expect(await find(notice)).toBeNull();
  });

  it('keeps nothing of a transaction that fails', async () => {
    const notice = await keep(buildNotice());
    await expect(
      bench.transactions.run(async (tx) => {
        await bench.notices.add(tx, buildNotice({ id: 'another' }));
        await bench.notices.replace(tx, notice, { ...notice, title: '改过' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await bench.notices.list(noticeAccount, { limit: 9 })).toEqual([notice]);
  });

  it('hands out what is to be prepared, emergencies first, to one worker at a time', async () => {
    const routine = await keep(buildNotice({ state: 'preparing', submittedAt: now }));
    const urgent = await keep(buildNotice({ state: 'preparing', kind: 'emergency', submittedAt: later }));
    expect(await bench.notices.claimPreparing(now, later)).toEqual(urgent);
    expect(await bench.notices.claimPreparing(now, later)).toEqual(routine);
    expect(await bench.notices.claimPreparing(now, later)).toBeNull();
    expect(await bench.notices.claimPreparing(later, later)).toEqual(urgent);
  });

  it('finishes only the preparation that is wanted', async () => {
    const notice = await keep(buildNotice({ state: 'preparing', preparation: 2 }));
    const prepared = { size, hash: noticeHash };
    expect(await bench.notices.finishPreparing({ ...notice, preparation: 1 }, prepared)).toBe(false);
    expect(await bench.notices.finishPreparing(notice, prepared)).toBe(true);
    expect(await bench.notices.finishPreparing(notice, prepared)).toBe(false);
    expect(await find(notice)).toEqual({ ...notice, ...prepared, state: 'pending' });
  });

  it('gives a notice that cannot be prepared back with a remark', async () => {
    const notice = await keep(buildNotice({ state: 'preparing', preparation: 1, submittedAt: now }));
    await bench.notices.failPreparing(notice, '没有收件人');
    expect(await find(notice)).toEqual({
      ...notice,
      state: 'draft',
      remark: '没有收件人',
      submittedAt: null,
      submittedBy: null,
    });
  });

  it('starts what is due, once', async () => {
    const scheduled = await keep(buildPending({ state: 'scheduled', startsAt: now }));
    const hold: NoticeHold = { cause: 'quota', reason: 'quota:45009', since: now, until: now };
    const startedAt = new Date('2026-11-22T07:00:00Z');
    const paused = await keep(buildPending({ state: 'paused', hold, startedAt, submittedAt: later }));
    await keep(buildPending({ state: 'scheduled', startsAt: later }));
    await keep(buildPending({ state: 'paused', hold: { ...hold, until: null } }));
    expect(await bench.notices.listDue(now)).toEqual([scheduled, paused]);
    expect(await bench.notices.start(scheduled, now)).toBe(true);
    expect(await bench.notices.start(scheduled, now)).toBe(false);
    expect(await bench.notices.start(paused, now)).toBe(true);
    expect(await find(scheduled)).toMatchObject({ state: 'sending', startedAt: now, startsAt: null });
    expect(await find(paused)).toMatchObject({ state: 'sending', startedAt, hold: null });
    expect(await bench.notices.listDue(now)).toEqual([]);
  });

  it('postpones what is due', async () => {
    const hold: NoticeHold = { cause: 'quota', reason: 'quota:45009', since: now, until: now };
    const scheduled = await keep(buildPending({ state: 'scheduled', startsAt: now }));
    const paused = await keep(buildPending({ state: 'paused', hold }));
    expect(await bench.notices.postpone(scheduled, later)).toBe(true);
    expect(await bench.notices.postpone(paused, later)).toBe(true);
    expect(await bench.notices.listDue(now)).toEqual([]);
    expect(await find(scheduled)).toMatchObject({ startsAt: later });
    expect(await find(paused)).toMatchObject({ hold: { ...hold, until: later } });
  });

  it('holds and finishes only what is being sent', async () => {
    const sending = await keep(buildPending({ state: 'sending' }));
    const hold: NoticeHold = { cause: 'token', reason: 'token:40001', since: now, until: null };
    expect(await bench.notices.listSending()).toEqual([sending]);
    expect(await bench.notices.hold(sending, hold)).toBe(true);
    expect(await find(sending)).toMatchObject({ state: 'paused', hold });
    expect(await bench.notices.hold(sending, hold)).toBe(false);
    expect(await bench.notices.finish(sending, now)).toBe(false);
    await bench.notices.start({ ...sending, state: 'paused', hold }, now);
    expect(await bench.notices.finish(sending, later)).toBe(true);
    expect(await find(sending)).toMatchObject({ state: 'finished', endedAt: later });
  });

  it('remembers what was cancelled until its rows are settled', async () => {
    const sending = await keep(buildPending({ state: 'sending' }));
    const draft = await keep(buildNotice());
    await replace(sending, { ...sending, state: 'cancelled' });
    await replace(draft, { ...draft, state: 'cancelled' });
    expect(await bench.notices.listUnsettled()).toMatchObject([{ id: sending.id, state: 'cancelled' }]);
    await bench.notices.settle(sending);
    expect(await bench.notices.listUnsettled()).toEqual([]);
  });
});
