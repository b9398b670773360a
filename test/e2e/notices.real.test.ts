import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { openNoticeOffice, rowsOf, type NoticeOffice } from '../../scripts/bench/notices/notice-office.js';
import { startPlatformProcess, type PlatformProcess } from '../../scripts/bench/notices/platform-process.js';
import type { MisbehaviourInput } from '../../src/api-types/sandbox.js';
import { systemClock } from '../../src/core/clock.js';
import type { ConversationPort } from '../../src/features/conversations/conversation-port.js';
import type { DeliveryState } from '../../src/features/notices/delivery.js';
import type { Notice, NoticeChannel } from '../../src/features/notices/notice.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { listen, type HttpServer } from '../../src/http/http-server.js';
import { silentLogger } from '../../src/observability/logger.js';
import { webhookRouter } from '../../src/wechat/door/webhook-routes.js';
import { testAccount } from '../sandbox/fixture.js';
import { freshDatabaseUri } from '../support/test-database.js';
import { until } from '../support/until.js';

const followers = 150;
const account = testAccount();
const template = '/cgi-bin/message/template/send';
const custom = '/cgi-bin/message/custom/send';
const massSend = '/cgi-bin/message/mass/send';

let door: HttpServer;
let conversations: ConversationPort;
let platform: PlatformProcess;
let office: NoticeOffice;
const uri = () => freshDatabaseUri('notices');

beforeAll(async () => {
  const router = webhookRouter({
    accounts: [account],
    defaultAccount: account.accountId,
    conversations: { respond: (message) => conversations.respond(message) },
    clock: systemClock,
    logger: silentLogger,
    registry: new Registry(),
    freshnessSeconds: 300,
  });
  door = await listen(createHttpApp({ logger: silentLogger, routers: [router] }), '127.0.0.1', 0);
});
afterAll(() => door.stop());

beforeEach(async () => {
  platform = await startPlatformProcess({
    account,
    followers,
    webhookUrl: `http://127.0.0.1:${door.port}/wechat/${account.accountId}`,
    massRepeatPauseMs: 50,
  });
  const openids = await platform.openids();
  await platform.alter(0, followers, { hasWritten: true });
  const windows = new Set(openids);
  office = await openNoticeOffice({
    mongodbUri: uri(),
    apiBase: platform.apiBase,
    account,
    openids,
    windows,
  });
  conversations = office.engine.takeReports({ respond: async () => ({ kind: 'answer', reply: null }) });
  office.engine.workers.start();
}, 60_000);
afterEach(async () => {
  await office.connection.dropDatabase();
  await office.close();
  await platform.stop();
});

type Fault = NonNullable<MisbehaviourInput['faults']>[number]['fault'];

/** Sends a notice; `faults` meet the first calls. */
async function send(channels: readonly NoticeChannel[], change: Partial<MisbehaviourInput>): Promise<Notice> {
  const notice = await office.prepare({ channels });
  await platform.misbehave(change);
  await office.approve(notice);
  return office.ended(notice);
}

const faultsOn = (endpoint: string, fault: Fault, times: number) => ({
  faults: [{ endpoint, times, fault }],
});
const refusing = (endpoint: string, errcode: number, times: number) =>
  faultsOn(endpoint, { kind: 'errcode', errcode }, times);

async function countsOf(notice: Notice): Promise<Partial<Record<DeliveryState, number>>> {
  const sums: Partial<Record<DeliveryState, number>> = {};
  for (const { state, count } of await office.engine.deliveries.count(rowsOf(notice)))
    sums[state] = (sums[state] ?? 0) + count;
  return sums;
}

/** Once every report has come: nothing is merely accepted any more. */
const reported = (notice: Notice) =>
  until('all is reported', async () => {
    const counts = await countsOf(notice);
    return counts.accepted === undefined && counts;
  });

