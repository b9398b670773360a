import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { UserError } from '../../../../src/core/errors.js';
import type { NoticeMessenger, SendOutcome } from '../../../../src/core/outbound-messenger.js';
import {
  createActivityNoticeBook,
  createActivityNotices,
} from '../../../../src/features/activities/activity-notices-feature.js';
import type { Activity } from '../../../../src/features/activities/activity.js';
import {
  registrationMigration,
  RegistrationStoreMongo,
} from '../../../../src/features/activities/registration-store-mongo.js';
import type { Registration, RegistrationState } from '../../../../src/features/activities/registration.js';
import { auditMigrations, createAuditFeature } from '../../../../src/features/audit/audit-feature.js';
import {
  createOwedNotices,
  owedNoticeMigrations,
} from '../../../../src/features/owed-notices/owed-notices-feature.js';
import { silentLogger } from '../../../../src/observability/logger.js';
import { databaseOf } from '../../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../../src/storage/transactions-mongo.js';
import {
  accountId,
  buildActivity,
  buildGroup,
  buildRegistration,
  day,
  hour,
  minute,
  monday,
} from '../../../support/activity-builders.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-database.js';

/** Ten in the morning of the day before the activity. */
const ten = monday + 4 * day + 2 * hour;
const movedAt = new Date(monday + hour);
const actor = { by: { staffId: 's1', name: '小李' }, from: { address: '127.0.0.1', agent: 'test' } };
const ofActivities = { accountId, subjectKind: 'registration' };

let database: TestDatabase;
let activity: Activity;
let now: number;
let sent: string[];
/** What the platform answers next; by default everything arrives. */
let answers: SendOutcome[];
beforeEach(async () => {
  database = await openTestDatabase([...auditMigrations, registrationMigration, ...owedNoticeMigrations]);
  activity = buildActivity({ movedAt });
  now = monday + 2 * hour;
  sent = [];
  answers = [];
});
afterEach(() => database.close());

describe('that time or place has changed', () => {
  it('is owed once to everybody who stands and agreed before, also by two nodes at once', async () => {
    const standing: RegistrationState[] = ['applied', 'held', 'waiting', 'offered', 'confirmed'];
    const ended: RegistrationState[] = ['arrived', 'unsuccessful', 'cancelled', 'closed', 'lapsed'];
    for (const [nth, state] of [...standing, ...ended].entries()) await register(nth, { state });
    await register(20, { agreedAt: movedAt });
    const [one, other] = [open(), open()];
    await Promise.all([plan(one), plan(other), plan(one), plan(other)]);
    expect((await owed()).map(({ openid }) => openid).sort()).toEqual(['o-0', 'o-1', 'o-2', 'o-3', 'o-4']);
    expect(await plan(one)).toEqual({ reminders: 0, changes: 0 });
  });

  it('is owed to the rest by the next run, where one was cut off', async () => {
    for (let nth = 0; nth < 250; nth += 1) await register(nth);
    const cut = new AbortController();
    const { jobs } = open((found) => {
      if (found.length < 200) cut.abort();
    });
    await jobs[0]!.work(cut.signal);
    expect(await owed()).toHaveLength(200);
    expect(await plan(open())).toEqual({ reminders: 0, changes: 50 });
    expect(new Set((await owed()).map(({ openid }) => openid)).size).toBe(250);
  });

  it('is another message when it changes again, and the one before is not sent any more', async () => {
    await register(1);
    const notices = open();
    await plan(notices);
    activity = buildActivity({ movedAt: new Date(monday + 90 * minute), place: '剑英体育馆' });
    await plan(notices);
    await notices.worker.sendDue();
    expect(sent).toEqual([expect.stringContaining('剑英体育馆')]);
    expect((await owed()).map(({ state, reason }) => [state, reason])).toEqual([
      ['dropped', 'no_longer_so'],
      ['sent', undefined],
    ]);
  });

  it('is not said of an activity that is cancelled', async () => {
    await register(1);
    activity = buildActivity({ movedAt, state: 'cancelled' });
    expect(await plan(open())).toEqual({ reminders: 0, changes: 0 });
  });
});

