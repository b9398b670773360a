import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AppointmentView } from '../../../../src/features/appointments/booking-desk.js';
import type { Slot } from '../../../../src/features/appointments/slot.js';
import {
  accountId,
  buildService,
  citizen,
  consent,
  day,
  minute,
  outcomeOf,
  person,
} from '../../../support/booking.js';
import { openBooking, type BookingBench } from '../../../support/open-booking.js';
import { actor } from '../../../support/content-services.js';

let bench: BookingBench;
let slot: Slot;
const opened: BookingBench[] = [];
beforeEach(async () => {
  bench = await openBooking();
  opened.push(bench);
  slot = await bench.plan();
});
afterEach(async () => {
  expect(await bench.desk.reconcile()).toEqual([]);
});
afterAll(async () => {
  for (const { dispose } of opened) await dispose();
});

describe('holding', () => {
  it('keeps the place for ten minutes', async () => {
    const view = await bench.desk.hold(citizen(1), slot.slotId);
    expect(view).toMatchObject({
      state: 'held',
      person: null,
      until: new Date(bench.clock.now() + 10 * minute),
    });
    expect(await outcomeOf(bench.desk.hold(citizen(2), slot.slotId))).toBe('slot_full');
    bench.clock.pass(10 * minute);
    expect(await bench.desk.hold(citizen(2), slot.slotId)).toMatchObject({ state: 'held' });
    expect(await bench.taken(slot)).toBe(1);
  });

  it('twice is one hold whose time does not begin anew', async () => {
    const first = await bench.desk.hold(citizen(1), slot.slotId);
    bench.clock.pass(minute);
    expect(await bench.desk.hold(citizen(1), slot.slotId)).toEqual(first);
  });

  it('another place moves the hold and gives the first one back', async () => {
    const later = await bench.plan({ startsAt: new Date(slot.startsAt.getTime() + 30 * minute) });
    const first = await bench.desk.hold(citizen(1), slot.slotId);
    bench.clock.pass(minute);
    const second = await bench.desk.hold(citizen(1), later.slotId);
    expect(second).toMatchObject({ appointmentId: first.appointmentId, startsAt: later.startsAt });
    expect(second.until).toEqual(new Date(bench.clock.now() + 10 * minute));
    expect([await bench.taken(slot), await bench.taken(later)]).toEqual([0, 1]);
  });

  it('a place that is full leaves the citizen what they held', async () => {
    const full = await bench.plan({ venue: 'hall-b' });
    await bench.book(9, full);
    const held = await bench.desk.hold(citizen(1), slot.slotId);
    expect(await outcomeOf(bench.desk.hold(citizen(1), full.slotId))).toBe('slot_full');
    expect(await bench.desk.find(citizen(1), held.appointmentId)).toEqual(held);
  });

  it('a lapsed hold of one’s own begins anew', async () => {
    const first = await bench.desk.hold(citizen(1), slot.slotId);
    bench.clock.pass(11 * minute);
    const second = await bench.desk.hold(citizen(1), slot.slotId);
    expect(second.appointmentId).not.toBe(first.appointmentId);
    expect(await bench.desk.listOf(citizen(1))).toEqual([second]);
  });

  it.each([
    ['slot_not_yet', { bookableFrom: new Date('2026-11-24T00:00:00Z') }],
    ['slot_over', { bookableUntil: new Date('2026-11-22T00:00:00Z') }],
    ['slot_closed', { closed: '系统升级' }],
  ])('is refused: %s', async (code, overrides) => {
    const other = await bench.plan({ venue: 'hall-b', ...overrides });
    expect(await outcomeOf(bench.desk.hold(citizen(1), other.slotId))).toBe(code);
    expect(await bench.taken(other)).toBe(0);
  });

  it('is refused where there is no such slot, or none is to be had', async () => {
    expect(await outcomeOf(bench.desk.hold(citizen(1), '2026-11-24T09:00'))).toBe('no_such_slot');
    bench.offers.change('id-card', { isPaused: true });
    expect(await outcomeOf(bench.desk.hold(citizen(1), slot.slotId))).toBe('service_paused');
    expect(await bench.records()).toEqual([]);
  });
});

