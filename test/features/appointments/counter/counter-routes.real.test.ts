import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { accountId, citizen, day, minute, person } from '../../../support/booking.js';
import { openAppointments, type Appointments } from '../../../support/open-appointments.js';
import { buildSchedule, buildService, buildVenue } from '../offer/builders.js';

const monday = '2026-11-23';
const tuesday = '2026-11-24';

let slice: Appointments;
let booked: { appointmentId: string; code: string };
beforeAll(async () => {
  slice = await openAppointments();
  for (const [path, value] of [
    ['services', buildService()],
    ['venues', buildVenue()],
    ['schedules', buildSchedule()],
  ] as const)
    await slice.ask('leader', 'put', path, { value, baseVersion: 0 });
  const { appointmentId, code = '' } = await slice.book(1, monday);
  booked = { appointmentId, code };
});
afterAll(() => slice.close());

const dayList = async (of: string) => (await slice.ask('auditor', 'get', `days/${of}`)).body;

/** The tests follow one another, as a day at the counter does. */
describe('the counter', () => {
  it('sees who comes slot by slot, masked and without the code', async () => {
    const list = await dayList(monday);
    expect(list.slots).toHaveLength(5);
    expect(list.slots[0]).toMatchObject({
      startsAt: '2026-11-23T01:00:00.000Z',
      capacity: 1,
      taken: 1,
      appointments: [{ appointmentId: booked.appointmentId, state: 'booked', timesMoved: 0 }],
    });
    const { name, idNumber, phone } = list.slots[0].appointments[0].person;
    expect([name, idNumber, phone].every((part: string) => part.includes('*'))).toBe(true);
    expect(JSON.stringify(list)).not.toContain(booked.code);
    expect((await slice.ask('auditor', 'get', `days/${monday}?venue=other`)).body.slots).toEqual([]);
    expect((await slice.ask('auditor', 'get', 'days/2026-13-01')).status).toBe(400);
  });

  it('sees a form that nobody finished as lapsed', async () => {
    const [, second] = await slice.timetable.slots(accountId, 'id-card', 'hall', monday);
    await slice.desk.hold(citizen(2), second!.slotId);
    expect((await dayList(monday)).slots[1].appointments).toMatchObject([{ state: 'held', person: null }]);
    slice.clock.pass(11 * minute);
    expect((await dayList(monday)).slots[1].appointments).toMatchObject([{ state: 'lapsed' }]);
  });

  it('gets the same as an Excel file, with the names of services and halls', async () => {
    const { body, headers } = await slice.ask('auditor', 'get', `days/${monday}/export`);
    expect(headers['content-type']).toContain('spreadsheetml');
    expect(decodeURIComponent(String(headers['content-disposition']))).toContain(`预约名单 ${monday}.xlsx`);
    const text = Object.values(unzipSync(body))
      .map((part) => strFromU8(part))
      .join('');
    expect(text).toContain('身份证');
    expect(text).toContain('办证大厅');
    expect(text).not.toContain(booked.code);
  });

  it('sees the person in full for a reason that goes on record', async () => {
    const path = `records/${booked.appointmentId}/disclosure`;
    expect((await slice.ask('deskOfficer', 'post', path, { reason: ' ' })).status).toBe(400);
    expect(await slice.audited('appointment.disclose')).toEqual([]);
    expect((await slice.ask('administrator', 'post', path, { reason: '看看' })).status).toBe(403);
    const { body } = await slice.ask('deskOfficer', 'post', path, { reason: '核对证件' });
    expect(body).toEqual({ person: person(1) });
    expect(await slice.audited('appointment.disclose')).toMatchObject([
      { reason: '核对证件', object: { id: booked.appointmentId } },
    ]);
  });

  it('checks in by the code, once', async () => {
    const checkIn = (code: string) => slice.ask('deskOfficer', 'post', 'check-ins', { code });
    expect((await checkIn('no such')).body.error.code).toBe('no_such_code');
    expect(await checkIn(booked.code)).toMatchObject({ status: 200, body: { state: 'arrived' } });
    expect((await checkIn(booked.code)).body.error.code).toBe('already_arrived');
  });

  it('cancels for a citizen, and books beyond the rules for a reason', async () => {
    const other = await slice.book(3, tuesday);
    const { slots } = await dayList(tuesday);
    const override = {
      slotId: slots[0].slotId,
      reason: '军人优先',
      person: { ...person(4), idNumber: '441402199001010000' },
    };
    const refused = await slice.ask('leader', 'post', 'overrides', override);
    expect(refused.body.error.code).toBe('bad_id_number');
    const made = await slice.ask('leader', 'post', 'overrides', { ...override, person: person(4) });
    expect(made).toMatchObject({ status: 201, body: { state: 'booked' } });
    const [first] = (await dayList(tuesday)).slots;
    expect(first).toMatchObject({ capacity: 1, taken: 2 });
    expect(first.appointments.map((one: { override: string | null }) => one.override)).toContain('军人优先');
    const path = `records/${other.appointmentId}/cancel`;
    expect(await slice.ask('deskOfficer', 'post', path, { reason: '本人来电' })).toMatchObject({
      body: { state: 'cancelled' },
    });
    expect(await slice.audited('appointment.override')).toMatchObject([{ reason: '军人优先' }]);
    expect(await slice.desk.reconcile()).toEqual([]);
  });

  it('hears objections against missed visits, and a leader decides', async () => {
    const missed = await slice.book(5, '2026-11-25');
    slice.clock.pass(4 * day);
    await slice.desk.markMissed(slice.clock.now());
    await slice.desk.objectToMiss(citizen(5), missed.appointmentId, '住院了，电话13800138000');
    const { body } = await slice.ask('auditor', 'get', 'objections');
    expect(body.objections).toMatchObject([
      { text: '住院了，电话138****8000', appointment: { appointmentId: missed.appointmentId } },
    ]);
    const decide = () =>
      slice.ask('leader', 'post', `objections/${missed.appointmentId}/decision`, {
        isGranted: true,
        reason: '有住院证明',
      });
    expect((await decide()).status).toBe(200);
    expect((await decide()).body.error.code).toBe('already_decided');
    expect((await dayList('2026-11-25')).slots[0].appointments).toMatchObject([{ isExcused: true }]);
  });

  it('sees how the days went, on the page and in Excel', async () => {
    const range = `from=${monday}&to=2026-11-25`;
    const { body } = await slice.ask('auditor', 'get', `figures?${range}`);
    expect(body.figures).toMatchObject([
      { day: monday, places: 5, booked: 1, arrived: 1, missed: 0, utilisation: 20, noShow: 0 },
      { day: tuesday, places: 5, booked: 1, missed: 1, cancelled: 1 },
      { day: '2026-11-25', places: 5, missed: 1, noShow: 100 },
    ]);
    expect(unzipSync((await slice.ask('auditor', 'get', `figures/export?${range}`)).body)).toBeTruthy();
    const backwards = await slice.ask('auditor', 'get', `figures?from=${tuesday}&to=${monday}`);
    expect(backwards.body.error.message).toBe('结束日期不能早于开始日期');
  });
});