describe('the reminder of the day before', () => {
  it('is owed at ten to whoever comes, once, and says when people are let in', async () => {
    activity = buildActivity();
    await register(1);
    await register(2, { state: 'held' });
    const notices = open();
    now = ten - 1;
    expect(await plan(notices)).toEqual({ reminders: 0, changes: 0 });
    now = ten;
    expect(await plan(notices)).toEqual({ reminders: 1, changes: 0 });
    expect(await plan(notices)).toEqual({ reminders: 0, changes: 0 });
    await notices.worker.sendDue();
    expect(sent).toEqual([expect.stringMatching(/^提醒您，明天有活动：警营开放日/)]);
    now = ten + day;
    expect(await plan(notices)).toEqual({ reminders: 0, changes: 0 });
  });

  it('goes by the time of the shift, and not to whoever registered after it fell due', async () => {
    const startsAt = new Date(activity.startsAt.getTime() + day);
    const endsAt = new Date(startsAt.getTime() + hour);
    activity = buildActivity({
      groups: [buildGroup(), buildGroup({ id: 'sunday', name: '周日', startsAt, endsAt })],
    });
    await register(1);
    await register(2, { changedAt: new Date(ten) });
    await register(3, { groupId: 'sunday' });
    now = ten + minute;
    await plan(open());
    expect((await owed()).map(({ openid }) => openid)).toEqual(['o-1']);
    now = ten + day;
    await plan(open());
    expect((await owed()).map(({ openid }) => openid)).toEqual(['o-1', 'o-3']);
  });
});

describe('a message about a registration that did not arrive', () => {
  it('is shown among those of activities only, and sent once more for a reason', async () => {
    answers = [{ status: 'refused', reason: 'receiver_permanent:43004' }];
    const { registrationId, openid } = await register(1, { state: 'cancelled', endedBecause: '名额有误' });
    const at = new Date(now);
    const book = createActivityNoticeBook(database.connection);
    await new TransactionRunnerMongo(database.connection).run((tx) =>
      book.add(tx, {
        accountId,
        registrationId,
        openid,
        kind: 'cancelled',
        about: at,
        dueAt: at,
        until: new Date(now + day),
      }),
    );
    const { worker, undelivered } = open();
    await worker.sendDue();
    const [entry] = await undelivered.list(ofActivities, { limit: 10 });
    expect(entry).toMatchObject({
      notice: { kind: 'cancelled', state: 'refused', said: expect.stringContaining('原因：名额有误。') },
      about: { title: '警营开放日', day: '2026-11-28', person: { name: '市**' } },
      isRepeatable: true,
    });
    const order = { noticeId: entry!.notice.id, reason: '市民打电话来问' };
    const ofVisits = { accountId, subjectKind: 'appointment' };
    await expect(undelivered.list(ofVisits, { limit: 10 })).rejects.toThrow('no subject of notices');
    await expect(undelivered.repeat({ ...ofVisits, ...order }, actor)).rejects.toMatchObject({
      code: 'not_found',
    });
    await undelivered.repeat({ ...ofActivities, ...order }, actor);
    await worker.sendDue();
    expect((await owed()).map(({ state }) => state)).toEqual(['sent']);
    expect(sent).toHaveLength(2);
  });
});

/** One node. @param onPage told of each page of registrations that is read. */
function open(onPage: (page: readonly Registration[]) => void = () => undefined) {
  const { connection } = database;
  const registrations = new RegistrationStoreMongo(connection);
  const clock = { now: () => now };
  const messenger: NoticeMessenger = {
    async sendNotice(_accountId, _openid, { reply }, { beforeCall }) {
      const channel = 'customer_service';
      if (!(await beforeCall(channel))) return null;
      sent.push(reply.kind === 'text' ? reply.text : '');
      return { channel, outcome: answers.shift() ?? { status: 'sent' } };
    },
  };
  const { subject, jobs } = createActivityNotices({
    connection,
    accountIds: [accountId],
    activities: { find: async () => activity, listPublic: async () => [activity] },
    registrations: {
      find: (...key) => registrations.find(...key),
      async list(...selection) {
        const page = await registrations.list(...selection);
        onPage(page);
        return page;
      },
    },
    orders: { find: () => Promise.reject(new UserError('no_such_order', '没有这个订单')) },
    applicants: { openMasked: () => ({ name: '市**', idNumber: '441***', phone: '138****0000' }) },
    templateOf: () => undefined,
    pageOf: (account, id) => `https://example.gov.cn/h5/${account}/registrations/${id}`,
    clock,
  });
  const notices = createOwedNotices({
    connection,
    subjects: [subject],
    messenger,
    audit: createAuditFeature({ connection, clock }).trail,
    clock,
    registry: new Registry(),
    logger: silentLogger,
  });
  return { ...notices, jobs };
}

function plan({ jobs }: Pick<ReturnType<typeof open>, 'jobs'>) {
  return jobs[0]!.work(new AbortController().signal);
}

async function register(nth: number, overrides: Partial<Registration> = {}): Promise<Registration> {
  const registration = buildRegistration(nth, overrides);
  const { connection } = database;
  await new TransactionRunnerMongo(connection).run((tx) =>
    new RegistrationStoreMongo(connection).add(tx, registration),
  );
  return registration;
}

function owed() {
  return databaseOf(database.connection).collection('owed_notices').find().sort({ _id: 1 }).toArray();
}
