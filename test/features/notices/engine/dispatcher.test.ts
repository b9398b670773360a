import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../../../../src/core/clock.js';
import type { Delivery } from '../../../../src/features/notices/delivery.js';
import { ConsentDesk } from '../../../../src/features/notices/engine/consent-desk.js';
import { DeliveryLog } from '../../../../src/features/notices/engine/delivery-log.js';
import { DeliverySender } from '../../../../src/features/notices/engine/delivery-sender.js';
import { NoticeDispatcher } from '../../../../src/features/notices/engine/dispatcher.js';
import { PictureUploads } from '../../../../src/features/notices/engine/picture-uploads.js';
import { SubscriptionKinds } from '../../../../src/features/notices/engine/subscription-kinds.js';
import type { Notice, NoticeHold } from '../../../../src/features/notices/notice.js';
import { buildDeliveries, buildSendingNotice } from '../../../support/delivery-builders.js';
import { DeliveryStoreFake } from '../../../support/fakes/delivery-store-fake.js';
import { NoticePlatformFake } from '../../../support/fakes/notice-platform-fake.js';
import { until } from '../../../support/until.js';

const unreachable: string[] = [];
const refusals: string[] = [];
let platform: NoticePlatformFake;
let deliveries: DeliveryStoreFake;
let notices: Notice[];
let failures: unknown[];
let dispatcher: NoticeDispatcher;

beforeEach(() => {
  platform = new NoticePlatformFake();
  deliveries = new DeliveryStoreFake();
  failures = [];
  unreachable.length = 0;
  refusals.length = 0;
  notices = [];
  dispatcher = open();
});
afterEach(async () => {
  await dispatcher.stop();
  expect(failures).toEqual([]);
});

function open(): NoticeDispatcher {
  const watcher = {
    attempted: () => undefined,
    held: () => undefined,
    abandoned: () => undefined,
    finished: () => undefined,
    failed: (_: string, error: unknown) => failures.push(error),
  };
  const clock = systemClock;
  let ids = 0;
  const sender = new DeliverySender({
    platform,
    watcher,
    clock,
    leaseMs: 60_000,
    log: new DeliveryLog(deliveries),
    consents: new ConsentDesk({
      take: async (uses) => uses.map(() => false),
      settle: async () => undefined,
    }),
    subscriptions: new SubscriptionKinds(platform),
    tally: {
      refused: (_account, channel, reason) => refusals.push(`${channel} ${reason}`),
      unreachable: (_account, openid) => unreachable.push(openid),
    },
  });
  return new NoticeDispatcher({
    notices: {
      listSending: async () => notices.filter(({ state }) => state === 'sending'),
      listUnsettled: async () => [],
      settle: async () => undefined,
      hold: async ({ id }, hold) => change(id, { state: 'paused', hold }),
      finish: async ({ id }, endedAt) => change(id, { state: 'finished', endedAt }),
    },
    starter: { startDue: async () => 0 },
    mass: {
      advance: async () => undefined,
      settleTold: async () => undefined,
      callOff: async () => undefined,
    },
    pictures: new PictureUploads({ read: async () => null }, platform),
    tally: { flush: async () => undefined },
    cipher: { seal: (value) => value, open: (sealed) => sealed, hash: (value) => value },
    newId: () => `claim-${(ids += 1)}`,
    concurrency: 8,
    leaseMs: 60_000,
    deliveries,
    sender,
    watcher,
    clock,
  });
}

async function change(id: string, after: Partial<Notice> & { hold?: NoticeHold }): Promise<boolean> {
  const index = notices.findIndex((notice) => notice.id === id && notice.state === 'sending');
  if (index < 0) return false;
  notices[index] = { ...notices[index]!, ...after };
  return true;
}

async function add(count: number, notice: Partial<Notice> = {}, rows: Partial<Delivery> = {}): Promise<void> {
  const added = buildSendingNotice(notice);
  notices.push(added);
  await deliveries.addMany(
    buildDeliveries(count, {
      noticeId: added.id,
      open: added.channels.slice(),
      channel: added.channels[0]!,
      ...rows,
    }),
  );
}

const states = () => deliveries.rows.map(({ state }) => state);
const ended = () => until('the notice ends', () => notices.every(({ state }) => state !== 'sending'));

