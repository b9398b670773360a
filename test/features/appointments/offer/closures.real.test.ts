import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { databaseOf } from '../../../../src/storage/mongo-connection.js';
import { accountId, citizen, minute, outcomeOf } from '../../../support/booking.js';
import { openAppointments, type Appointments } from '../../../support/open-appointments.js';
import { until } from '../../../support/until.js';
import { buildSchedule, buildService, buildVenue } from './builders.js';

const monday = '2026-11-23';
const tuesday = '2026-11-24';
const opened: Appointments[] = [];

let slice: Appointments;
beforeEach(async () => {
  slice = await openAppointments();
  opened.push(slice);
  for (const [path, value] of [
    ['services', buildService()],
    ['venues', buildVenue()],
    ['schedules', buildSchedule()],
  ] as const)
    await slice.ask('leader', 'put', path, { value, baseVersion: 0 });
});
afterAll(() => Promise.all(opened.map((one) => one.close())));

const slotsOf = (day: string) => slice.timetable.slots(accountId, 'id-card', 'hall', day);
const close = (closure: object) =>
  slice.ask('leader', 'post', 'closures', { venue: 'hall', day: tuesday, reason: '系统升级', ...closure });

describe('a day that is closed', () => {
  it('takes nobody any more, and says why', async () => {
    const [first] = await slotsOf(tuesday);
    expect(await close({})).toMatchObject({ status: 201, body: { taken: 0, closure: { version: 1 } } });
    expect(await outcomeOf(slice.desk.hold(citizen(1), first!.slotId))).toBe('slot_closed');
    const days = await slice.timetable.days(accountId, 'id-card', 'hall');
    expect(days[1]).toEqual({ day: tuesday, state: 'closed', free: 0, reason: '系统升级' });
    const { body } = await slice.ask('deskOfficer', 'get', 'closures');
    expect(body.closures).toMatchObject([{ value: { venue: 'hall', day: tuesday } }]);
    expect(await slice.audited('appointment-closure.close')).toMatchObject([{ reason: '系统升级' }]);
  });

  it('moves out everybody who stood in it, who are told, and nobody else', async () => {
    const booked = await slice.book(1, tuesday);
    const other = await slice.book(2, '2026-11-25');
    const [, held] = await slotsOf(tuesday);
    await slice.desk.hold(citizen(3), held!.slotId);
    expect((await close({})).body.taken).toBe(2);
    slice.workers.start();
    await until('nobody is left', async () => (await slice.desk.listToDisplace(accountId, 10)).length === 0);
    await slice.workers.stop();
    expect((await slice.desk.find(citizen(1), booked.appointmentId)).state).toBe('closed');
    expect((await slice.desk.find(citizen(2), other.appointmentId)).state).toBe('booked');
    const notices = databaseOf(slice.connection).collection('owed_notices');
    expect(await notices.find().toArray()).toMatchObject([
      {
        openid: citizen(1).openid,
        kind: 'closed',
        subject: { kind: 'appointment', id: booked.appointmentId },
      },
    ]);
    expect(await slice.desk.reconcile()).toEqual([]);
  });

  it('opens again when the closure is lifted, unless another one holds', async () => {
    const first = (await close({})).body.closure.id;
    const second = (await close({ period: { from: '14:00', to: '15:00' }, reason: '停电' })).body.closure.id;
    expect((await slice.ask('leader', 'delete', `closures/${first}`)).status).toBe(204);
    expect((await slotsOf(tuesday)).map(({ state }) => state)).toEqual([
      'free',
      'free',
      'free',
      'closed',
      'closed',
    ]);
    await slice.ask('leader', 'delete', `closures/${second}`);
    expect((await slotsOf(tuesday)).every(({ state }) => state === 'free')).toBe(true);
    expect((await slice.ask('leader', 'delete', `closures/${second}`)).body.error.code).toBe(
      'no_such_closure',
    );
  });

  it('lies ahead, and names a venue and a service that there are', async () => {
    const refusal = async (closure: object) => (await close(closure)).body.error.code;
    expect(await refusal({ day: '2026-11-20' })).toBe('day_over');
    expect(await refusal({ venue: 'nowhere' })).toBe('no_such_venue');
    expect(await refusal({ service: 'nothing' })).toBe('no_such_service');
    slice.clock.pass(4 * 60 * minute);
    expect(await refusal({ day: monday, period: { from: '09:00', to: '10:00' } })).toBe('day_over');
  });

  it('is never opened by whoever plans the slots meanwhile', async () => {
    let version = 1;
    // Each change plans every slot anew.
    const edit = async () => {
      const value = buildService({ leadMinutes: version });
      const { status } = await slice.ask('leader', 'put', 'services', { value, baseVersion: version });
      expect(status).toBe(200);
      version += 1;
    };
    for (const day of [tuesday, '2026-11-25', '2026-11-26']) {
      await Promise.all([close({ day }), edit().then(edit)]);
      expect((await slotsOf(day)).map(({ state }) => state)).toEqual(Array(5).fill('closed'));
    }
  });
});

describe('the calendar', () => {
  const putYear = (days: object[], baseVersion: number, more: object = {}) =>
    slice.ask('administrator', 'put', 'calendar', { value: { year: 2026, days }, baseVersion, ...more });

  it('begins with what was announced, warns that the coming year is missing, and can be changed', async () => {
    slice.workers.start();
    await until('a year', async () => (await slice.ask('auditor', 'get', 'calendar')).body.years.length > 0);
    await until('the alarm', () =>
      slice.lines.some(({ msg }) => msg === 'the holidays of a year are missing'),
    );
    await slice.workers.stop();
    const { body } = await slice.ask('auditor', 'get', 'calendar');
    expect(body).toMatchObject({ years: [{ value: { year: 2026 }, version: 1 }], missing: [2027] });
    expect(slice.lines).toContainEqual(expect.objectContaining({ level: 'warn', missing: [2027] }));
    expect(await slice.registry.metrics()).toMatch(/suishen_calendar_missing_years\{.*\} 1/);
    await slice.book(1, tuesday);
    const holiday = { day: tuesday, kind: 'holiday', name: '市庆' };
    expect((await putYear([holiday], 1)).body.error).toMatchObject({
      code: 'would_close_booked',
      details: { count: 1 },
    });
    expect((await putYear([holiday], 1, { closesBooked: true })).status).toBe(200);
    const days = await slice.timetable.days(accountId, 'id-card', 'hall');
    expect(days[1]).toMatchObject({ day: tuesday, state: 'closed' });
    expect((await slice.audited('appointment-calendar.save'))[0]).toMatchObject({ object: { id: '2026' } });
  });

  it('refuses a day of another year and a day twice', async () => {
    const day = { day: '2027-01-01', kind: 'holiday', name: '元旦' };
    expect((await putYear([day], 0)).body.error.code).toBe('invalid_request');
    const twice = { ...day, day: '2026-12-31' };
    expect((await putYear([twice, twice], 0)).body.error.code).toBe('invalid_request');
  });
});
