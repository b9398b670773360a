import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { usualKeywords } from '../../../../src/core/notice-template.js';
import type {
  NoticeMessenger,
  OutboundChannel,
  OutboundNotice,
  SendOutcome,
} from '../../../../src/core/outbound-messenger.js';
import { systemAccount } from '../../../../src/core/permissions.js';
import {
  createNoticesFeature,
  noticeMigrations,
} from '../../../../src/features/appointments/notices-feature.js';
import type { TimetableReader } from '../../../../src/features/appointments/timetable-reader.js';
import { createAuditFeature } from '../../../../src/features/audit/audit-feature.js';
import { silentLogger } from '../../../../src/observability/logger.js';
import { migrate } from '../../../../src/storage/migrations.js';
import { databaseOf } from '../../../../src/storage/mongo-connection.js';
import { accountId, citizen, day, minute, monday } from '../../../support/booking.js';
import { openBooking, type BookingBench } from '../../../support/open-booking.js';

const hour = 60 * minute;
/** Ten in the morning of the day that the clock stands at. */
const ten = monday + 2 * hour;
const actor = { by: { staffId: 's1', name: '小李' }, from: { address: '127.0.0.1', agent: 'test' } };

let bench: BookingBench;
let sent: { channel: OutboundChannel; openid: string; notice: OutboundNotice }[];
/** What the platform answers next, by channel; by default everything arrives. */
let answers: Partial<Record<OutboundChannel, SendOutcome[]>>;
beforeEach(async () => {
  bench = await openBooking();
  await migrate(bench.connection, noticeMigrations);
  sent = [];
  answers = {};
});
afterEach(() => bench.dispose());

describe('a reminder', () => {
  it('is owed at ten the day before and two hours before, once each, and names what counts', async () => {
    const slot = await bench.plan();
    await bench.book(1, slot);
    const { reminders, worker } = open();
    expect(await reminders.plan()).toEqual({ day: 0, hours: 0 });
    bench.clock.at = ten;
    expect(await reminders.plan()).toEqual({ day: 1, hours: 0 });
    expect(await reminders.plan()).toEqual({ day: 0, hours: 0 });
    await worker.sendDue();
    expect(texts()).toEqual([expect.stringMatching(/明天有预约：身份证，11月24日（周二）上午 9:00–9:30/)]);
    bench.clock.at = slot.startsAt.getTime() - 2 * hour;
    expect(await reminders.plan()).toEqual({ day: 0, hours: 1 });
    await worker.sendDue();
    expect(texts()).toHaveLength(2);
    expect(texts()[1]).toContain('今天有预约');
    expect(await ended()).toMatchObject([
      { kind: 'reminder_day', state: 'sent', channel: 'customer_service' },
      { kind: 'reminder_hours', state: 'sent', channel: 'customer_service' },
    ]);
  });

  it('is not owed to whoever has just booked', async () => {
    const slot = await bench.plan();
    bench.clock.at = ten + minute;
    await bench.book(1, slot);
    expect(await open().reminders.plan()).toEqual({ day: 0, hours: 0 });
  });

  it('is not sent once its visit was cancelled or moved; the new time has a reminder of its own', async () => {
    const slot = await bench.plan({ capacity: 2 });
    const later = await bench.plan({ startsAt: new Date(slot.startsAt.getTime() + hour) });
    const gone = await bench.book(1, slot);
    const moved = await bench.book(2, slot);
    const { reminders, worker } = open();
    bench.clock.at = ten;
    await reminders.plan();
    bench.clock.at = ten + minute;
    await bench.desk.cancel(citizen(1), gone.appointmentId);
    await bench.desk.move(citizen(2), moved.appointmentId, later.slotId);
    await worker.sendDue();
    expect(sent).toEqual([]);
    expect((await ended()).map(({ state, reason }) => [state, reason])).toEqual([
      ['dropped', 'no_longer_so'],
      ['dropped', 'no_longer_so'],
    ]);
    bench.clock.at = later.startsAt.getTime() - hour;
    expect(await reminders.plan()).toEqual({ day: 0, hours: 1 });
    await worker.sendDue();
    expect(sent.map(({ openid }) => openid)).toEqual([citizen(2).openid]);
  });

  it('is dropped once it is too late', async () => {
    const slot = await bench.plan();
    await bench.book(1, slot);
    const { reminders, worker } = open();
    bench.clock.at = ten;
    await reminders.plan();
    bench.clock.at = monday + day - 8 * hour;
    await worker.sendDue();
    expect(await ended()).toMatchObject([{ state: 'dropped', reason: 'too_late' }]);
  });
});