describe('the final report equals what the platform counts', () => {
  it.each([
    ['is busy', refusing(template, -1, 20)],
    ['refuses calls beyond its rate', refusing(template, 45011, 20)],
    ['has forgotten the access token', refusing(template, 40001, 1)],
    ['is behind a proxy that fails', faultsOn(template, { kind: 'http', status: 502 }, 5)],
    ['breaks off after it has acted', faultsOn(template, { kind: 'cut' }, 5)],
    ['breaks off before it has acted', faultsOn(template, { kind: 'drop' }, 5)],
  ])(
    'when it %s: everybody is told once',
    async (_, faults) => {
      const notice = await send(['template'], faults);
      expect(notice.state).toBe('finished');
      expect(await reported(notice)).toEqual({ delivered: followers });
      const { received } = await platform.counts();
      expect(received.template).toEqual({ messages: followers, citizens: followers, most: 1 });
    },
    60_000,
  );

  it.each([
    ['a receiver', 43019, 'receiver_permanent:43019'],
    ['what is said', 47003, 'content:47003'],
  ])('when it refuses %s', async (_, errcode, reason) => {
    const notice = await send(['template'], refusing(template, errcode, 10));
    expect(await reported(notice)).toEqual({ delivered: followers - 10, refused: 10 });
    const counts = await office.engine.deliveries.count(rowsOf(notice));
    expect(counts.find(({ state }) => state === 'refused')?.reason).toMatch(new RegExp(`^${reason}`));
    expect((await platform.counts()).received.template.messages).toBe(followers - 10);
    const board = await office.engine.refusals.list(account.accountId, '2020-01-01');
    expect(board).toMatchObject([{ channel: 'template', count: 10 }]);
  });

  it.each([
    ['the quota is used up', 45009, 'quota'],
    ['the address is not allowed', 40164, 'configuration'],
    ['the template was withdrawn', 40037, 'template'],
  ])('when %s, the notice waits, and goes on later without a loss', async (_, errcode, cause) => {
    const notice = await send(['template'], refusing(template, errcode, 1));
    expect(notice).toMatchObject({ state: 'paused', hold: { cause } });
    await until('nothing is under way', async () => !(await countsOf(notice)).sending);
    await office.approve(await office.find(notice));
    expect(await office.ended(notice)).toMatchObject({ state: 'finished' });
    expect(await reported(notice)).toEqual({ delivered: followers });
    expect((await platform.counts()).received.template).toMatchObject({ messages: followers, most: 1 });
  });

  it('when customer-service messages break off: they are in doubt, and not sent again', async () => {
    const cut = { endpoint: custom, times: 4, fault: { kind: 'cut' as const } };
    const drop = { endpoint: custom, times: 3, fault: { kind: 'drop' as const } };
    const notice = await send(['customer_service', 'template'], { faults: [cut, drop] });
    const { received, calls } = await platform.counts();
    expect(received.template.messages).toBe(0);
    expect(received.customer_service.most).toBe(1);
    const broken = (calls[custom]?.['cut'] ?? 0) + (calls[custom]?.['drop'] ?? 0);
    expect(await countsOf(notice)).toEqual({ accepted: followers - broken, unknown: broken });
    expect(received.customer_service.messages).toBe(followers - (calls[custom]?.['drop'] ?? 0));
  });

  it('when windows are over: the next channel is taken', async () => {
    const notice = await send(['customer_service', 'template'], refusing(custom, 45015, 30));
    await office.ended(notice);
    const { received } = await platform.counts();
    expect(received.template.messages).toBe(30);
    expect(received.customer_service.messages).toBe(followers - 30);
  });

  it('when messages fail after they were accepted, and reports come late, early or in disorder', async () => {
    const reports = { delayMs: 30, outOfOrder: true, beforeAnswer: true };
    const notice = await send(['template'], { failEvery: 10, reports });
    const { received } = await platform.counts();
    const failed = followers - received.template.messages;
    expect(failed).toBeGreaterThan(0);
    expect(await reported(notice)).toEqual({ delivered: followers - failed, failed });
  });

  it('when it sends to many at once, its answer is lost and its counts arrive', async () => {
    await platform.alter(0, 10, { refusesMessages: true });
    const notice = await send(['mass'], { ...refusing(massSend, -1, 1), reports: { massAfterMs: 100 } });
    expect(notice.state).toBe('finished');
    const [call] = await until('the counts have come', async () => {
      const calls = await office.engine.massCalls.list(rowsOf(notice));
      return calls.every(({ report }) => report) && calls;
    });
    const { received } = await platform.counts();
    expect(call).toMatchObject({ state: 'reported', recipients: followers, attempts: 2 });
    expect(call?.report?.sent).toBe(received.mass.messages);
    expect(await countsOf(notice)).toEqual({ accepted: followers });
  });
});
