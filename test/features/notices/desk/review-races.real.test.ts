import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditMigrations, createAuditFeature } from '../../../../src/features/audit/audit-feature.js';
import { NoticeControl } from '../../../../src/features/notices/desk/notice-control.js';
import { NoticeDesk } from '../../../../src/features/notices/desk/notice-desk.js';
import { NoticeReviews } from '../../../../src/features/notices/desk/notice-reviews.js';
import { NoticeStarter } from '../../../../src/features/notices/desk/notice-starter.js';
import { noticeMigration, NoticeStoreMongo } from '../../../../src/features/notices/notice-store-mongo.js';
import type { Notice, NoticeStage } from '../../../../src/features/notices/notice.js';
import { systemClock } from '../../../../src/core/clock.js';
import { silentLogger } from '../../../../src/observability/logger.js';
import { connectMongo, type MongoConnection } from '../../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../../src/storage/transactions-mongo.js';
import { buildActor } from '../../../support/audit-builders.js';
import { DeliveryStoreFake } from '../../../support/fakes/delivery-store-fake.js';
import {
  buildPending,
  buildPlan,
  noticeAccount,
  noticeHash,
  noticeReviewer,
} from '../../../support/notice-builders.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-database.js';

let database: TestDatabase;
let other: MongoConnection;
let here: ReturnType<typeof openNode>;
let there: ReturnType<typeof openNode>;

beforeAll(async () => {
  database = await openTestDatabase([...auditMigrations, noticeMigration]);
  other = await connectMongo(database.uri, silentLogger);
  here = openNode(database.connection);
  there = openNode(other);
});
afterAll(async () => {
  await other.close();
  await database.close();
});

function openNode(connection: MongoConnection) {
  const notices = new NoticeStoreMongo(connection);
  const transactions = new TransactionRunnerMongo(connection);
  const clock = systemClock;
  const { trail: audit } = createAuditFeature({ connection, clock });
  const starter = new NoticeStarter({ notices, clock, quietHours: { readQuietHours: async () => null } });
  const common = { notices, transactions, audit, clock, starter };
  const nothing = () => undefined;
  return {
    notices,
    transactions,
    audit,
    starter,
    reviews: new NoticeReviews({ ...common, onApproved: nothing }),
    control: new NoticeControl({ ...common, deliveries: new DeliveryStoreFake(), onChanged: nothing }),
    desk: new NoticeDesk({
      ...common,
      check: { check: async () => [] },
      lists: { keepForNotice: async () => undefined },
      newId: () => 'new',
      onSubmitted: nothing,
    }),
  };
}

async function keep(overrides: Partial<Notice> = {}): Promise<Notice> {
  const notice = buildPending(overrides);
  await here.transactions.run((tx) => here.notices.add(tx, notice));
  return notice;
}

const approval = ({ accountId, id }: Notice, stage: NoticeStage, staffId: string) => ({
  accountId,
  id,
  stage,
  hash: noticeHash,
  recipients: 130_000,
  channels: ['mass' as const],
  reviewer: noticeReviewer(staffId, 'editor', 'sectionHead', 'leader'),
});

async function actionsOf({ id }: Notice): Promise<string[]> {
  const { events } = await here.audit.list({ accountId: noticeAccount, objectId: id }, 100);
  return events.map(({ action }) => action);
}

const outcomes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((one) => (one.status === 'fulfilled' ? 'done' : one.reason.code)).sort();

const rounds = Array.from({ length: 10 }, (_, round) => round);

describe('on two nodes at once', () => {
  it.each(rounds)('two approvers of an emergency notice send it once (%i)', async () => {
    const notice = await keep({ kind: 'emergency' });
    const results = await Promise.allSettled([
      here.reviews.approve(approval(notice, 'emergency', 'wang')),
      there.reviews.approve(approval(notice, 'emergency', 'zhao')),
    ]);
    expect(outcomes(results)).toEqual(['done', 'notice_state']);
    expect((await here.desk.find(notice)).approvals).toHaveLength(1);
    expect(await actionsOf(notice)).toEqual(['notice.approve']);
  });

  it.each(rounds)('two approvers of the same stage leave one approval (%i)', async () => {
    const notice = await keep();
    const results = await Promise.allSettled([
      here.reviews.approve(approval(notice, 'first', 'wang')),
      there.reviews.approve(approval(notice, 'first', 'zhao')),
    ]);
    expect(outcomes(results)).toEqual(['done', 'stage_passed']);
    expect((await here.desk.find(notice)).approvals).toHaveLength(1);
    expect(await actionsOf(notice)).toEqual(['notice.approve']);
  });

  it.each(rounds)('a change and an approval leave either a draft or what was approved (%i)', async () => {
    const notice = await keep({ kind: 'emergency' });
    const change = { ...notice, actor: buildActor('li'), revision: 1, plan: buildPlan({ title: '改过' }) };
    const results = await Promise.allSettled([
      here.desk.change(change),
      there.reviews.approve(approval(notice, 'emergency', 'wang')),
    ]);
    expect(outcomes(results)).toEqual(['done', 'notice_state']);
    const after = await here.desk.find(notice);
    expect([after.state, after.title, after.hash]).toEqual(
      results[0]?.status === 'fulfilled' ? ['draft', '改过', null] : ['sending', notice.title, noticeHash],
    );
    expect(await actionsOf(notice)).toHaveLength(1);
  });

  it.each(rounds)('a scheduled notice that is cancelled as its time comes is either (%i)', async () => {
    const notice = await keep({ state: 'scheduled', startsAt: new Date(0) });
    const [started, cancelled] = await Promise.allSettled([
      here.starter.startDue(),
      there.control.cancel({ ...notice, actor: buildActor('li'), reason: '不发了' }),
    ]);
    expect(started.status).toBe('fulfilled');
    const { state, remark } = await here.desk.find(notice);
    expect([state, remark]).toEqual(
      cancelled.status === 'fulfilled' ? ['cancelled', '不发了'] : ['sending', ''],
    );
    await here.notices.finish(notice, new Date());
  });
});

describe('the trail', () => {
  it('and the notice change together or not at all', async () => {
    const notice = await keep();
    const broken = new NoticeReviews({
      notices: here.notices,
      starter: here.starter,
      transactions: here.transactions,
      audit: { append: async () => Promise.reject(new Error('no trail')) },
      clock: systemClock,
      onApproved: () => undefined,
    });
    await expect(broken.approve(approval(notice, 'first', 'wang'))).rejects.toThrow('no trail');
    expect(await here.desk.find(notice)).toEqual(notice);
  });
});
