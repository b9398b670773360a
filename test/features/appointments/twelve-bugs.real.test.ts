import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { slotStateAt } from '../../../src/features/appointments/booking/places.js';
import type { Slot } from '../../../src/features/appointments/slot.js';
import {
  accountId,
  buildService,
  citizen,
  consent,
  day,
  minute,
  monday,
  outcomeOf,
  person,
} from '../../support/booking.js';
import { actor } from '../../support/content-services.js';
import { range } from '../../support/errand-processes.js';
import { openBooking, type BookingBench } from '../../support/open-booking.js';

/**
 * Twelve faults of widely used booking systems, each with the threads in which its users met it, and what happens
 * here instead.
 */
let bench: BookingBench;
let slot: Slot;
const opened: BookingBench[] = [];
beforeEach(async () => {
  bench = await openBooking(buildService({ limit: { count: 5, per: 'ahead' } }));
  opened.push(bench);
  slot = await bench.plan();
});
afterEach(async () => {
  expect(await bench.desk.reconcile()).toEqual([]);
});
afterAll(async () => {
  for (const { dispose } of opened) await dispose();
});

const later = (nth: number) => new Date(slot.startsAt.getTime() + nth * 30 * minute);

describe('what others got wrong', () => {
  it('1. ten at once for one place: one is booked, nine are told (cal.com #5820, #13397, Easy!Appointments #1783)', async () => {
    const outcomes = await Promise.all(range(0, 10).map((nth) => outcomeOf(bench.book(nth, slot))));
    expect(outcomes.sort()).toEqual(['done', ...Array.from({ length: 9 }, () => 'slot_full')]);
    expect(await bench.taken(slot)).toBe(1);
  });

  it('2. the first two of a slot with several places stand in that one slot (cal.com #7967, #13360)', async () => {
    const shared = await bench.plan({ venue: 'hall-b', capacity: 2 });
    await Promise.all([
      bench.book(1, shared),
      bench.book(2, shared),
      bench.plan({ venue: 'hall-b', capacity: 2 }),
    ]);
    const range = { accountId, venue: 'hall-b', firstDay: shared.day, lastDay: shared.day };
    expect(await bench.slots.list(range)).toEqual([{ ...shared, taken: 2 }]);
  });

  it('3. a place that is only held is not free to others, and confirming needs no second look (cal.com #29958)', async () => {
    const { appointmentId } = await bench.desk.hold(citizen(1), slot.slotId);
    const seen = (await bench.slots.find(accountId, slot.slotId))!;
    expect(slotStateAt(seen, bench.clock.now())).toBe('full');
    const [other, confirmed] = await Promise.all([
      outcomeOf(bench.desk.hold(citizen(2), slot.slotId)),
      outcomeOf(bench.desk.book(citizen(1), appointmentId, person(1), consent)),
    ]);
    expect([other, confirmed]).toEqual(['slot_full', 'done']);
  });

  it('4. no way around the count: holding, moving, accepting and one single place are all counted (Easy!Appointments #845, #943, #996)', async () => {
    const full = await bench.plan({ venue: 'hall-b' });
    await bench.book(1, full);
    const mine = await bench.book(2, slot);
    const wait = await bench.desk.wait(citizen(3), full, person(3), consent);
    expect(await outcomeOf(bench.desk.hold(citizen(4), full.slotId))).toBe('slot_full');
    expect(await outcomeOf(bench.desk.move(citizen(2), mine.appointmentId, full.slotId))).toBe('slot_full');
    expect(await outcomeOf(bench.desk.accept(citizen(3), wait.appointmentId))).toBe('not_changeable');
    expect(await bench.taken(full)).toBe(1);
  });

  it('5. a time is never read from a client: a slot is named by its id (Easy!Appointments #826, #871, #1168, cal.com #6932)', async () => {
    for (const time of [slot.startsAt.toISOString(), '2026-11-24 09:00', '2026-11-24T09:00+08:00'])
      expect(await outcomeOf(bench.desk.hold(citizen(1), time))).toBe('no_such_slot');
    // Nine in the morning in Shanghai is one in the morning of the same day in UTC; its day is Shanghai's.
    const early = await bench.plan({ startsAt: new Date('2026-11-24T16:30:00Z') });
    expect((await bench.book(1, early)).day).toBe('2026-11-25');
  });

  it('6. a slot that is over says nothing about those after it (Schedule Appointments #183)', async () => {
    const full = await bench.plan({ startsAt: later(6) });
    await bench.book(1, full);
    bench.clock.at = slot.startsAt.getTime() + 10 * minute;
    expect(await outcomeOf(bench.desk.hold(citizen(2), slot.slotId))).toBe('slot_over');
    expect(await outcomeOf(bench.desk.hold(citizen(2), full.slotId))).toBe('slot_full');
    expect(await outcomeOf(bench.book(2, await bench.plan({ startsAt: later(7) })))).toBe('done');
  });

  it('7. staff go beyond the rules only with a reason, on record, and still count (Easy!Appointments #987)', async () => {
    await bench.book(1, slot);
    const order = { accountId, slotId: slot.slotId, person: person(2), reason: '' };
    expect(await outcomeOf(bench.desk.bookBeyondRules(order, actor('li')))).toBe('reason_missing');
    await bench.desk.bookBeyondRules({ ...order, reason: '行动不便' }, actor('li'));
    expect(await bench.taken(slot)).toBe(2);
    expect((await bench.trail.list({ accountId }, 10)).events).toMatchObject([
      { action: 'appointment.override', by: { staffId: 'li' }, reason: '行动不便' },
    ]);
    expect(await outcomeOf(bench.desk.hold(citizen(3), slot.slotId))).toBe('slot_full');
  });

  it('8. somebody else’s appointment is not there, and one’s own shows no more than is needed (fixed in Easy!Appointments 1.6.0)', async () => {
    const { appointmentId, ...view } = await bench.book(1, slot);
    const { desk } = bench;
    const found = await outcomeOf(desk.find(citizen(2), appointmentId));
    const moved = await outcomeOf(desk.move(citizen(2), appointmentId, slot.slotId));
    expect([found, moved]).toEqual(['no_such_appointment', 'no_such_appointment']);
    const shown = JSON.stringify(view);
    for (const value of Object.values(person(1))) expect(shown).not.toContain(value);
  });

  it('9. a hold becomes the appointment: between the two nobody else gets the place (BC government queue)', async () => {
    const { appointmentId } = await bench.desk.hold(citizen(1), slot.slotId);
    const [booked, ...others] = await Promise.all([
      outcomeOf(bench.desk.book(citizen(1), appointmentId, person(1), consent)),
      ...range(0, 20).map((nth) => outcomeOf(bench.desk.hold(citizen(nth + 2), slot.slotId))),
    ]);
    expect([booked, new Set(others)]).toEqual(['done', new Set(['slot_full'])]);
    expect(await bench.desk.find(citizen(1), appointmentId)).toMatchObject({
      state: 'booked',
      appointmentId,
    });
  });

  it('10. the lead time is the one that was set, however long (cal.com #4624)', async () => {
    const far = await bench.plan({
      startsAt: new Date(monday + 8 * day),
      bookableUntil: new Date(monday + day),
    });
    bench.clock.at = monday + day - 1;
    await bench.desk.hold(citizen(1), far.slotId);
    bench.clock.at = monday + day;
    expect(await outcomeOf(bench.desk.hold(citizen(2), far.slotId))).toBe('slot_over');
  });

  it('11. moving never loses both: the new place is taken first, and the record stays (clinic_application #32)', async () => {
    const target = await bench.plan({ startsAt: later(1) });
    const [first, second] = [
      await bench.book(1, slot),
      await bench.book(2, await bench.plan({ startsAt: later(2) })),
    ];
    const outcomes = await Promise.all([
      outcomeOf(bench.desk.move(citizen(1), first.appointmentId, target.slotId)),
      outcomeOf(bench.desk.move(citizen(2), second.appointmentId, target.slotId)),
    ]);
    expect(outcomes.sort()).toEqual(['done', 'slot_full']);
    const views = await Promise.all(
      [first, second].map(({ appointmentId }, nth) => bench.desk.find(citizen(nth + 1), appointmentId)),
    );
    expect(views.map(({ state }) => state)).toEqual(['booked', 'booked']);
    bench.clock.at = target.startsAt.getTime() - 90 * minute;
    const mover = views.findIndex(({ startsAt }) => startsAt?.getTime() === target.startsAt.getTime());
    const move = bench.desk.move(citizen(mover + 1), views[mover]!.appointmentId, slot.slotId);
    expect(await outcomeOf(move)).toBe('too_late_to_change');
  });

  it('12. a hold that nobody confirms is over by itself, whether or not anything runs (Schedule Appointments #104)', async () => {
    const { appointmentId } = await bench.desk.hold(citizen(1), slot.slotId);
    bench.clock.pass(10 * minute);
    const late = bench.desk.book(citizen(1), appointmentId, person(1), consent);
    expect(await outcomeOf(late)).toBe('hold_lapsed');
    expect(await outcomeOf(bench.book(2, slot))).toBe('done');
  });
});
