import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeliveryState } from '../../../../src/features/notices/delivery.js';
import type { MassCall } from '../../../../src/features/notices/mass-call.js';
import { monthOf } from '../../../../src/features/notices/engine/notice-channel-planner.js';
import type { Notice } from '../../../../src/features/notices/notice.js';
import { openidOf } from '../../../support/delivery-builders.js';
import { openNoticeEngine, type NoticeEngineBench } from '../../../support/open-notice-engine.js';
import { until } from '../../../support/until.js';

const followers = 2_500;
let bench: NoticeEngineBench;
beforeEach(async () => {
  bench = await openNoticeEngine(followers);
});
afterEach(async () => {
  await bench.close();
  expect(bench.failures).toEqual([]);
});

const rowsOf = ({ accountId, id, preparation }: Notice) => ({ accountId, id, preparation });
const all = (notice: Notice) => bench.stores.deliveries.list(rowsOf(notice), { limit: followers });

async function countsOf(notice: Notice): Promise<Partial<Record<DeliveryState, number>>> {
  const counts = await bench.stores.deliveries.count(rowsOf(notice));
  const sums: Partial<Record<DeliveryState, number>> = {};
  for (const { state, count } of counts) sums[state] = (sums[state] ?? 0) + count;
  return sums;
}

describe('the preparation of a notice', () => {
  it('writes a row for each recipient, with their channel, and sums up what approvers approve', async () => {
    bench.recipients[1]!.subscribed = false;
    bench.windows.add(openidOf(0));
    bench.openEngine().workers.start();
    const notice = await bench.submit({ channels: ['customer_service', 'template'] });
    const { size, hash } = await bench.reach(notice, 'pending');
    expect(size).toEqual({
      recipients: followers,
      byChannel: { customer_service: 1, template: followers - 2 },
      skipped: { not_following: 1 },
    });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await all(notice)).slice(0, 2)).toMatchObject([
      { openid: openidOf(0), channel: 'customer_service', state: 'waiting' },
      { openid: openidOf(1), state: 'skipped', reason: 'not_following' },
    ]);
  });

  it('goes on behind the last row that a dead worker wrote, and comes to the same hash', async () => {
    const whole = bench.openEngine();
    whole.workers.start();
    const first = await bench.reach(await bench.submit({ id: 'same' }), 'pending');
    const rows = await all(first);
    await whole.workers.stop();
    const cut = { id: 'same', preparation: 2 };
    await bench.stores.deliveries.addMany(rows.slice(0, 1_234).map((row) => ({ ...row, preparation: 2 })));
    const asked: number[] = [];
    const again = bench.openEngine({
      recipients: {
        list: async (_, { after, limit }) => {
          asked.push((after?.row ?? -1) + 1);
          return bench.recipients.slice(asked.at(-1), asked.at(-1)! + limit);
        },
      },
    });
    await restart(first, cut.preparation);
    again.workers.start();
    const second = await bench.reach({ ...first, ...cut }, 'pending');
    expect(asked[0]).toBe(1_234);
    expect(second.size).toEqual(first.size);
    expect(second.hash).toBe(first.hash);
    expect(await bench.stores.deliveries.findLast(rowsOf(first))).toBeNull();
  });

  it('without recipients becomes a draft again', async () => {
    bench.openEngine({ recipients: { list: async () => [] } }).workers.start();
    const notice = await bench.submit();
    expect(await bench.reach(notice, 'draft')).toMatchObject({ remark: '没有收件人' });
  });

  /** As the desk does it when a notice is submitted once more. */
  async function restart(notice: Notice, preparation: number): Promise<void> {
    const found = await bench.find(notice);
    await bench.replace(found, { ...found, state: 'preparing', preparation, hash: null, size: null });
  }
});

describe('two workers at once', () => {
  it('send each row once', async () => {
    for (const engine of [bench.openEngine(), bench.openEngine()]) engine.workers.start();
    const notice = await bench.submit();
    await bench.approve(notice);
    await bench.reach(notice, 'finished');
    expect(await countsOf(notice)).toEqual({ accepted: followers });
    expect(bench.platform.sent).toHaveLength(followers);
    expect(new Set(bench.platform.sent.map(({ openid }) => openid)).size).toBe(followers);
  });

  it('make each mass call once', async () => {
    for (const engine of [bench.openEngine(), bench.openEngine()]) engine.workers.start();
    const notice = await bench.submit({ channels: ['mass'] });
    await bench.approve(notice);
    await bench.reach(notice, 'finished');
    expect(bench.platform.massCalls).toHaveLength(1);
    expect(await countsOf(notice)).toEqual({ accepted: followers });
    expect((await all(notice))[7]).toMatchObject({ call: 0, channel: 'mass' });
  });

  it('never plan a fifth mass message of a month, though two notices are planned at once', async () => {
    await bench.stores.massCalls.add('pingan-meizhou', 0, [callOf('x', 0), callOf('x', 1), callOf('x', 2)]);
    for (const engine of [bench.openEngine(), bench.openEngine()]) engine.workers.start();
    const channels = ['mass', 'template'] as const;
    const both = [await bench.submit({ channels }), await bench.submit({ channels })];
    for (const notice of both) await bench.reach(notice, 'pending');
    await Promise.all(both.map((notice) => bench.approve(notice)));
    for (const notice of both) await bench.reach(notice, 'finished');
    const told = new Map<string, number>();
    for (const { openids } of bench.platform.massCalls)
      for (const openid of openids) told.set(openid, (told.get(openid) ?? 0) + 1);
    expect(told.size).toBe(followers);
    expect(new Set(told.values())).toEqual(new Set([1]));
    expect(bench.platform.sent).toHaveLength(followers);
    expect(bench.platform.sent[0]?.message.channel).toBe('template');
  });
});