describe('a notice', () => {
  it('of a closed visit says why, and when else there are places', async () => {
    const slot = await bench.plan();
    const { appointmentId } = await bench.book(1, slot);
    await bench.close(slot, '系统升级');
    await bench.desk.displace(accountId, appointmentId, '系统升级');
    await open().worker.sendDue();
    expect(texts()[0]).toContain('原因：系统升级。');
    expect(texts()[0]).toContain('· 11月25日（周三）上午 9:00–9:30，示例办证大厅，余 3');
  });

  it('of a cancelled visit says why, and goes as a template message outside of the window', async () => {
    answers.customer_service = [{ status: 'refused', reason: 'receiver_window:45015' }];
    await cancelByStaff();
    await open().worker.sendDue();
    expect(sent.at(-1)).toMatchObject({
      channel: 'template',
      notice: {
        template: {
          templateId: 'template-1',
          url: 'https://example.gov.cn/me',
          data: { thing1: '身份证', time3: '2026年11月24日 09:00', thing4: '预约已由大厅取消' },
        },
      },
    });
    expect(await ended()).toMatchObject([{ state: 'sent', channel: 'template' }]);
  });

  it('is refused, and shown so, where the account has no template', async () => {
    answers.customer_service = [{ status: 'refused', reason: 'receiver_window:45015' }];
    await cancelByStaff();
    await open({ templateOf: () => undefined }).worker.sendDue();
    expect(await ended()).toMatchObject([{ state: 'refused', channel: 'template', reason: 'no_template' }]);
  });

  it('is tried again, later and later, while the platform cannot take it', async () => {
    const retry: SendOutcome = { status: 'retry', reason: 'transient:-1', retryAfterMs: 1 };
    answers.customer_service = [retry, retry];
    await cancelByStaff();
    const { worker } = open();
    for (const pauseMs of [0, 10_000, 20_000]) {
      bench.clock.at += pauseMs - 1;
      expect(await worker.sendDue()).toBe(0);
      bench.clock.at += 1;
      expect(await worker.sendDue()).toBe(1);
    }
    expect(await ended()).toMatchObject([{ state: 'sent', attempts: 3 }]);
  });

  it('is unknown, and never sent again, when a customer-service message broke off', async () => {
    answers.customer_service = [{ status: 'unknown', reason: 'platform_timeout' }];
    await cancelByStaff();
    const { worker } = open();
    await worker.sendDue();
    bench.clock.at += hour;
    await worker.sendDue();
    expect(sent).toHaveLength(1);
    expect(await ended()).toMatchObject([{ state: 'unknown', reason: 'platform_timeout' }]);
  });

  it('that broke off as a template message is repeated as one with the same id, and for nine minutes only', async () => {
    const broken: SendOutcome = { status: 'unknown', reason: 'platform_timeout' };
    answers.customer_service = [{ status: 'refused', reason: 'receiver_window:45015' }];
    answers.template = [broken, broken];
    await cancelByStaff();
    const { worker } = open();
    await worker.sendDue();
    bench.clock.at += minute;
    await worker.sendDue();
    expect(sent.map(({ channel }) => channel)).toEqual(['customer_service', 'template', 'template']);
    expect(new Set(sent.map(({ notice }) => notice.clientMsgId)).size).toBe(1);
    bench.clock.at += 9 * minute;
    await worker.sendDue();
    expect(sent).toHaveLength(3);
    expect(await ended()).toMatchObject([{ state: 'unknown', channel: 'template' }]);
  });
});