describe('booking', () => {
  it('keeps nothing of the person readable and shows it masked', async () => {
    const view = await bench.book(1, slot);
    expect(view).toMatchObject({
      state: 'booked',
      code: expect.stringMatching(/^\d{8}$/),
      isChangeable: true,
      person: { name: '市**', idNumber: expect.stringMatching(/^441\*{11}/), phone: '138****0000' },
    });
    const stored = JSON.stringify(await bench.records());
    for (const value of Object.values(person(1))) expect(stored).not.toContain(value);
  });

  it('twice is one appointment', async () => {
    const first = await bench.book(1, slot);
    const again = bench.desk.book(citizen(1), first.appointmentId, person(1), consent);
    expect(await again).toEqual(first);
    expect(await bench.taken(slot)).toBe(1);
  });

  it.each([
    ['bad_name', { name: ' ' }],
    ['bad_name', { name: '名'.repeat(31) }],
    ['bad_id_number', { idNumber: '441402193001010001' }],
    ['bad_phone', { phone: '110' }],
  ])('is refused and the place stays held: %s', async (code, fault) => {
    const { appointmentId } = await bench.desk.hold(citizen(1), slot.slotId);
    const wrong = { ...person(1), ...fault };
    expect(await outcomeOf(bench.desk.book(citizen(1), appointmentId, wrong, consent))).toBe(code);
    expect(await bench.desk.find(citizen(1), appointmentId)).toMatchObject({ state: 'held' });
  });

  it('needs consent', async () => {
    const { appointmentId } = await bench.desk.hold(citizen(1), slot.slotId);
    const none = { notice: '', at: consent.at };
    expect(await outcomeOf(bench.desk.book(citizen(1), appointmentId, person(1), none))).toBe(
      'consent_missing',
    );
  });

  it('comes too late once the hold has lapsed, although nobody else has taken the place', async () => {
    const { appointmentId } = await bench.desk.hold(citizen(1), slot.slotId);
    bench.clock.pass(10 * minute);
    const late = () => outcomeOf(bench.desk.book(citizen(1), appointmentId, person(1), consent));
    expect(await late()).toBe('hold_lapsed');
    await bench.desk.reclaim(bench.clock.now());
    expect(await late()).toBe('hold_lapsed');
    expect(await bench.taken(slot)).toBe(0);
  });

  it('one person with two accounts has one person’s limit', async () => {
    const other = await bench.plan({
      venue: 'hall-b',
      startsAt: new Date(slot.startsAt.getTime() + 30 * minute),
    });
    await bench.book(1, slot);
    const error = await bench.book(2, other, person(1)).catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'person_limit',
      message: '「身份证」每人同时最多预约 1 次，您已经约满了',
    });
  });

  it('the limit of a day, month or year is by the day of the visit and is not used up by cancelling', async () => {
    bench.offers.change('id-card', { limit: { count: 2, per: 'month' } });
    const days = await Promise.all(
      [1, 2, 3, 8].map((after) =>
        bench.plan({ startsAt: new Date(bench.clock.now() + after * day + 60 * minute) }),
      ),
    );
    const [first, second, third, december] = days as [Slot, Slot, Slot, Slot];
    const booked = await bench.book(1, first);
    await bench.book(1, second);
    expect(await outcomeOf(bench.book(1, third))).toBe('person_limit');
    await bench.book(1, december);
    await bench.desk.cancel(citizen(1), booked.appointmentId);
    expect(await outcomeOf(bench.book(1, third))).toBe('done');
  });

  it('nobody is in two halls at the same time, whatever the service', async () => {
    const passports = await openBooking(buildService(), buildService({ id: 'passport', name: '护照' }));
    opened.push(passports);
    const one = await passports.plan();
    const other = await passports.plan({ service: 'passport', venue: 'hall-b' });
    await passports.book(1, one);
    expect(await outcomeOf(passports.book(2, other, person(1)))).toBe('person_busy');
  });

  it('what lies ahead ends with its day, whether or not anything was marked', async () => {
    await bench.book(1, slot);
    const next = await bench.plan({ startsAt: new Date(slot.startsAt.getTime() + 5 * day) });
    bench.clock.pass(2 * day);
    expect(await outcomeOf(bench.book(1, next))).toBe('done');
    expect((await bench.desk.listOf(citizen(1))).map(({ state }) => state)).toEqual(['booked', 'missed']);
  });

  it('is nobody else’s', async () => {
    const { appointmentId } = await bench.book(1, slot);
    const { desk } = bench;
    const foreign = await Promise.all(
      [
        desk.find(citizen(2), appointmentId),
        desk.cancel(citizen(2), appointmentId),
        desk.book(citizen(2), appointmentId, person(2), consent),
        desk.move(citizen(2), appointmentId, slot.slotId),
        desk.accept(citizen(2), appointmentId),
        desk.find({ accountId: 'another', openid: 'o-1' }, appointmentId),
      ].map(outcomeOf),
    );
    expect(new Set(foreign)).toEqual(new Set(['no_such_appointment']));
    expect(await desk.find(citizen(1), appointmentId)).toMatchObject({ state: 'booked' });
  });
});