describe('a notice that is being sent', () => {
  it('stops when it is cancelled: what waits is called off, what was under way has its outcome', async () => {
    bench.openEngine().workers.start();
    const notice = await bench.submit();
    let isCancelled = false;
    bench.platform.answer = async (_, nth) => {
      if (nth === 200) {
        await cancel(notice);
        isCancelled = true;
      }
      return { kind: 'accepted', messageId: `m${nth}` };
    };
    await bench.approve(notice);
    await until('it is settled', async () => {
      return isCancelled && (await bench.notices.listUnsettled()).length === 0;
    });
    const { accepted = 0, cancelled = 0, ...others } = await countsOf(notice);
    expect(others).toEqual({});
    expect(accepted).toBe(bench.platform.sent.length);
    expect(accepted + cancelled).toBe(followers);
    expect(cancelled).toBeGreaterThan(0);
  });

  it('takes the other channel of those for whom the call was refused', async () => {
    bench.openEngine().workers.start();
    bench.platform.answerMass = () => ({ kind: 'refused', reason: 'content:45166' });
    const notice = await bench.submit({ channels: ['mass', 'template'] });
    await bench.approve(notice);
    await bench.reach(notice, 'finished');
    expect(await countsOf(notice)).toEqual({ accepted: followers });
    expect((await all(notice))[0]).toMatchObject({
      channel: 'template',
      passed: [{ channel: 'mass', reason: 'content:45166' }],
    });
  });

  async function cancel(notice: Notice): Promise<void> {
    const found = await bench.find(notice);
    await bench.replace(found, { ...found, state: 'cancelled' });
  }
});

describe('reports of the platform', () => {
  const report = (MsgID: string, openid: string, Status = 'success') => ({
    accountId: 'pingan-meizhou',
    openid,
    key: `e:${MsgID}`,
    sentAt: 0,
    raw: { MsgID, Status },
    input: { kind: 'notification' as const, name: 'templatesendjobfinish' },
  });

  it('find their rows before and after the answer, in any order, and one is enough', async () => {
    const engine = bench.openEngine();
    engine.workers.start();
    const heard: string[] = [];
    const door = engine.takeReports({
      respond: async ({ input }) => {
        heard.push(input.kind);
        return { kind: 'answer', reply: null };
      },
    });
    const notice = await bench.submit();
    const late: (() => Promise<unknown>)[] = [];
    bench.platform.answer = async ({ openid }, nth) => {
      const status = nth % 10 === 0 ? 'failed:user block' : 'success';
      const tell = () => door.respond(report(`m${nth}`, openid, status));
      if (nth % 2 === 0) expect(await tell()).toEqual({ kind: 'answer', reply: null });
      else late.unshift(tell);
      return { kind: 'accepted', messageId: `m${nth}` };
    };
    await bench.approve(notice);
    await bench.reach(notice, 'finished');
    await Promise.all([...late, ...late].map((tell) => tell()));
    await until('all are matched', async () => (await countsOf(notice)).accepted === undefined);
    expect(await countsOf(notice)).toEqual({ delivered: followers * 0.9, failed: followers * 0.1 });
    expect(heard).toEqual([]);
    await door.respond({ ...report('', 'o'), input: { kind: 'text', text: '1' } });
    expect(heard).toEqual(['text']);
  });

  it('of a mass message are kept with its call; one that failed fails its rows', async () => {
    const engine = bench.openEngine();
    engine.workers.start();
    const door = engine.takeReports({ respond: async () => ({ kind: 'unavailable' }) });
    const notice = await bench.submit({ channels: ['mass'] });
    await bench.approve(notice);
    await bench.reach(notice, 'finished');
    const raw = { MsgID: 'mass-1', Status: 'err(10001)', TotalCount: '2500' };
    const input = { kind: 'notification' as const, name: 'masssendjobfinish' };
    await door.respond({ ...report('mass-1', 'o'), input, raw });
    await until('its rows know it', async () => (await countsOf(notice)).failed === followers);
    expect(await engine.massCalls.list(rowsOf(notice))).toMatchObject([
      { state: 'reported', report: { status: 'err(10001)', total: 2_500, sent: 0 } },
    ]);
  });
});

/** A call that told every follower this month already. */
function callOf(noticeId: string, call: number): MassCall {
  const now = new Date();
  const rows = Array.from({ length: followers }, (_, row) => row);
  return {
    accountId: 'pingan-meizhou',
    noticeId,
    preparation: 1,
    call,
    month: monthOf(now.getTime()),
    rows,
    openids: rows.map(openidOf),
    recipients: followers,
    clientMsgId: `m-${noticeId}-${call}`,
    state: 'accepted',
    attempts: 1,
    dueAt: now,
    isSettled: true,
    updatedAt: now,
  };
}