describe('the purge', () => {
  it('deletes what has had its time with its place, keeps the rest, and leaves a report on record', async () => {
    const slot = await bench.plan({ capacity: 2 });
    await bench.book(1, slot);
    await bench.book(2, slot);
    bench.clock.at = monday + 2 * day;
    await bench.desk.markMissed(bench.clock.at);
    const other = await bench.plan({ startsAt: new Date(monday + 183 * day + hour) });
    bench.clock.at = monday + 181 * day + 23 * hour;
    expect(await open().purge.run()).toEqual({ notices: 2, 'appointments-missed': 2 });
    expect(await bench.records()).toEqual([]);
    expect(await bench.desk.reconcile()).toEqual([]);
    expect(await bench.taken(slot)).toBe(0);
    expect(await bench.taken(other)).toBe(0);
    const reports = await databaseOf(bench.connection).collection('purge_reports').find().toArray();
    expect(reports).toMatchObject([{ deleted: { notices: 2 }, endedAt: new Date(bench.clock.at) }]);
    const { trail } = createAuditFeature({ connection: bench.connection, clock: bench.clock });
    const { events } = await trail.list({ accountId: systemAccount }, 10);
    expect(events).toMatchObject([{ action: 'personal-data.purge', by: { staffId: 'system' } }]);
  });

  it('leaves what has time', async () => {
    await bench.book(1, await bench.plan());
    expect(await open().purge.run()).toEqual({ notices: 0 });
    expect(await bench.records()).toHaveLength(1);
  });
});

function open(overrides: Partial<Parameters<typeof createNoticesFeature>[0]> = {}) {
  const { connection, offers, clock } = bench;
  const messenger: NoticeMessenger = {
    async sendNotice(_accountId, openid, notice, { only, beforeCall }) {
      for (const channel of ['customer_service', 'template'] as const) {
        if (only && only !== channel) continue;
        if (channel === 'template' && !notice.template)
          return { channel, outcome: { status: 'refused', reason: 'no_template' } };
        if (!(await beforeCall(channel))) return null;
        sent.push({ channel, openid, notice });
        const outcome = answers[channel]?.shift() ?? { status: 'sent' };
        const isOver = outcome.status === 'refused' && outcome.reason.startsWith('receiver_window');
        if (channel === 'template' || !isOver) return { channel, outcome };
      }
      return null;
    },
  };
  return createNoticesFeature({
    connection,
    offers,
    timetable: freeTimes,
    messenger,
    templateOf: () => ({ id: 'template-1', keywords: usualKeywords }),
    pageOf: () => 'https://example.gov.cn/me',
    audit: createAuditFeature({ connection, clock }).trail,
    clock,
    registry: new Registry(),
    logger: silentLogger,
    ...overrides,
  });
}

/** One time, the day after tomorrow. */
const freeTimes: TimetableReader = {
  services: async () => [],
  venuesOf: async () => [{ id: 'hall-a', name: '示例办证大厅', address: '', phone: '', note: '' }],
  days: async () => [{ day: '2026-11-25', state: 'free', free: 3 }],
  slots: async (_accountId, service, venue, on) => [
    {
      slotId: 's9',
      service,
      venue,
      day: on,
      startsAt: new Date('2026-11-25T01:00:00Z'),
      endsAt: new Date('2026-11-25T01:30:00Z'),
      state: 'free',
      free: 3,
    },
  ],
};

async function cancelByStaff(): Promise<void> {
  const { appointmentId } = await bench.book(1, await bench.plan());
  await bench.desk.cancelForCitizen({ accountId, appointmentId, reason: '窗口停电' }, actor);
}

function texts(): string[] {
  return sent.map(({ notice: { reply } }) => (reply.kind === 'text' ? reply.text : ''));
}

function ended() {
  return databaseOf(bench.connection).collection('appointment_notices').find().sort({ _id: 1 }).toArray();
}
