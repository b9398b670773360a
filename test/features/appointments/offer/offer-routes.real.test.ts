import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAppointments, type Appointments } from '../../../support/open-appointments.js';
import { accountId } from '../../../support/booking.js';
import { buildSchedule, buildService, buildVenue } from './builders.js';

const tuesday = '2026-11-24';

let slice: Appointments;
beforeAll(async () => {
  slice = await openAppointments();
});
afterAll(() => slice.close());

function put(path: string, value: object, baseVersion = 0, more: object = {}) {
  return slice.ask('leader', 'put', path, { value, baseVersion, ...more });
}

const days = () => slice.timetable.days(accountId, 'id-card', 'hall');
const stateOf = async (day: string) => (await days()).find((one) => one.day === day)?.state;

/** The tests follow one another, as an office sets up its offer. */
describe('the offer', () => {
  it('is set up step by step; a schedule needs its service and its venue', async () => {
    expect(await put('schedules', buildSchedule())).toMatchObject({
      status: 422,
      body: { error: { code: 'no_such_service' } },
    });
    expect(await put('services', buildService())).toMatchObject({
      status: 200,
      body: { version: 1, updatedBy: { name: '小李' }, value: { name: '身份证' } },
    });
    expect(await put('schedules', buildSchedule())).toMatchObject({
      body: { error: { code: 'no_such_venue' } },
    });
    await put('venues', buildVenue());
    expect((await put('schedules', buildSchedule())).status).toBe(200);
    const { body } = await slice.ask('auditor', 'get', 'offer');
    expect(body).toMatchObject({
      services: [{ value: { id: 'id-card' }, version: 1 }],
      venues: [{ value: { id: 'hall' } }],
      schedules: [{ value: { service: 'id-card', venue: 'hall' } }],
    });
  });

  it('makes the slots ahead at once', async () => {
    expect(await days()).toHaveLength(8);
    expect(await stateOf(tuesday)).toBe('free');
  });

  it('keeps every change on record, with what it was', async () => {
    await put('services', buildService({ name: '居民身份证' }), 1);
    const [latest] = await slice.audited('appointment-service.save');
    expect(latest).toMatchObject({
      by: { name: '小李' },
      object: { kind: 'appointment-service', id: 'id-card' },
      changes: [{ path: 'name', before: '身份证', after: '居民身份证' }],
    });
  });

  it('tells the second of two editors who was first', async () => {
    expect(await put('services', buildService({ name: '旧的' }), 1)).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'version_conflict',
          message: '小李 刚刚改过这一项，请先查看再修改',
          details: { version: 2, theirs: { name: '居民身份证' } },
        },
      },
    });
  });

  it('lets one of several editors through who save at once', async () => {
    const saved = await Promise.all(
      ['甲', '乙', '丙', '丁'].map((name) => put('venues', buildVenue({ name }), 1)),
    );
    expect(saved.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
  });

  it('says in Chinese what is wrong with a schedule', async () => {
    const periods = [
      { from: '09:00', to: '12:00' },
      { from: '11:00', to: '10:00' },
    ];
    const { status, body } = await put('schedules', { ...buildSchedule(), periods }, 1);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('结束时间要晚于开始时间');
  });

  it('shows services in the order of the staff', async () => {
    await put('services', buildService({ id: 'passport', name: '护照' }));
    const order = (...ids: string[]) => slice.ask('leader', 'put', 'service-order', { ids });
    expect((await order('passport')).body.error.code).toBe('bad_order');
    expect((await order('passport', 'id-card')).status).toBe(204);
    const { body } = await slice.ask('leader', 'get', 'offer');
    expect(body.services.map((item: { value: { id: string } }) => item.value.id)).toEqual([
      'passport',
      'id-card',
    ]);
  });

  it('does not lose a service or a venue that a schedule names', async () => {
    const remove = (path: string) => slice.ask('leader', 'delete', path);
    expect((await remove('services/id-card?baseVersion=2')).body.error.code).toBe('service_in_use');
    expect((await remove('venues/hall?baseVersion=2')).body.error.code).toBe('venue_in_use');
    expect((await remove('services/passport?baseVersion=7')).body.error.code).toBe('version_conflict');
    expect((await remove('services/passport?baseVersion=1')).status).toBe(204);
    expect((await remove('services/passport?baseVersion=1')).body.error.code).toBe('no_such_service');
  });

  it('asks before a change closes places in which people stand', async () => {
    await slice.book(1, tuesday);
    const monthly = buildSchedule({ weekdays: [1] });
    expect(await put('schedules', monthly, 1)).toMatchObject({
      status: 409,
      body: { error: { code: 'would_close_booked', details: { count: 1 } } },
    });
    expect(await stateOf(tuesday)).toBe('free');
    expect((await put('schedules', monthly, 1, { closesBooked: true })).status).toBe(200);
    expect(await stateOf(tuesday)).toBe('closed');
    expect(await stateOf('2026-11-30')).toBe('free');
  });

  it('follows a schedule that is changed back, and leaves nothing of one that is removed', async () => {
    await put('schedules', buildSchedule({ perCounter: 3 }), 2);
    // One place of it is still taken by whoever is moved out later.
    expect((await days()).find(({ day }) => day === tuesday)).toMatchObject({ state: 'free', free: 14 });
    const removal = 'schedules/id-card/hall?baseVersion=3';
    expect((await slice.ask('leader', 'delete', removal)).body.error.code).toBe('would_close_booked');
    expect((await slice.ask('leader', 'delete', `${removal}&closesBooked=true`)).status).toBe(204);
    expect(await days()).toEqual([]);
    expect(await slice.timetable.services(accountId)).toEqual([]);
    expect(await slice.desk.reconcile()).toEqual([]);
  });
});
