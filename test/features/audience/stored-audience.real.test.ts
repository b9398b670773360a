import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SegmentCondition } from '../../../src/features/audience/segment.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { accountId, day, monday } from '../../support/booking.js';
import { openAudience, type Audience } from '../../support/open-audience.js';

const all = 130_000;
const endedByClosure = 300;
const openidOf = (nth: number) => `o${String(nth).padStart(6, '0')}`;

let audience: Audience;
beforeAll(async () => {
  audience = await openAudience();
  const database = databaseOf(audience.connection);
  for (let start = 0; start < all; start += 10_000)
    await database
      .collection('citizens')
      .insertMany(Array.from({ length: 10_000 }, (_, offset) => citizenOf(start + offset)));
  await database
    .collection('appointments')
    .insertMany([
      ...Array.from({ length: 12_000 }, (_, nth) => visitOf(nth)),
      ...Array.from({ length: endedByClosure }, (_, nth) => endedVisitOf(nth)),
    ]);
}, 60_000);
afterAll(() => audience.close());

/** Every tenth has left, every fourth has tag 101, every fifth tag 102, every eighth a district. */
function citizenOf(nth: number) {
  return {
    accountId,
    openid: openidOf(nth),
    firstContactAt: new Date(monday),
    subscriptions: [],
    subscribed: nth % 10 !== 0,
    subscribedAt: new Date(monday - (nth % 100) * day),
    tagIds: [...(nth % 4 === 0 ? [101] : []), ...(nth % 5 === 0 ? [102] : [])],
    ...(nth % 8 === 0 && { district: nth % 16 === 0 ? '梅江区' : '梅县区' }),
    ...(nth % 1_000 === 1 && { unreachable: { reason: 'receiver_permanent:43019', at: new Date(monday) } }),
  };
}

/** The first 6,000 have been twice: in the past, and they are booked tomorrow. */
function visitOf(nth: number) {
  const isPast = nth >= 6_000;
  return {
    accountId,
    appointmentId: `a${nth}`,
    openid: openidOf(nth % 6_000),
    state: isPast ? 'arrived' : 'booked',
    service: nth % 2 === 0 ? 'id-card' : 'traffic',
    venue: 'hall-a',
    day: isPast ? '2026-10-01' : '2026-11-24',
    startsAt: new Date(monday + (isPast ? -53 : 1) * day),
    createdAt: new Date(monday - 60 * day),
  };
}

/** The first of them had a second booking tomorrow, which a closure ended. */
function endedVisitOf(nth: number) {
  const ended = { state: 'closed', service: 'id-card', day: '2026-11-24', code: `code-${nth}` };
  return { ...visitOf(nth), ...ended, appointmentId: `closed-${nth}` };
}

const followers = Array.from({ length: all }, (_, nth) => nth).filter((nth) => nth % 10 !== 0);

