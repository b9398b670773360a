import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appointment } from '../../../src/features/appointments/appointment.js';
import { CitizenBrowser } from '../../support/citizen-browser.js';
import { accountId, openCitizenPages, type CitizenPages } from '../../support/citizen-pages.js';

const person = { name: '张三', idNumber: '11010519491231002X', phone: '13812345678' };
const notice = '2026-11-23';

let pages: CitizenPages;
let amei: CitizenBrowser;
beforeEach(async () => {
  pages = await openCitizenPages();
  amei = new CitizenBrowser(pages.origin);
  await amei.signIn(pages.openidOf('阿梅'));
});
afterEach(() => pages.stop());

async function daysOf(service = 'id-card') {
  const { body } = await amei.call('get', `/services/${service}/venues/hall-a/days`);
  return body.days as { day: string; state: string; free: number }[];
}

/** A slot of the nth day, today being the first. */
async function slotOf(nth: number): Promise<string> {
  const { day } = (await daysOf())[nth]!;
  const { body } = await amei.call('get', `/services/id-card/venues/hall-a/days/${day}/slots`);
  return body.slots[0].slotId;
}

async function bookOn(nth: number, who = amei, idNumber = person.idNumber): Promise<string> {
  const held = await who.call('post', '/holds', { slotId: await slotOf(nth) });
  expect(held.status).toBe(201);
  const { appointmentId } = held.body;
  const booked = await who.call('post', `/appointments/${appointmentId}/booking`, {
    person: { ...person, idNumber },
    notice,
  });
  expect(booked.status).toBe(200);
  return appointmentId;
}