describe('cancelling', () => {
  it('gives the place back once, however often it is done', async () => {
    const { appointmentId } = await bench.book(1, slot);
    const cancel = () => bench.desk.cancel(citizen(1), appointmentId);
    expect([await cancel(), await cancel()]).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
    expect(await bench.taken(slot)).toBe(0);
    expect(await outcomeOf(bench.book(1, slot))).toBe('done');
  });

  it('is not possible after the cut-off, except for staff', async () => {
    const { appointmentId } = await bench.book(1, slot);
    bench.clock.at = slot.startsAt.getTime() - 119 * minute;
    expect(await outcomeOf(bench.desk.cancel(citizen(1), appointmentId))).toBe('too_late_to_change');
    expect(await bench.desk.find(citizen(1), appointmentId)).toMatchObject({ isChangeable: false });
    const order = { accountId, appointmentId, reason: '市民来电 13800000000' };
    expect(await outcomeOf(bench.desk.cancelForCitizen({ ...order, reason: ' ' }, actor('li')))).toBe(
      'reason_missing',
    );
    await bench.desk.cancelForCitizen(order, actor('li'));
    expect(await bench.taken(slot)).toBe(0);
    expect(await bench.notices()).toEqual([{ openid: 'o-1', kind: 'cancelled' }]);
    const { events } = await bench.trail.list({ accountId }, 10);
    expect(events).toMatchObject([
      { action: 'appointment.cancel', object: { id: appointmentId }, reason: '市民来电 138****0000' },
    ]);
  });
});

describe('moving', () => {
  let later: Slot;
  beforeEach(async () => {
    later = await bench.plan({ venue: 'hall-b', startsAt: new Date(slot.startsAt.getTime() + day) });
  });

  it('keeps the record and its code, at another hall', async () => {
    const booked = await bench.book(1, slot);
    const moved = await bench.desk.move(citizen(1), booked.appointmentId, later.slotId);
    expect(moved).toMatchObject({ appointmentId: booked.appointmentId, code: booked.code, venue: 'hall-b' });
    expect(await bench.desk.move(citizen(1), booked.appointmentId, later.slotId)).toEqual(moved);
    expect([await bench.taken(slot), await bench.taken(later)]).toEqual([0, 1]);
    const [record] = await bench.records();
    expect(record).toMatchObject({ movedFrom: [{ slotId: slot.slotId, startsAt: slot.startsAt }] });
  });

  it('to a full place leaves everything as it was', async () => {
    const booked = await bench.book(1, slot);
    await bench.book(2, later);
    expect(await outcomeOf(bench.desk.move(citizen(1), booked.appointmentId, later.slotId))).toBe(
      'slot_full',
    );
    expect(await bench.desk.find(citizen(1), booked.appointmentId)).toEqual(booked);
  });

  it('is for what is booked, in time, and stays with the service', async () => {
    const held = await bench.desk.hold(citizen(1), slot.slotId);
    const move = (slotId: string) => outcomeOf(bench.desk.move(citizen(1), held.appointmentId, slotId));
    expect(await move(later.slotId)).toBe('not_changeable');
    await bench.desk.book(citizen(1), held.appointmentId, person(1), consent);
    const passport = await bench.plan({ service: 'passport' });
    expect(await move(passport.slotId)).toBe('no_such_slot');
    bench.clock.at = slot.startsAt.getTime() - 119 * minute;
    expect(await move(later.slotId)).toBe('too_late_to_change');
  });

  it('gives the old place to who waits for it', async () => {
    const booked = await bench.book(1, slot);
    const waiting = await bench.desk.wait(citizen(2), slot, person(2), consent);
    await bench.desk.move(citizen(1), booked.appointmentId, later.slotId);
    expect(await bench.desk.find(citizen(2), waiting.appointmentId)).toMatchObject({ state: 'offered' });
    expect(await bench.taken(slot)).toBe(1);
  });
});

