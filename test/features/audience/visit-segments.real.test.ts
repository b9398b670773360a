import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appointment } from '../../../src/features/appointments/appointment.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { accountId, day, monday } from '../../support/booking.js';
import { openAudience, type Audience } from '../../support/open-audience.js';

let audience: Audience;
beforeAll(async () => {
  audience = await openAudience();
});
afterAll(() => audience.close());
beforeEach(() => audience.clear());

describe('segments by visit', () => {
  it('find who is booked on a day, with what a notice may say of the booking', async () => {
    const { services, venues } = (await audience.ask('leader', 'get', 'choices')).body;
    const [service, other] = services;
    const [venue] = venues;
    const left = { openid: 'left', subscribed: false };
    await audience.addCitizens({ openid: 'o1' }, { openid: 'o2' }, { openid: 'o3' }, left);
    await addVisits(
      { openid: 'o1', service: service.id, venue: venue.id },
      { openid: 'o1', service: other.id, venue: venue.id, startsAt: new Date(monday + day + 3_600_000) },
      { openid: 'o2', service: service.id, venue: venue.id, state: 'cancelled' },
      { openid: 'o3', service: other.id, venue: venue.id, state: 'arrived', day: '2026-11-20' },
      { openid: 'left', service: service.id, venue: venue.id },
      { openid: '', service: service.id, venue: venue.id },
    );
    const tomorrow = { conditions: [{ kind: 'booked' as const, day: '2026-11-24' }] };
    expect((await audience.ask('leader', 'post', 'size', tomorrow)).body).toEqual({
      followers: 1,
      unreachable: 0,
      placeholders: ['区县', '预约事项', '预约地点', '预约时间'],
    });
    expect((await audience.audience.list(accountId, tomorrow, { limit: 10 })).recipients).toEqual([
      {
        openid: 'o1',
        subscribed: true,
        unreachable: undefined,
        values: { 预约事项: service.name, 预约地点: venue.name, 预约时间: '2026年11月24日 08:00' },
      },
    ]);
    const sizeOf = async (...conditions: object[]) =>
      (await audience.ask('leader', 'post', 'size', { conditions })).body.followers;
    expect(await sizeOf({ kind: 'used_service', services: [other.id] })).toBe(2);
    expect(await sizeOf({ kind: 'used_service', services: [other.id], since: '2026-11-21' })).toBe(1);
    expect(
      await sizeOf(
        { kind: 'booked', day: '2026-11-24', service: service.id },
        { kind: 'used_service', services: [other.id] },
      ),
    ).toBe(1);
  });

  it('find whose booking of a day a closure ended, by hall and service, with what a notice may say of it', async () => {
    const { services, venues } = (await audience.ask('leader', 'get', 'choices')).body;
    const [service, other] = services;
    const [venue, elsewhere] = venues;
    const openids = ['ended', 'again', 'cancelled', 'form', 'other', 'booked'];
    await audience.addCitizens(...openids.map((openid) => ({ openid })));
    const here = { service: service.id, venue: venue.id };
    // Only a booking has a code: a form or a wait has none.
    const closed = { ...here, state: 'closed' as const };
    const ended = (openid: string) => ({ ...closed, openid, code: `code-${openid}` });
    await addVisits(
      ended('ended'),
      // Booked anew on the same day: a notice still speaks of what was ended.
      ended('again'),
      { ...here, openid: 'again', startsAt: new Date(monday + day - 3_600_000) },
      { ...ended('other'), service: other.id, venue: elsewhere.id },
      { ...closed, openid: 'form' },
      { ...here, openid: 'cancelled', state: 'cancelled', code: 'code-cancelled' },
      { ...here, openid: 'booked' },
      { ...ended('booked'), code: 'code-later', day: '2026-11-25' },
      { ...ended(''), code: 'code-counter' },
    );
    const rules = (place: object = {}) => ({
      conditions: [{ kind: 'closed_visit' as const, day: '2026-11-24', ...place }],
    });
    expect((await audience.ask('leader', 'post', 'size', rules())).body).toEqual({
      followers: 3,
      unreachable: 0,
      placeholders: ['区县', '预约事项', '预约地点', '预约时间'],
    });
    const values = { 预约事项: service.name, 预约地点: venue.name, 预约时间: '2026年11月24日 08:00' };
    const { recipients } = await audience.audience.list(accountId, rules(here), { limit: 10 });
    expect(recipients).toMatchObject([
      { openid: 'again', values },
      { openid: 'ended', values },
    ]);
    const sizeOf = async (place: object) =>
      (await audience.ask('leader', 'post', 'size', rules(place))).body.followers;
    expect(await sizeOf({ venue: elsewhere.id })).toBe(1);
    expect(await sizeOf({ service: service.id })).toBe(2);
    expect(await sizeOf({ day: '2026-11-25' })).toBe(1);
  });
});

async function addVisits(...visits: Partial<Appointment>[]): Promise<void> {
  const startsAt = new Date(monday + day);
  await databaseOf(audience.connection)
    .collection('appointments')
    .insertMany(
      visits.map((visit, nth) => ({
        accountId,
        appointmentId: `a${nth}`,
        state: 'booked',
        day: '2026-11-24',
        startsAt,
        createdAt: startsAt,
        ...visit,
      })),
    );
}