describe('the citizens’ API', () => {
  it('answers nobody who is not signed in, and no other account’s session', async () => {
    const stranger = new CitizenBrowser(pages.origin);
    const refused = await stranger.call('get', '/appointments');
    expect([refused.status, refused.body.error.code]).toEqual([401, 'sign_in_required']);
    expect((await amei.send('/h5/elsewhere/api/me')).status).toBe(404);
  });

  it('takes a mutation only from its own pages, with the token of the session', async () => {
    const slotId = await slotOf(3);
    const token = amei.csrfToken;
    amei.csrfToken = '';
    expect((await amei.call('post', '/holds', { slotId })).body.error.code).toBe('forged_request');
    const elsewhere = await amei.send(`/h5/${accountId}/api/holds`, {
      method: 'POST',
      headers: { 'x-csrf-token': token, 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ slotId }),
    });
    expect(elsewhere.status).toBe(403);
    expect(pages.desk.kept).toEqual([]);
  });

  it('names no openid anywhere', async () => {
    await bookOn(3);
    for (const path of ['/me', '/appointments', '/my-data', '/services', '/privacy'])
      expect(JSON.stringify((await amei.call('get', path)).body)).not.toContain(pages.openidOf('阿梅'));
  });

  it('answers an unknown address in JSON and not with the page', async () => {
    expect((await amei.call('get', '/nothing')).body.error.code).toBe('not_found');
  });

  it('is never kept by a cache', async () => {
    expect((await amei.call('get', '/appointments')).headers.get('cache-control')).toBe('no-store');
  });

  it('slows down a session that asks too often', async () => {
    const busy = await openCitizenPages({ requestsPerSession: 5 });
    const browser = new CitizenBrowser(busy.origin);
    await browser.signIn(busy.openidOf('阿梅'));
    const statuses: number[] = [];
    for (let nth = 0; nth < 6; nth += 1) statuses.push((await browser.call('get', '/me')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    await busy.stop();
  });
});

describe('what can be booked', () => {
  it('is shown with its halls, days and times', async () => {
    const { body } = await amei.call('get', '/services');
    expect(body.services.map(({ name }: { name: string }) => name)).toEqual(['身份证', '护照']);
    const halls = await amei.call('get', '/services/passport/venues');
    expect(halls.body.venues).toHaveLength(2);
    expect((await daysOf()).slice(1, 4).map(({ state }) => state)).toEqual(['full', 'closed', 'free']);
  });

  it.each([
    '/services/none/venues',
    '/services/none/venues/hall-a/days',
    '/services/id-card/venues/none/days',
  ])('is 404 where there is none: %s', async (path) => {
    expect((await amei.call('get', path)).status).toBe(404);
  });

  it('refuses a malformed day', async () => {
    const { status, body } = await amei.call('get', '/services/id-card/venues/hall-a/days/2026-02-30/slots');
    expect([status, body.error.code]).toEqual([400, 'invalid_request']);
  });
});

describe('booking on the page', () => {
  it('holds, books, shows, moves and cancels, each of them twice without harm', async () => {
    const appointmentId = await bookOn(3);
    const again = await amei.call('post', `/appointments/${appointmentId}/booking`, { person, notice });
    expect([again.status, again.body.state]).toEqual([200, 'booked']);
    const { body } = await amei.call('get', '/appointments');
    expect(body.appointments).toMatchObject([
      { state: 'booked', service: { name: '身份证' }, venue: { name: '示例办证大厅 A' }, isChangeable: true },
    ]);
    expect(body.appointments[0].person).toEqual({
      name: '张*',
      idNumber: '110***********002X',
      phone: '138****5678',
    });
    const slotId = await slotOf(4);
    const moved = await amei.call('post', `/appointments/${appointmentId}/move`, { slotId });
    expect(moved.body.day).toBe((await daysOf())[4]!.day);
    const cancel = () => amei.call('post', `/appointments/${appointmentId}/cancellation`);
    expect([await cancel(), await cancel()].map(({ status, body }) => [status, body.state])).toEqual([
      [200, 'cancelled'],
      [200, 'cancelled'],
    ]);
  });

  it.each([
    ['bad_id_number', { idNumber: '110105194912310021' }],
    ['bad_phone', { phone: '123' }],
    ['bad_name', { name: '张'.repeat(31) }],
  ])('refuses %s and keeps the place', async (code, fault) => {
    const held = await amei.call('post', '/holds', { slotId: await slotOf(3) });
    const path = `/appointments/${held.body.appointmentId}`;
    const refused = await amei.call('post', `${path}/booking`, { person: { ...person, ...fault }, notice });
    expect([refused.status, refused.body.error.code]).toEqual([400, code]);
    expect((await amei.call('get', path)).body.state).toBe('held');
  });

  it('takes nothing without consent to the notice as it is now', async () => {
    const held = await amei.call('post', '/holds', { slotId: await slotOf(3) });
    const path = `/appointments/${held.body.appointmentId}/booking`;
    expect((await amei.call('post', path, { person })).body.error.code).toBe('invalid_request');
    const old = await amei.call('post', path, { person, notice: '2020-01-01' });
    expect(old.body.error.code).toBe('consent_missing');
  });

  it('does not book a hold whose ten minutes are over', async () => {
    const held = await amei.call('post', '/holds', { slotId: await slotOf(3) });
    pages.clock.time += 600_000;
    const path = `/appointments/${held.body.appointmentId}/booking`;
    expect((await amei.call('post', path, { person, notice })).body.error.code).toBe('hold_lapsed');
  });

  it('shows and changes nobody else’s appointment', async () => {
    const appointmentId = await bookOn(3);
    const zhang = new CitizenBrowser(pages.origin);
    await zhang.signIn(pages.openidOf('老张'));
    const path = `/appointments/${appointmentId}`;
    expect((await zhang.call('get', path)).body.error.code).toBe('no_such_appointment');
    for (const deed of ['cancellation', 'acceptance'])
      expect((await zhang.call('post', `${path}/${deed}`)).status).toBe(404);
    expect((await zhang.call('post', `${path}/move`, { slotId: await slotOf(4) })).status).toBe(404);
    expect(pages.desk.kept[0]!.state).toBe('booked');
  });

  it('waits for a full day, and accepts what is offered', async () => {
    const { day } = (await daysOf())[1]!;
    const wanted = { service: 'id-card', venue: 'hall-a', day, person, notice };
    const waiting = await amei.call('post', '/waits', wanted);
    expect([waiting.status, waiting.body.state, waiting.body.position]).toEqual([201, 'waiting', 0]);
    pages.desk.offerTo(waiting.body.appointmentId, await slotOf(3));
    const path = `/appointments/${waiting.body.appointmentId}`;
    expect((await amei.call('get', path)).body.state).toBe('offered');
    expect((await amei.call('post', `${path}/acceptance`)).body.state).toBe('booked');
  });

  it('hears what is said against a missed visit, and only against one', async () => {
    const path = `/appointments/${await bookOn(3)}/objection`;
    expect((await amei.call('post', path, { text: '那天高铁停运' })).body.error.code).toBe('not_changeable');
    pages.desk.kept[0]!.state = 'missed';
    const answer = await amei.call('post', path, { text: '那天高铁停运' });
    expect([answer.status, answer.body.objection]).toEqual([
      200,
      { at: new Date(pages.clock.time).toISOString(), decision: null },
    ]);
    expect(pages.desk.objections).toEqual(['那天高铁停运']);
  });
});

describe('one’s own data', () => {
  const record = (overrides: Partial<Appointment>): Appointment => ({
    accountId,
    appointmentId: `r${Math.random()}`,
    openid: pages.openidOf('阿梅'),
    state: 'arrived',
    service: 'id-card',
    venue: 'hall-a',
    day: '2026-11-20',
    sealed: 'sealed',
    movedFrom: [],
    createdAt: new Date(0),
    changedAt: new Date(0),
    expiresAt: new Date(0),
    ...overrides,
  });

  it('is given as a file, in full', async () => {
    pages.records.all = [record({}), record({ openid: 'somebody else' })];
    const { headers, body } = await amei.call('get', '/my-data');
    expect(headers.get('content-disposition')).toMatch(
      /attachment; filename="my-data-\d{4}-\d\d-\d\d\.json"/,
    );
    expect(body.appointments).toMatchObject([
      { service: '身份证', person: { idNumber: '441402199001011234' } },
    ]);
  });

  it('is not deleted while an appointment lies ahead', async () => {
    pages.records.all = [record({ state: 'booked', endsAt: new Date(pages.clock.time + 1) }), record({})];
    const { status, body } = await amei.call('delete', '/my-data');
    expect([status, body.error.code]).toEqual([409, 'appointments_ahead']);
    expect(pages.records.all).toHaveLength(2);
  });

  it('is deleted; visits keep their place without their person, and others’ records stay', async () => {
    pages.records.all = [
      record({ state: 'cancelled' }),
      record({ state: 'held', until: new Date(pages.clock.time) }),
      record({ personKey: 'digest' }),
      record({ openid: 'somebody else' }),
    ];
    expect((await amei.call('delete', '/my-data')).body).toEqual({
      deleted: 1,
      anonymised: 1,
      isComplete: true,
      kept: [expect.stringContaining('办过的和没有到的'), expect.stringContaining('刚刚过期')],
    });
    expect(pages.records.all.map(({ openid, sealed }) => [openid, sealed])).toEqual([
      [pages.openidOf('阿梅'), 'sealed'],
      ['', undefined],
      ['somebody else', 'sealed'],
    ]);
  });
});