describe('the waiting list', () => {
  it('hands a freed place on in the order of arrival, each time for a limited time', async () => {
    const { appointmentId } = await bench.book(1, slot);
    const first = await bench.desk.wait(citizen(2), slot, person(2), consent);
    bench.clock.pass(1);
    const second = await bench.desk.wait(citizen(3), slot, person(3), consent);
    expect([first.position, second.position]).toEqual([0, 1]);
    await bench.desk.cancel(citizen(1), appointmentId);
    expect(await outcomeOf(bench.desk.hold(citizen(4), slot.slotId))).toBe('slot_full');
    expect(await bench.desk.find(citizen(2), first.appointmentId)).toMatchObject({
      state: 'offered',
      startsAt: slot.startsAt,
      until: new Date(bench.clock.now() + 30 * minute),
    });
    bench.clock.pass(30 * minute);
    // Whoever comes now still comes after those who waited.
    expect(await outcomeOf(bench.desk.hold(citizen(4), slot.slotId))).toBe('slot_full');
    expect(await outcomeOf(bench.desk.accept(citizen(2), first.appointmentId))).toBe('offer_lapsed');
    const accepted = await bench.desk.accept(citizen(3), second.appointmentId);
    expect(accepted).toMatchObject({ state: 'booked', code: expect.any(String) });
    expect(await bench.desk.accept(citizen(3), second.appointmentId)).toEqual(accepted);
    expect(await bench.notices()).toEqual([
      { openid: 'o-2', kind: 'offered' },
      { openid: 'o-3', kind: 'offered' },
    ]);
  });

  it('opens only where nothing is left, also of what nobody holds any more', async () => {
    const wait = (wanted: Parameters<typeof bench.desk.wait>[1]) =>
      outcomeOf(bench.desk.wait(citizen(2), wanted, person(2), consent));
    expect(await wait(slot)).toBe('places_left');
    await bench.desk.hold(citizen(1), slot.slotId);
    bench.clock.pass(10 * minute);
    expect(await wait(slot)).toBe('places_left');
    expect(await wait({ ...slot, day: '2026-11-30' })).toBe('no_such_slot');
    bench.clock.at = slot.bookableUntil.getTime();
    expect(await wait(slot)).toBe('slot_over');
    await bench.close(slot);
    expect(await wait(slot)).toBe('slot_closed');
  });

  it('has one place per person', async () => {
    await bench.book(1, slot);
    const first = await bench.desk.wait(citizen(2), slot, person(2), consent);
    expect(await bench.desk.wait(citizen(2), slot, person(2), consent)).toEqual(first);
    expect(await outcomeOf(bench.desk.wait(citizen(3), slot, person(2), consent))).toBe('person_limit');
    await bench.desk.cancel(citizen(2), first.appointmentId);
    expect(await outcomeOf(bench.desk.wait(citizen(3), slot, person(2), consent))).toBe('done');
  });

  it('gets places that are added, and ends with its day', async () => {
    await bench.book(1, slot);
    const waits: AppointmentView[] = [];
    for (const nth of [2, 3, 4]) {
      waits.push(await bench.desk.wait(citizen(nth), slot, person(nth), consent));
      bench.clock.pass(1);
    }
    await bench.plan({ capacity: 3 });
    expect(await bench.desk.reclaim(bench.clock.now())).toEqual({ lapsed: 0, offered: 2 });
    const states = async () =>
      Promise.all(
        waits.map(
          async ({ appointmentId }, nth) => (await bench.desk.find(citizen(nth + 2), appointmentId)).state,
        ),
      );
    expect(await states()).toEqual(['offered', 'offered', 'waiting']);
    expect(await bench.taken(slot)).toBe(3);
    bench.clock.at = slot.bookableUntil.getTime();
    expect(await states()).toEqual(['lapsed', 'lapsed', 'lapsed']);
    expect(await bench.desk.reclaim(bench.clock.now())).toEqual({ lapsed: 3, offered: 0 });
    expect(await bench.taken(slot)).toBe(1);
  });

  it('a place that was made fewer is not handed on', async () => {
    const two = await bench.plan({ venue: 'hall-b', capacity: 2 });
    const [first] = [await bench.book(1, two), await bench.book(2, two)];
    await bench.desk.wait(citizen(3), two, person(3), consent);
    await bench.plan({ venue: 'hall-b', capacity: 1 });
    await bench.desk.cancel(citizen(1), first.appointmentId);
    expect(await bench.taken(two)).toBe(1);
    expect(await bench.notices()).toEqual([]);
  });
});