describe('an audience among 130,000 citizens', () => {
  it.each<[string, SegmentCondition[], (nth: number) => boolean]>([
    ['everybody', [], () => true],
    ['a tag', [{ kind: 'tag', tagIds: [101] }], (nth) => nth % 4 === 0],
    ['one of two tags', [{ kind: 'tag', tagIds: [101, 102] }], (nth) => nth % 4 === 0 || nth % 5 === 0],
    [
      'both of two tags',
      [
        { kind: 'tag', tagIds: [101] },
        { kind: 'tag', tagIds: [102] },
      ],
      (nth) => nth % 20 === 0,
    ],
    [
      'those who began to follow within a week',
      [{ kind: 'followed', from: '2026-11-17', to: '2026-11-23' }],
      (nth) => nth % 100 < 7,
    ],
    ['a district', [{ kind: 'district', districts: ['梅江区'] }], (nth) => nth % 16 === 0],
    [
      'a district and a tag',
      [
        { kind: 'district', districts: ['梅县区', '梅江区'] },
        { kind: 'tag', tagIds: [101] },
      ],
      (nth) => nth % 8 === 0,
    ],
    ['those booked on a day', [{ kind: 'booked', day: '2026-11-24' }], (nth) => nth < 6_000],
    [
      'those whose booking a closure ended',
      [{ kind: 'closed_visit', day: '2026-11-24', venue: 'hall-a' }],
      (nth) => nth < endedByClosure,
    ],
    [
      'those whose booking a closure ended who are still booked',
      [
        { kind: 'closed_visit', day: '2026-11-24' },
        { kind: 'booked', day: '2026-11-24', service: 'traffic' },
      ],
      (nth) => nth < endedByClosure && nth % 2 === 1,
    ],
    [
      'those who have used a service and have a tag',
      [
        { kind: 'used_service', services: ['id-card'] },
        { kind: 'tag', tagIds: [101] },
      ],
      (nth) => nth < 6_000 && nth % 4 === 0,
    ],
    [
      'those booked for one service who have used the other',
      [
        { kind: 'booked', day: '2026-11-24', service: 'id-card' },
        { kind: 'used_service', services: ['traffic'] },
      ],
      () => false,
    ],
  ])('%s: is counted, and each belongs to one page, in order of openid', async (_, conditions, belongs) => {
    const expected = followers.filter(belongs).map(openidOf);
    expect(await audience.audience.count(accountId, { conditions })).toBe(expected.length);
    const paged: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await audience.audience.list(
        accountId,
        { conditions },
        { limit: 7_000, ...(after !== undefined && { after }) },
      );
      paged.push(...page.recipients.map(({ openid }) => openid));
      after = page.next;
    }
    expect(paged).toEqual(expected);
  });

  it('reads no more citizens than it counts', async () => {
    const collection = databaseOf(audience.connection).collection('citizens');
    const counted = async (query: object) => {
      const { executionStats } = await collection
        .find({ accountId, subscribed: true, ...query })
        .explain('executionStats');
      return executionStats.totalDocsExamined;
    };
    expect(await counted({ tagIds: { $in: [101] } })).toBeLessThanOrEqual(all / 4);
    expect(await counted({ district: { $in: ['梅江区'] } })).toBeLessThanOrEqual(all / 16);
    expect(await counted({ unreachable: { $exists: true } })).toBeLessThanOrEqual(all / 1_000);
    const { queryPlanner } = await collection
      .find(
        { accountId, subscribed: true, openid: { $gt: openidOf(5) } },
        { projection: { _id: 0, openid: 1 } },
      )
      .sort({ openid: 1 })
      .limit(10)
      .explain();
    expect(JSON.stringify(queryPlanner.winningPlan)).not.toContain('"SORT"');
  });

  it('reads no more bookings than a closure ended, in order', async () => {
    const { executionStats, queryPlanner } = await databaseOf(audience.connection)
      .collection('appointments')
      .find({ accountId, state: 'closed', code: { $exists: true }, day: '2026-11-24', openid: { $gt: '' } })
      .sort({ openid: 1 })
      .explain('executionStats');
    expect(executionStats.totalDocsExamined).toBe(endedByClosure);
    expect(JSON.stringify(queryPlanner.winningPlan)).not.toContain('"SORT"');
  });

  it('knows the facts of those who are named, and nothing of strangers', async () => {
    const found = await audience.audience.findMany(accountId, [openidOf(1), openidOf(16), openidOf(20), 'x']);
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        { openid: openidOf(1), subscribed: true, unreachable: 'receiver_permanent:43019', values: {} },
        { openid: openidOf(16), subscribed: true, unreachable: undefined, values: { 区县: '梅江区' } },
        { openid: openidOf(20), subscribed: false, unreachable: undefined, values: {} },
      ]),
    );
  });
});

describe('whom the platform refuses for good', () => {
  it('is known before the next notice, until they follow anew', async () => {
    const { reach, citizens, findCitizen } = audience;
    const openid = openidOf(3);
    const at = (seconds: number) => new Date(monday + seconds * 1_000);
    const refuse = (seconds: number) =>
      reach.recordUnreachable(accountId, [{ openid, reason: 'receiver_permanent:48002', at: at(seconds) }]);
    const follow = (seconds: number) =>
      citizens.recordSubscription({
        accountId,
        openid,
        key: `follow-${seconds}`,
        sentAt: at(seconds).getTime(),
        input: { kind: 'follow' },
        raw: {},
      });
    await refuse(10);
    expect((await findCitizen(openid))?.unreachable).toEqual({
      reason: 'receiver_permanent:48002',
      at: at(10),
    });
    await follow(5);
    expect((await findCitizen(openid))?.unreachable?.at).toEqual(at(10));
    await follow(20);
    expect((await findCitizen(openid))?.unreachable).toBeUndefined();
    await refuse(15);
    expect((await findCitizen(openid))?.unreachable).toBeUndefined();
    expect(await findCitizen(openid)).toMatchObject({ subscribed: true, subscribedAt: at(20) });
  });
});
