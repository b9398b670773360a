import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { appointmentNoticeMigrations } from '../../../src/features/appointments/notices-feature.js';
import { appointmentMigrations } from '../../../src/features/appointments/appointments-feature.js';
import { createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { citizenMigrations } from '../../../src/features/citizens/citizens-feature.js';
import { CitizenStoreMongo } from '../../../src/features/citizens/citizen-store-mongo.js';
import { complianceMigrations, createOwnData } from '../../../src/features/compliance/compliance-feature.js';
import { conversationMigrations } from '../../../src/features/conversations/conversations-feature.js';
import { ExchangeSealer } from '../../../src/features/conversations/exchange-sealer.js';
import { ExchangeStoreMongo } from '../../../src/features/conversations/exchange-store-mongo.js';
import { createDutyFeature, dutyMigrations } from '../../../src/features/duty/duty-feature.js';
import { insightsMigrations } from '../../../src/features/insights/insights-feature.js';
import { RatingStoreMongo } from '../../../src/features/insights/rating-store-mongo.js';
import { askerDigest } from '../../../src/features/insights/short-digest.js';
import { createMessagesFeature, messageMigrations } from '../../../src/features/messages/messages-feature.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { listOwnData } from '../../../src/personal-data.js';
import { migrate } from '../../../src/storage/migrations.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { accountId, citizen, day, deskCipher as cipher, minute, monday } from '../../support/booking.js';
import { buildExchange, textInput } from '../../support/builders.js';
import { openBooking, type BookingBench } from '../../support/open-booking.js';

const [amei, others] = [citizen(1), citizen(2)];
const answeredAt = new Date(monday + 5_000);
const question = '我的身份证掉了，电话 13812345678';

let bench: BookingBench;
beforeAll(async () => {
  bench = await openBooking();
  await migrate(bench.connection, [
    ...appointmentMigrations,
    ...appointmentNoticeMigrations,
    ...messageMigrations,
    ...conversationMigrations,
    ...insightsMigrations,
    ...dutyMigrations,
    ...citizenMigrations,
    ...complianceMigrations,
  ]);
  for (const who of [amei, others]) await live(who);
  await visit();
}, 60_000);
afterAll(() => bench.dispose());

it('a citizen takes a copy of everything along, readable, and of nobody else’s', async () => {
  const copy = await copyOf(amei);
  expect(copy).toMatchObject({
    appointments: [{ state: 'missed', objection: { text: '那天高铁停运', granted: null } }],
    messages: [{ kind: 'message', text: '路灯坏了', phone: '13812345678' }],
    emergencies: [{ kind: 'fire', text: '着火了', state: 'open' }],
    citizen: [{ district: '梅江区', subscriptions: [{ kind: 'follow', scene: 'hall' }] }],
    feedback: [{ reply: 'id-card', useful: false, text: '身份证掉了' }],
    chat: [{ said: question }, { said: '没用' }],
  });
  expect(copy.appointments[0].person).toMatchObject({ name: '市民1' });
  expect(copy.notices).toMatchObject([{ subject: 'appointment', kind: 'missed', state: 'waiting' }]);
  expect(JSON.stringify(copy)).not.toContain(others.openid);
  expect(JSON.stringify(copy)).not.toContain('市民2');
});

it('has all of it deleted but for what must stay, which is said; others lose nothing', async () => {
  const before = await copyOf(others);
  const erased = await own().erase(amei);
  expect(erased).toMatchObject({ anonymised: 1, isComplete: true });
  expect(erased.deleted).toBeGreaterThanOrEqual(6);
  expect(erased.kept).toEqual([
    expect.stringContaining('办过的和没有到的预约'),
    expect.stringContaining('1 条紧急求助'),
    expect.stringContaining('您关注着本公众号'),
    expect.stringContaining('2 个分组标签'),
  ]);

  expect(await copyOf(amei)).toMatchObject({
    appointments: [],
    notices: [],
    messages: [],
    emergencies: [{ kind: 'fire' }],
    citizen: [{ district: null, tags: [100, 101], subscriptions: [] }],
    feedback: [],
    chat: [],
  });
  expect(await copyOf(others)).toEqual({ ...before, exportedAt: expect.any(String) });
  for (const name of ['appointments', 'owed_notices', 'messages', 'outbox', 'vote_samples', 'erasures'])
    expect(await collection(name).countDocuments({ openid: amei.openid })).toBe(0);
  expect(await collection('votes').countDocuments()).toBe(1);
  expect(await collection('unanswered_askers').distinct('asker')).toEqual([askerDigest('g1', others.openid)]);
});

it('an older place that some node remembers cannot come back after the erasure', async () => {
  const journal = new ExchangeStoreMongo(bench.connection);
  expect(await journal.appendMany([buildExchange({ ...amei, seq: 3 })])).toEqual(['duplicate']);
  expect(await journal.findNewest(accountId, amei.openid)).toMatchObject({
    seq: 3,
    stateAfter: { frame: null },
    answer: { now: null, later: [] },
  });
});

it('the record of the erasure names no citizen', async () => {
  const { events } = await audit().list({ accountId, action: 'own-data.erase' }, 10);
  expect(events).toMatchObject([{ by: { name: '市民本人' }, object: { kind: 'erasure' } }]);
  expect(JSON.stringify(events)).not.toContain(amei.openid);
});

/** Follows, chats, judges, leaves a message, cries for help. */
async function live(who: { accountId: string; openid: string }): Promise<void> {
  const { connection, clock } = bench;
  const parts = { connection, cipher, clock, audit: audit() };
  const citizens = new CitizenStoreMongo(connection);
  await citizens.recordSubscription(accountId, who.openid, {
    kind: 'follow',
    at: new Date(monday),
    key: 'e:1',
    scene: 'hall',
  });
  await collection('citizens').updateOne(who, { $set: { district: '梅江区', tagIds: [100, 101] } });

  const sealer = new ExchangeSealer(cipher);
  const inbound = (text: string) => ({
    input: sealer.sealInput(who, textInput(text), false),
    sentAt: new Date(monday),
  });
  await new ExchangeStoreMongo(connection).appendMany([
    buildExchange({ ...who, seq: 1, at: answeredAt, inbound: inbound(question) }),
    buildExchange({ ...who, seq: 2, at: new Date(monday + 9_000), inbound: inbound('没用') }),
  ]);
  const ratings = new RatingStoreMongo(connection);
  const vote = { ...who, reply: 'id-card', release: 1, answeredAt, useful: false, votedAt: new Date(monday) };
  await ratings.vote(vote);
  await ratings.keepSample(vote, '身份证掉了', new Date(monday + 90 * day));
  await databaseOf(connection)
    .collection<{ _id: string }>('unanswered_groups')
    .updateOne({ _id: 'g1' }, { $setOnInsert: { accountId, terms: [] } }, { upsert: true });
  await collection('unanswered_askers').insertOne({
    accountId,
    groupId: 'g1',
    asker: askerDigest('g1', who.openid),
  });

  const asker = { ...who, sentAt: monday };
  const { messageService } = createMessagesFeature({
    ...parts,
    random: () => Number(who.openid.at(-1)) / 10,
  });
  const phone = '13812345678';
  await messageService.leave({ ...asker, key: 'm:1' }, { kind: 'message', text: '路灯坏了', phone });
  const { dutyAlerts } = createDutyFeature({ ...parts, logger: silentLogger });
  await dutyAlerts.raise({ ...asker, key: 'm:2' }, { kind: 'fire', word: '着火', text: '着火了' });
}

/** Both are booked and do not come; one objects. */
async function visit(): Promise<void> {
  const slot = await bench.plan({ capacity: 2 });
  const { appointmentId } = await bench.book(1, slot);
  await bench.book(2, slot);
  bench.clock.at = slot.startsAt.getTime() + day;
  await bench.desk.markMissed(bench.clock.at);
  await bench.desk.objectToMiss(amei, appointmentId, '那天高铁停运');
  bench.clock.at += minute;
}

async function copyOf(who: { accountId: string; openid: string }) {
  let text = '';
  for await (const piece of own().copy(who)) text += piece;
  return JSON.parse(text);
}

function own() {
  const { connection, clock } = bench;
  const parts = listOwnData({ connection, cipher, clock });
  return createOwnData(parts, { connection, clock, audit: audit(), logger: silentLogger });
}

function audit() {
  return createAuditFeature({ connection: bench.connection, clock: bench.clock }).trail;
}

function collection(name: string) {
  return databaseOf(bench.connection).collection(name);
}
