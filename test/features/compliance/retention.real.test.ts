import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { systemAccount } from '../../../src/core/permissions.js';
import { appointmentMigrations } from '../../../src/features/appointments/appointments-feature.js';
import { appointmentNoticeMigrations } from '../../../src/features/appointments/notices-feature.js';
import { createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { citizenMigrations } from '../../../src/features/citizens/citizens-feature.js';
import { createPurge } from '../../../src/features/compliance/compliance-feature.js';
import type { RetentionKind } from '../../../src/features/compliance/retention-kind.js';
import { conversationMigrations } from '../../../src/features/conversations/conversations-feature.js';
import { dutyMigrations } from '../../../src/features/duty/duty-feature.js';
import { insightsMigrations } from '../../../src/features/insights/insights-feature.js';
import { messageMigrations } from '../../../src/features/messages/messages-feature.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { listRetentionKinds } from '../../../src/personal-data.js';
import { migrate } from '../../../src/storage/migrations.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { day, minute, monday } from '../../support/booking.js';
import { openBooking, type BookingBench } from '../../support/open-booking.js';

const hour = 60 * minute;

let bench: BookingBench;
let registry: Registry;
beforeEach(async () => {
  bench = await openBooking();
  registry = new Registry();
  await migrate(bench.connection, [
    ...appointmentMigrations,
    ...appointmentNoticeMigrations,
    ...messageMigrations,
    ...conversationMigrations,
    ...insightsMigrations,
    ...dutyMigrations,
    ...citizenMigrations,
  ]);
});
afterEach(() => bench.dispose());

describe('the nightly purge', () => {
  it('deletes visits that have had their time with their places, keeps the rest, and is on record', async () => {
    const slot = await bench.plan({ capacity: 2 });
    await bench.book(1, slot);
    await bench.book(2, slot);
    bench.clock.at = monday + 2 * day;
    await bench.desk.markMissed(bench.clock.at);
    const other = await bench.plan({ startsAt: new Date(monday + 183 * day + hour) });
    bench.clock.at = monday + 181 * day + 23 * hour;
    expect(await run()).toMatchObject([
      { kind: 'appointments', title: '预约', held: 0, oldest: null, overdue: 0, deleted: { missed: 2 } },
      { kind: 'owed-notices', keeps: { days: 90 }, held: 0, deleted: { expired: 2 } },
    ]);
    expect(await bench.records()).toEqual([]);
    expect(await bench.desk.reconcile()).toEqual([]);
    expect([await bench.taken(slot), await bench.taken(other)]).toEqual([0, 0]);

    const reports = await collection('purge_reports').find().toArray();
    expect(reports).toMatchObject([
      { kinds: { appointments: { deleted: { missed: 2 } } }, endedAt: new Date(bench.clock.at) },
    ]);
    const { trail } = createAuditFeature({ connection: bench.connection, clock: bench.clock });
    const { events } = await trail.list({ accountId: systemAccount }, 10);
    expect(events).toMatchObject([
      {
        action: 'personal-data.purge',
        by: { staffId: 'system' },
        changes: [
          { path: 'appointments.missed', after: { deleted: 2 } },
          { path: 'owed-notices.expired', after: { deleted: 2 } },
        ],
      },
    ]);
  });

  it('leaves what has time', async () => {
    await bench.book(1, await bench.plan());
    const [appointments] = await run();
    expect(appointments).toMatchObject({ held: 1, oldest: new Date(bench.clock.at), deleted: {} });
    expect(await bench.records()).toHaveLength(1);
  });

  it('looks at every kind, and tells staff in Chinese how long each is kept', async () => {
    const report = await createPurge(listRetentionKinds(bench.connection), parts()).run();
    expect(report.map(({ kind }) => kind)).toEqual([
      'appointments',
      'registrations',
      'tickets',
      'check-ins',
      'orders',
      'owed-notices',
      'messages',
      'chat',
      'outbox',
      'unanswered-questions',
      'unanswered-wordings',
      'unanswered-askers',
      'rating-samples',
      'duty-alerts',
      'citizen-sessions',
      'notice-deliveries',
      'notice-lists',
      'notice-early-reports',
    ]);
    for (const { title, keeps } of report)
      expect(title + ('rule' in keeps ? keeps.rule : '')).toMatch(/\p{Script=Han}/u);
  });

  it('finds what a broken index has left, deletes it, and raises the alarm', async () => {
    await collection('messages').dropIndex('expiry');
    const at = new Date(bench.clock.at - 181 * day);
    const expiresAt = new Date(bench.clock.at - 2 * hour);
    await collection('messages').insertMany([
      { accountId: 'a', receipt: 'old', openid: 'o', key: '1', at, expiresAt },
      { accountId: 'a', receipt: 'new', openid: 'o', key: '2', at, expiresAt: new Date(bench.clock.at) },
    ]);
    const [messages] = await run('messages');
    expect(messages).toMatchObject({ held: 1, oldest: at, overdue: 1, deleted: { overdue: 1 } });
    expect(await collection('messages').distinct('receipt')).toEqual(['new']);
    expect(await registry.metrics()).toContain('suishen_overdue_records_total{kind="messages"} 1');
  });

  it('reckons the end of what has no date of its own from when it was made', async () => {
    await collection('outbox').dropIndex('expiry');
    const made = (daysAgo: number) => ({
      key: `${daysAgo}`,
      createdAt: new Date(bench.clock.at - daysAgo * day),
    });
    await collection('outbox').insertMany([made(91), made(89)]);
    expect(await run('outbox')).toMatchObject([{ held: 1, overdue: 1 }]);
  });

  it('goes on to the other kinds where one fails, and then fails itself', async () => {
    const broken: RetentionKind = {
      kind: 'broken',
      title: '坏的',
      keeps: { days: 1 },
      purge: () => Promise.reject(new Error('no such collection')),
    };
    const kinds = [broken, ...listRetentionKinds(bench.connection)];
    await expect(createPurge(kinds, parts()).run()).rejects.toThrow('broken: no such collection');
    const [report] = await collection('purge_reports').find().toArray();
    expect(report).toMatchObject({
      endedAt: expect.any(Date),
      kinds: { broken: { failure: expect.any(String) } },
    });
  });
});

/** What is kept of appointments, or that kind. */
function run(only?: string) {
  const kinds = listRetentionKinds(bench.connection).filter(({ kind }) =>
    only === undefined ? ['appointments', 'owed-notices'].includes(kind) : kind === only,
  );
  return createPurge(kinds, parts()).run();
}

function parts() {
  const { connection, clock } = bench;
  const { trail: audit } = createAuditFeature({ connection, clock });
  return { connection, audit, clock, logger: silentLogger, registry };
}

function collection(name: string) {
  return databaseOf(bench.connection).collection(name);
}
