import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  noticeContent,
  openNoticeOffice,
  rowsOf,
  type NoticeOffice,
} from '../../scripts/bench/notices/notice-office.js';
import { startPlatformProcess, type PlatformProcess } from '../../scripts/bench/notices/platform-process.js';
import type { DeliveryState } from '../../src/features/notices/delivery.js';
import type { Notice, NoticeChannel } from '../../src/features/notices/notice.js';
import { NoticeWorkers } from '../support/notice-workers.js';
import { testAccount } from '../sandbox/fixture.js';
import { freshDatabaseUri } from '../support/test-database.js';
import { until } from '../support/until.js';

const followers = 4_000;
const concurrency = 32;
const account = testAccount();

let platform: PlatformProcess;
let office: NoticeOffice;
let workers: NoticeWorkers;
beforeEach(async () => {
  const latencies = [{ endpoint: '*', ms: 10 }];
  platform = await startPlatformProcess({
    account,
    followers,
    misbehaviour: { latencies },
    massRepeatPauseMs: 50,
  });
  const shared = { mongodbUri: freshDatabaseUri('notices'), apiBase: platform.apiBase, account };
  const openids = await platform.openids();
  office = await openNoticeOffice({ ...shared, openids, windows: new Set(openids) });
  workers = new NoticeWorkers({ ...shared, concurrency, leaseMs: 1_500 });
}, 60_000);
afterEach(async () => {
  await workers.killAll();
  await office.connection.dropDatabase();
  await office.close();
  await platform.stop();
});

/** Prepared here; sent by the workers only. */
async function prepare(channels: readonly NoticeChannel[]): Promise<Notice> {
  office.engine.workers.start();
  await platform.alter(0, followers, { hasWritten: true });
  const notice = await office.prepare({ channels, content: noticeContent });
  await office.engine.workers.stop();
  return notice;
}

async function countIn(notice: Notice, ...states: DeliveryState[]): Promise<number> {
  const counts = await office.engine.deliveries.count(rowsOf(notice));
  return counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
}

const ended = (notice: Notice) =>
  until('the notice ends', async () => (await office.find(notice)).state === 'finished');

/** A worker dies at three random moments of the run, each in another third of it; then two go on together. */
async function sendThroughKills(notice: Notice): Promise<void> {
  let victim = await workers.start();
  await office.approve(notice);
  for (const third of [0, 1, 2]) {
    const share = (third + 0.2 + Math.random() * 0.6) / 3;
    await until('that share is sent', async () => {
      return (await countIn(notice, 'accepted')) >= share * followers;
    });
    await workers.kill(victim);
    if (third < 2) victim = await workers.start();
  }
  await Promise.all([workers.start(), workers.start()]);
  await ended(notice);
}

describe('a worker that is killed three times, and two after it', () => {
  it('lose nobody and tell nobody twice where the platform recognises a repeat', async () => {
    const notice = await prepare(['template']);
    await sendThroughKills(notice);
    expect(await countIn(notice, 'accepted')).toBe(followers);
    const { template } = (await platform.counts()).received;
    expect(template).toEqual({ messages: followers, citizens: followers, most: 1 });
  }, 120_000);

  it('tell nobody twice where it does not, and leave in doubt no more than was under way', async () => {
    const notice = await prepare(['customer_service']);
    await sendThroughKills(notice);
    const accepted = await countIn(notice, 'accepted');
    const unknown = await countIn(notice, 'unknown');
    expect(accepted + unknown).toBe(followers);
    expect(unknown).toBeLessThanOrEqual(3 * concurrency);
    const { customer_service: received } = (await platform.counts()).received;
    expect(received.most).toBe(1);
    expect(received.messages).toBeGreaterThanOrEqual(accepted);
    expect(received.messages).toBeLessThanOrEqual(followers);
    const told = await platform.received();
    for await (const { state, openid } of office.engine.deliveries.stream(rowsOf(notice)))
      if (state === 'accepted') expect(told.get(openid)?.customer_service).toBe(1);
  }, 120_000);
});

describe('workers that are killed while a notice goes by mass', () => {
  it('repeat the calls whose answer they did not hear, and nobody receives two', async () => {
    const notice = await prepare(['mass']);
    await platform.misbehave({ latencies: [{ endpoint: '/cgi-bin/message/mass/send', ms: 300 }] });
    const victim = await workers.start();
    await office.approve(notice);
    await until('a call is under way', async () =>
      (await office.engine.massCalls.list(rowsOf(notice))).some(({ state }) => state === 'sending'),
    );
    await workers.kill(victim);
    await Promise.all([workers.start(), workers.start()]);
    await ended(notice);
    expect(await countIn(notice, 'accepted')).toBe(followers);
    expect((await platform.counts()).received.mass).toEqual({
      messages: followers,
      citizens: followers,
      most: 1,
    });
    const calls = await office.engine.massCalls.list(rowsOf(notice));
    expect(calls.map(({ recipients }) => recipients)).toEqual([followers]);
    expect(calls[0]?.attempts).toBeGreaterThanOrEqual(2);
  }, 90_000);
});
