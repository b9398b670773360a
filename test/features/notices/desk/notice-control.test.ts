import { beforeEach, describe, expect, it } from '@jest/globals';
import type { NoticeHold } from '../../../../src/features/notices/notice.js';
import { buildActor } from '../../../support/audit-builders.js';
import { buildDelivery } from '../../../support/delivery-builders.js';
import { buildPending } from '../../../support/notice-builders.js';
import { openNoticeDesk } from '../../../support/open-notice-desk.js';

const li = buildActor('li');
let bench: ReturnType<typeof openNoticeDesk>;

beforeEach(() => {
  bench = openNoticeDesk();
});

const since = new Date('2026-11-22T00:00:00Z');

describe('a notice that is being sent', () => {
  it('stands still until somebody resumes it', async () => {
    const notice = await bench.keep(buildPending({ state: 'sending' }));
    const paused = await bench.control.pause({ ...notice, actor: li, reason: '有错字' });
    expect(paused).toMatchObject({
      state: 'paused',
      hold: { cause: 'staff', reason: '有错字', until: null },
    });
    bench.clock.pass(86_400_000);
    expect(await bench.starter.startDue()).toBe(0);
    expect(await bench.control.resume({ ...notice, actor: li })).toMatchObject({
      state: 'sending',
      hold: null,
    });
    expect(bench.actions()).toEqual(['notice.pause', 'notice.resume']);
  });

  it('is called off with a reason, and its rows are left to the engine', async () => {
    const notice = await bench.keep(buildPending({ state: 'sending' }));
    expect(await bench.control.cancel({ ...notice, actor: li, reason: '不发了' })).toMatchObject({
      state: 'cancelled',
      remark: '不发了',
    });
    expect(await bench.notices.listUnsettled()).toHaveLength(1);
    await expect(bench.control.resume({ ...notice, actor: li })).rejects.toMatchObject({
      code: 'notice_state',
    });
  });

  it('stands still through the quiet hours, an emergency notice does not', async () => {
    const routine = await bench.keep(buildPending({ state: 'sending' }));
    const emergency = await bench.keep(buildPending({ state: 'sending', kind: 'emergency' }));
    bench.quiet.hours = { from: '08:30', to: '10:00' };
    await bench.starter.startDue();
    const until = new Date('2026-11-22T10:00:00+08:00');
    expect(await bench.desk.find(routine)).toMatchObject({
      state: 'paused',
      hold: { cause: 'quiet', until },
    });
    expect(await bench.desk.find(emergency)).toMatchObject({ state: 'sending' });
    await expect(bench.control.resume({ ...routine, actor: li })).rejects.toMatchObject({
      code: 'quiet_hours',
    });
    bench.clock.pass(3_600_000);
    expect(await bench.starter.startDue()).toBe(1);
    expect(await bench.desk.find(routine)).toMatchObject({ state: 'sending', hold: null });
  });
});

describe('a notice whose time comes', () => {
  it('begins', async () => {
    const startsAt = new Date('2026-11-22T01:00:00Z');
    const notice = await bench.keep(buildPending({ state: 'scheduled', startsAt }));
    expect(await bench.starter.startDue()).toBe(1);
    expect(await bench.desk.find(notice)).toMatchObject({
      state: 'sending',
      startsAt: null,
      startedAt: startsAt,
    });
  });

  it('by night, when a quota is there again, waits for the morning', async () => {
    const until = new Date('2026-11-22T16:00:00Z');
    const hold: NoticeHold = { cause: 'quota', reason: 'quota:45009', since, until };
    const notice = await bench.keep(buildPending({ state: 'paused', hold }));
    bench.quiet.hours = { from: '22:00', to: '07:00' };
    bench.clock.pass(15 * 3_600_000);
    expect(await bench.starter.startDue()).toBe(0);
    expect(await bench.desk.find(notice)).toMatchObject({
      state: 'paused',
      hold: { cause: 'quota', until: new Date('2026-11-23T07:00:00+08:00') },
    });
  });
});

describe('recipients of whom nobody knows', () => {
  it('get the notice once more when somebody says why', async () => {
    const notice = await bench.keep(buildPending({ state: 'finished', endedAt: since }));
    const row = { accountId: notice.accountId, noticeId: notice.id, preparation: notice.preparation };
    await bench.deliveries.addMany([
      buildDelivery({ ...row, row: 0, state: 'unknown' }),
      buildDelivery({ ...row, row: 1, state: 'accepted' }),
    ]);
    const again = await bench.control.repeatUnknown({ ...notice, actor: li, reason: '核对过' });
    expect(again).toMatchObject({ state: 'sending', hold: null, endedAt: null });
    expect(bench.deliveries.rows.map(({ state }) => state)).toEqual(['waiting', 'accepted']);
    expect(bench.audited()).toMatchObject([{ action: 'notice.repeat', reason: '核对过' }]);
  });

  it('are not asked for while the notice is being sent, or where there are none', async () => {
    const finished = await bench.keep(buildPending({ state: 'finished' }));
    await expect(
      bench.control.repeatUnknown({ ...finished, actor: li, reason: '核对过' }),
    ).rejects.toMatchObject({ code: 'nothing_unknown' });
    const sending = await bench.keep(buildPending({ state: 'sending' }));
    const row = { accountId: sending.accountId, noticeId: sending.id, preparation: 1 };
    await bench.deliveries.addMany([buildDelivery({ ...row, state: 'unknown' })]);
    await expect(
      bench.control.repeatUnknown({ ...sending, actor: li, reason: '核对过' }),
    ).rejects.toMatchObject({ code: 'notice_state' });
    expect(bench.actions()).toEqual([]);
  });
});