describe('a worker', () => {
  it('sends each row once, with the attempt on record beforehand, and finishes the notice', async () => {
    await add(50);
    const before = new Set<string>();
    platform.answer = ({ openid }, nth) => {
      before.add(deliveries.rows.find((row) => row.openid === openid)!.state);
      return { kind: 'accepted', messageId: `m${nth}` };
    };
    dispatcher.start();
    await ended();
    expect(notices[0]?.state).toBe('finished');
    expect(new Set(platform.sent.map(({ openid }) => openid)).size).toBe(50);
    expect(platform.sent).toHaveLength(50);
    expect([...before]).toEqual(['sending']);
    expect(new Set(states())).toEqual(new Set(['accepted']));
  });

  it('names a template message by its row, so that the platform recognises a repeat', async () => {
    await add(1);
    dispatcher.start();
    await ended();
    expect(platform.sent[0]?.message).toMatchObject({ channel: 'template', clientMsgId: 'n-n1-1-0' });
  });

  it('never has more under way than it may', async () => {
    await add(40);
    let underWay = 0;
    let most = 0;
    platform.answer = async () => {
      most = Math.max(most, (underWay += 1));
      await turn();
      underWay -= 1;
      return { kind: 'accepted', messageId: null };
    };
    dispatcher.start();
    await ended();
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('lets an emergency notice go first', async () => {
    await add(200, { id: 'routine' });
    let isFirst = true;
    platform.answer = async () => {
      if (isFirst) {
        isFirst = false;
        notices.unshift(buildSendingNotice({ id: 'emergency', kind: 'emergency' }));
        await deliveries.addMany(buildDeliveries(5, { noticeId: 'emergency' }));
        dispatcher.nudge();
      }
      await turn();
      return { kind: 'accepted', messageId: null };
    };
    dispatcher.start();
    await ended();
    const order = platform.sent.map(({ message }) => ('clientMsgId' in message ? message.clientMsgId : ''));
    expect(order.findLastIndex((id) => id.startsWith('n-emergency'))).toBeLessThan(100);
  });

  it('goes on to the next channel where one is closed, and says so on the board', async () => {
    await add(3, { channels: ['customer_service', 'template'] });
    platform.answer = ({ message }) =>
      message.channel === 'customer_service'
        ? { kind: 'fall_back', reason: 'receiver_window:45015' }
        : { kind: 'accepted', messageId: null };
    dispatcher.start();
    await ended();
    for (const row of deliveries.rows)
      expect(row).toMatchObject({
        state: 'accepted',
        channel: 'template',
        attempts: 2,
        passed: [{ channel: 'customer_service', reason: 'receiver_window:45015' }],
      });
    expect(refusals).toEqual(Array(3).fill('customer_service receiver_window:45015'));
  });

  it('sends no subscription notification without a consent', async () => {
    await add(1, { channels: ['subscription'] });
    dispatcher.start();
    await ended();
    expect(platform.sent).toEqual([]);
    expect(deliveries.rows[0]).toMatchObject({ state: 'refused', reason: 'no_consent' });
  });

  it('remembers who cannot be reached', async () => {
    await add(1);
    platform.answer = () => ({ kind: 'unreachable', reason: 'receiver_permanent:43019' });
    dispatcher.start();
    await ended();
    expect(unreachable).toEqual([deliveries.rows[0]?.openid]);
  });

  it('holds the notice when the platform takes nothing of it, and loses no row by that', async () => {
    await add(30);
    platform.answer = () => ({
      kind: 'halt',
      cause: 'configuration',
      reason: 'configuration:40164',
      until: null,
    });
    dispatcher.start();
    await ended();
    await dispatcher.stop();
    expect(notices[0]?.hold).toMatchObject({ cause: 'configuration', until: null });
    expect(platform.sent.length).toBeLessThanOrEqual(8);
    expect(new Set(states())).toEqual(new Set(['waiting']));
  });

  it('holds the notice after twenty refusals of its content in a row', async () => {
    await add(60);
    platform.answer = () => ({ kind: 'refused', reason: 'content:47003:thing1' });
    dispatcher.start();
    await ended();
    expect(notices[0]?.hold).toMatchObject({ cause: 'template', reason: 'content:47003:thing1' });
    expect(platform.sent.length).toBeLessThan(20 + 8);
  });

  it('does everything but ask the platform in training', async () => {
    await add(5, { training: true });
    dispatcher.start();
    await ended();
    expect(platform.sent).toEqual([]);
    expect(states()).toEqual(Array(5).fill('rehearsed'));
  });

  it('says of each recipient whose text cannot be written why', async () => {
    const content = { template: { templateId: 't', values: { thing1: '{{区县}}停电' } } };
    await add(2, { content });
    deliveries.rows[1]!.sealedValues = '{"区县":"梅江区"}';
    dispatcher.start();
    await ended();
    expect(deliveries.rows).toMatchObject([
      { state: 'refused', reason: 'missing_value:区县' },
      { state: 'accepted' },
    ]);
  });

  it('ends what is under way when it stops, and gives back the rest', async () => {
    await add(100);
    let release: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    platform.answer = async () => {
      await stuck;
      return { kind: 'accepted', messageId: null };
    };
    dispatcher.start();
    await until('eight are under way', () => platform.sent.length === 8);
    const stopped = dispatcher.stop();
    release();
    await stopped;
    expect(states().filter((state) => state === 'accepted')).toHaveLength(8);
    expect(
      deliveries.rows.filter(({ state, dueAt }) => state === 'waiting' && +dueAt <= Date.now()),
    ).toHaveLength(92);
  });

  it('begins nothing more of a notice that is paused, also where a rate holds it up', async () => {
    await add(20);
    platform.admission = (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    dispatcher.start();
    await until('rows are claimed', () => deliveries.rows.some(({ claim }) => claim !== undefined));
    await change('n1', { state: 'paused' });
    dispatcher.nudge();
    await until('all are given back', () => deliveries.rows.every(({ dueAt }) => +dueAt <= Date.now()));
    expect(platform.sent).toEqual([]);
    expect(new Set(states())).toEqual(new Set(['waiting']));
  });
});