describe('closing', () => {
  it('ends what stands there and tells whoever was booked, offered a place or waits', async () => {
    const two = await bench.plan({ venue: 'hall-b', capacity: 2 });
    await bench.book(1, two);
    const offered = await bench.book(2, two);
    await bench.desk.wait(citizen(3), two, person(3), consent);
    await bench.desk.cancel(citizen(2), offered.appointmentId);
    bench.clock.pass(1);
    await bench.desk.wait(citizen(4), two, person(4), consent);
    await bench.desk.hold(citizen(5), slot.slotId);
    await bench.close(two);
    await bench.close(slot);
    const found = await bench.desk.listToDisplace(accountId, 100);
    expect(found).toHaveLength(4);
    for (const { appointmentId } of found) {
      expect(await bench.desk.displace(accountId, appointmentId, '系统升级')).toBe(true);
      expect(await bench.desk.displace(accountId, appointmentId, '系统升级')).toBe(false);
    }
    expect(await bench.desk.listToDisplace(accountId, 100)).toEqual([]);
    expect([await bench.taken(slot), await bench.taken(two)]).toEqual([0, 0]);
    const told = (await bench.notices()).filter(({ kind }) => kind === 'closed').map(({ openid }) => openid);
    expect(told.sort()).toEqual(['o-1', 'o-3', 'o-4']);
  });

  it('refuses whoever confirms afterwards', async () => {
    const { appointmentId } = await bench.desk.hold(citizen(1), slot.slotId);
    await bench.close(slot);
    expect(await outcomeOf(bench.desk.book(citizen(1), appointmentId, person(1), consent))).toBe(
      'slot_closed',
    );
  });

  it.each([1, 2, 3])('leaves nobody booked who confirms at the same moment (%i)', async () => {
    const wide = await bench.plan({ venue: 'hall-b', capacity: 10 });
    const numbers = Array.from({ length: 10 }, (_, index) => index);
    const holds = await Promise.all(numbers.map((nth) => bench.desk.hold(citizen(nth), wide.slotId)));
    const confirming = Promise.all(
      holds.map(({ appointmentId }, nth) =>
        outcomeOf(bench.desk.book(citizen(nth), appointmentId, person(nth), consent)),
      ),
    );
    await bench.close(wide);
    // As the worker does, which does not wait for those who confirm.
    for (const { appointmentId } of await bench.desk.listToDisplace(accountId, 100))
      await bench.desk.displace(accountId, appointmentId, '系统升级');
    expect(await confirming).toHaveLength(10);
    expect(await bench.taken(wide)).toBe(0);
    expect((await bench.records()).filter(({ state }) => state === 'booked')).toEqual([]);
  });

  it('leaves alone what is open', async () => {
    const { appointmentId } = await bench.book(1, slot);
    expect(await bench.desk.displace(accountId, appointmentId, '系统升级')).toBe(false);
    expect(await bench.desk.displace(accountId, 'gone', '系统升级')).toBe(false);
  });

  it('nobody misses a visit to a closed hall', async () => {
    const { appointmentId } = await bench.book(1, slot);
    await bench.close(slot);
    bench.clock.pass(3 * day);
    expect(await bench.desk.markMissed(bench.clock.now())).toBe(1);
    expect(await bench.desk.find(citizen(1), appointmentId)).toMatchObject({ state: 'closed' });
  });
});

