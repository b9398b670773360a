import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { appointmentKeywords } from '../../../../src/core/notice-template.js';
import type {
  NoticeMessenger,
  OutboundChannel,
  OutboundNotice,
  SendOutcome,
} from '../../../../src/core/outbound-messenger.js';
import {
  createAppointmentNotices,
  appointmentNoticeMigrations,
} from '../../../../src/features/appointments/notices-feature.js';
import type { Slot } from '../../../../src/features/appointments/slot.js';
import type { TimetableReader } from '../../../../src/features/appointments/timetable-reader.js';
import { createAuditFeature } from '../../../../src/features/audit/audit-feature.js';
import { createOwedNotices } from '../../../../src/features/owed-notices/owed-notices-feature.js';
import type { NoticeReport } from '../../../../src/features/owed-notices/undelivered-notice-store.js';
import { silentLogger } from '../../../../src/observability/logger.js';
import { migrate } from '../../../../src/storage/migrations.js';
import { databaseOf } from '../../../../src/storage/mongo-connection.js';
import { accountId, citizen, day, deskCipher, minute, monday } from '../../../support/booking.js';
import { openBooking, type BookingBench } from '../../../support/open-booking.js';

const hour = 60 * minute;
/** Ten in the morning of the day that the clock stands at. */
const ten = monday + 2 * hour;
const actor = { by: { staffId: 's1', name: '小李' }, from: { address: '127.0.0.1', agent: 'test' } };

const ofVisits = { accountId, subjectKind: 'appointment' };

let bench: BookingBench;
let sent: { channel: OutboundChannel; openid: string; notice: OutboundNotice }[];
/** What the platform answers next, by channel; by default everything arrives. */
let answers: Partial<Record<OutboundChannel, SendOutcome[]>>;
beforeEach(async () => {
  bench = await openBooking();
  await migrate(bench.connection, appointmentNoticeMigrations);
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

describe('what did not arrive', () => {
  const order = (noticeId: string, reason = '市民打电话来问') => ({ ...ofVisits, noticeId, reason });
  const refused: SendOutcome = { status: 'refused', reason: 'receiver_permanent:43004' };

  it('is listed with who it was for, masked, what it said without the code, and why', async () => {
    answers.customer_service = [refused];
    const slot = await bench.plan();
    const { code } = await bench.book(1, slot);
    bench.clock.at = ten;
    const { reminders, worker, undelivered } = open();
    await reminders.plan();
    await worker.sendDue();
    expect(sent[0]?.notice.reply).toMatchObject({ text: expect.stringContaining(code!) });
    const [entry] = await undelivered.list(ofVisits, { limit: 10 });
    expect(entry).toMatchObject({
      notice: { kind: 'reminder_day', state: 'refused', reason: 'receiver_permanent:43004' },
      about: { title: '身份证', day: '2026-11-24', person: { name: '市**', phone: '138****0000' } },
      isRepeatable: true,
    });
    expect(entry?.notice.said).toMatch(/明天有预约：身份证/);
    expect(entry?.notice.said).not.toContain(code);
    expect(await undelivered.list({ ...ofVisits, accountId: 'elsewhere' }, { limit: 10 })).toEqual([]);
  });

  it('is sent once more by staff, as another message, with the reason on record', async () => {
    answers.customer_service = [refused];
    await cancelByStaff();
    const { worker, undelivered } = open();
    await worker.sendDue();
    const [entry] = await undelivered.list(ofVisits, { limit: 10 });
    const { id } = entry!.notice;
    await expect(undelivered.repeat(order(id, ' '), actor)).rejects.toMatchObject({ code: 'reason_missing' });
    await undelivered.repeat(order(id, '13812345678 打来问'), actor);
    await expect(undelivered.repeat(order(id), actor)).rejects.toMatchObject({ code: 'not_found' });
    expect(await undelivered.list(ofVisits, { limit: 10 })).toEqual([]);
    await worker.sendDue();
    expect(await ended()).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(new Set(sent.map(({ notice }) => notice.clientMsgId)).size).toBe(2);
    const { events } = await bench.trail.list({ accountId, action: 'owed-notice.repeat' }, 10);
    expect(events).toMatchObject([
      { by: actor.by, reason: '138****5678 打来问', changes: [{ path: 'state', before: 'refused' }] },
    ]);
  });

  it('keeps its name for the platform where it may have arrived', async () => {
    answers.customer_service = [{ status: 'unknown', reason: 'platform_timeout' }];
    await cancelByStaff();
    const { worker, undelivered } = open();
    await worker.sendDue();
    const [entry] = await undelivered.list(ofVisits, { limit: 10 });
    await undelivered.repeat(order(entry!.notice.id), actor);
    await worker.sendDue();
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ notice }) => notice.clientMsgId)).size).toBe(1);
  });

  it('is not sent once more when it is over, and not by two at once', async () => {
    answers.customer_service = [refused];
    const slot = await cancelByStaff();
    const { worker, undelivered } = open();
    await worker.sendDue();
    const [entry] = await undelivered.list(ofVisits, { limit: 10 });
    const { id } = entry!.notice;
    const both = await Promise.allSettled([
      undelivered.repeat(order(id), actor),
      undelivered.repeat(order(id), actor),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    answers.customer_service = [refused];
    await worker.sendDue();
    bench.clock.at = slot.endsAt.getTime();
    expect(await undelivered.list(ofVisits, { limit: 10 })).toMatchObject([{ isRepeatable: false }]);
    await expect(undelivered.repeat(order(id), actor)).rejects.toMatchObject({ code: 'notice_too_late' });
    await expect(undelivered.repeat(order('nothing'), actor)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is listed page by page, the latest first', async () => {
    answers.customer_service = [refused, refused, refused];
    for (const nth of [1, 2, 3]) {
      await cancelByStaff(nth);
      await open().worker.sendDue();
      bench.clock.at += minute;
    }
    const { undelivered } = open();
    const first = await undelivered.list(ofVisits, { limit: 2 });
    const rest = await undelivered.list(ofVisits, { limit: 2, after: first[1]!.notice.id });
    expect([...first, ...rest].map(({ notice }) => notice.openid)).toEqual(['o-3', 'o-2', 'o-1']);
  });
});

describe('a report of the platform', () => {
  beforeEach(async () => {
    answers.customer_service = [{ status: 'refused', reason: 'receiver_window:45015' }];
    answers.template = [{ status: 'sent', messageId: '9007199254740993' }];
    await cancelByStaff();
  });

  const messageId = '9007199254740993';
  const report = (changes: Partial<NoticeReport> = {}): NoticeReport[] => [
    { accountId, messageId, state: 'delivered', ...changes },
  ];

  it('says that a template message has arrived, however often it comes', async () => {
    const { worker, undelivered } = open();
    await worker.sendDue();
    for (let nth = 0; nth < 2; nth += 1)
      expect([...(await undelivered.settle(report()))]).toEqual([messageId]);
    expect([...(await undelivered.settle(report({ state: 'failed', reason: 'report:late' })))]).toEqual([
      messageId,
    ]);
    expect(await ended()).toMatchObject([{ state: 'delivered' }]);
  });

  it('that it has not brings it to the list, and it can be sent once more', async () => {
    const { worker, undelivered } = open();
    await worker.sendDue();
    await undelivered.settle(report({ state: 'failed', reason: 'report:user block' }));
    const [entry] = await undelivered.list(ofVisits, { limit: 10 });
    expect(entry?.notice).toMatchObject({ state: 'failed', reason: 'report:user block' });
    await undelivered.repeat({ ...ofVisits, noticeId: entry!.notice.id, reason: '再试' }, actor);
    await worker.sendDue();
    expect(await ended()).toMatchObject([{ state: 'sent' }]);
  });

  it('that comes before the sender has written down the id, or is about something else, waits', async () => {
    const { worker, undelivered } = open();
    expect([...(await undelivered.settle(report()))]).toEqual([]);
    await worker.sendDue();
    const mixed = [...report({ accountId: 'elsewhere' }), ...report({ messageId: '1' })];
    expect([...(await undelivered.settle(mixed))]).toEqual([]);
    expect([...(await undelivered.settle([...mixed, ...report()]))]).toEqual([messageId]);
    expect(await ended()).toMatchObject([{ state: 'delivered' }]);
  });
});

function open(overrides: Partial<Parameters<typeof createAppointmentNotices>[0]> = {}) {
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
  const { subject, reminders } = createAppointmentNotices({
    connection,
    offers,
    timetable: freeTimes,
    templateOf: () => ({ id: 'template-1', keywords: appointmentKeywords }),
    pageOf: () => 'https://example.gov.cn/me',
    cipher: deskCipher,
    clock,
    ...overrides,
  });
  const owed = createOwedNotices({
    connection,
    subjects: [subject],
    messenger,
    audit: createAuditFeature({ connection, clock }).trail,
    clock,
    registry: new Registry(),
    logger: silentLogger,
  });
  return { ...owed, reminders };
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

/** A visit of the nth citizen. @returns its slot. */
async function cancelByStaff(nth = 1): Promise<Slot> {
  const slot = await bench.plan();
  const { appointmentId } = await bench.book(nth, slot);
  await bench.desk.cancelForCitizen({ accountId, appointmentId, reason: '窗口停电' }, actor);
  return slot;
}

function texts(): string[] {
  return sent.map(({ notice: { reply } }) => (reply.kind === 'text' ? reply.text : ''));
}

function ended() {
  return databaseOf(bench.connection).collection('owed_notices').find().sort({ _id: 1 }).toArray();
}