describe('the counter', () => {
  it('checks in by the code, on the day, once, and on record', async () => {
    const { code } = await bench.book(1, slot);
    const checkIn = (given: string) => outcomeOf(bench.desk.checkIn(accountId, given, actor('li')));
    expect(await checkIn('12')).toBe('no_such_code');
    expect(await checkIn(code!)).toBe('not_today');
    bench.clock.at = slot.startsAt.getTime();
    expect(await bench.desk.checkIn(accountId, ` ${code} `, actor('li'))).toMatchObject({ state: 'arrived' });
    expect(await checkIn(code!)).toBe('already_arrived');
    const { events } = await bench.trail.list({ accountId }, 10);
    expect(events).toMatchObject([{ action: 'appointment.check_in', by: { staffId: 'li' } }]);
    expect(await bench.taken(slot)).toBe(1);
  });

  it('a visit that is over makes room for the next', async () => {
    const { code } = await bench.book(1, slot);
    bench.clock.at = slot.startsAt.getTime();
    await bench.desk.checkIn(accountId, code!, actor('li'));
    const next = await bench.plan({ startsAt: new Date(slot.startsAt.getTime() + day) });
    expect(await outcomeOf(bench.book(1, next))).toBe('done');
  });

  it('books beyond the rules for a reason, and not twice for one person', async () => {
    await bench.book(1, slot);
    const order = { accountId, slotId: slot.slotId, person: person(2), reason: '孕妇优先' };
    expect(await outcomeOf(bench.desk.bookBeyondRules({ ...order, reason: '' }, actor('li')))).toBe(
      'reason_missing',
    );
    expect(await bench.desk.bookBeyondRules(order, actor('li'))).toMatchObject({ state: 'booked' });
    expect(await outcomeOf(bench.desk.bookBeyondRules(order, actor('li')))).toBe('person_busy');
    expect(await outcomeOf(bench.desk.bookBeyondRules({ ...order, slotId: 'x' }, actor('li')))).toBe(
      'no_such_slot',
    );
    expect(await bench.taken(slot)).toBe(2);
    await bench.close(slot);
    const late = { ...order, person: person(3) };
    expect(await outcomeOf(bench.desk.bookBeyondRules(late, actor('li')))).toBe('slot_closed');
    const { events } = await bench.trail.list({ accountId }, 10);
    expect(events).toMatchObject([{ action: 'appointment.override', reason: '孕妇优先' }]);
  });

  it('shows a person in full only on record', async () => {
    const { appointmentId } = await bench.book(1, slot);
    const order = { accountId, appointmentId, reason: '核对身份' };
    expect(await bench.desk.disclose(order, actor('li'))).toEqual(person(1));
    const { events } = await bench.trail.list({ accountId }, 10);
    expect(events).toMatchObject([{ action: 'appointment.disclose', reason: '核对身份' }]);
  });
});

describe('visits that were missed', () => {
  async function miss(nth: number): Promise<string> {
    const missed = await bench.plan({ startsAt: new Date(bench.clock.now() + 120 * minute) });
    const { appointmentId } = await bench.book(nth, missed);
    bench.clock.pass(day);
    expect(await bench.desk.markMissed(bench.clock.now())).toBe(1);
    return appointmentId;
  }

  it('are marked when the day is over, not before', async () => {
    const today = await bench.plan({ startsAt: new Date(bench.clock.now() + 120 * minute) });
    await bench.book(1, today);
    bench.clock.pass(600 * minute);
    expect(await bench.desk.markMissed(bench.clock.now())).toBe(0);
    bench.clock.pass(day);
    expect(await bench.desk.markMissed(bench.clock.now())).toBe(1);
    expect(await bench.desk.markMissed(bench.clock.now())).toBe(0);
    expect(await bench.notices()).toEqual([{ openid: 'o-1', kind: 'missed' }]);
  });

  it('bar the person for a while, with the day until when, unless they are excused', async () => {
    await miss(1);
    const second = await miss(1);
    const wanted = await bench.plan({ startsAt: new Date(bench.clock.now() + 300 * minute) });
    const error = await bench.book(2, wanted, person(1)).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'person_blocked', message: expect.stringContaining('12月24日起') });

    const { desk } = bench;
    expect(await outcomeOf(desk.objectToMiss(citizen(1), second, ' '))).toBe('bad_objection');
    await desk.objectToMiss(citizen(1), second, '当天住院，电话 13800000000');
    await desk.objectToMiss(citizen(1), second, '又说一次');
    expect(JSON.stringify(await bench.records())).not.toContain('住院');
    expect(await desk.listObjections(accountId, 10)).toMatchObject([{ text: '当天住院，电话 138****0000' }]);
    const decision = { accountId, appointmentId: second, isGranted: true, reason: '有住院证明' };
    await desk.decideObjection(decision, actor('li'));
    expect(await outcomeOf(desk.decideObjection(decision, actor('li')))).toBe('already_decided');
    expect(await desk.listObjections(accountId, 10)).toEqual([]);
    expect(await outcomeOf(bench.book(2, wanted, person(1)))).toBe('done');
  });

  it('do not bar for ever', async () => {
    await miss(1);
    await miss(1);
    bench.clock.pass(30 * day);
    const wanted = await bench.plan({ startsAt: new Date(bench.clock.now() + 300 * minute) });
    expect(await outcomeOf(bench.book(1, wanted))).toBe('done');
  });

  it('can only be objected to where something was missed', async () => {
    const { appointmentId } = await bench.book(1, slot);
    expect(await outcomeOf(bench.desk.objectToMiss(citizen(1), appointmentId, '为什么'))).toBe(
      'not_changeable',
    );
    const decision = { accountId, appointmentId, isGranted: true, reason: '好' };
    expect(await outcomeOf(bench.desk.decideObjection(decision, actor('li')))).toBe('no_such_objection');
  });
});
