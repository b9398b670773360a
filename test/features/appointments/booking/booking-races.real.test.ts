import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { occupyingStates, type Appointment } from '../../../../src/features/appointments/appointment.js';
import { accountId, buildService, minute } from '../../../support/booking.js';
import { countOutcomes, ErrandProcesses, range, type ErrandNode } from '../../../support/errand-processes.js';
import { openBooking, type BookingBench } from '../../../support/open-booking.js';
import type { BookingErrand } from '../../../support/booking-process.js';
import { until } from '../../../support/until.js';

const places = 100;
const slotsOfDay = 4;
const citizens = range(0, 1_000);

let bench: BookingBench;
let slotIds: string[];
let day: string;
let nodes: [ErrandNode, ErrandNode];
const opened: BookingBench[] = [];
const processes = new ErrandProcesses<BookingErrand>('booking-process.ts');
const start = () => processes.start(bench.uri);
beforeEach(async () => {
  bench = await openBooking(buildService({ cancelUntilMinutes: 0 }));
  opened.push(bench);
  const first = await bench.plan({ capacity: places / slotsOfDay });
  const later = range(1, slotsOfDay).map((nth) =>
    bench.plan({
      capacity: places / slotsOfDay,
      startsAt: new Date(first.startsAt.getTime() + nth * 30 * minute),
    }),
  );
  slotIds = [first, ...(await Promise.all(later))].map(({ slotId }) => slotId);
  day = first.day;
  nodes = await Promise.all([start(), start()]);
});
afterEach(async () => {
  expect(await bench.desk.reconcile()).toEqual([]);
  await expectNothingHalfDone();
  await processes.killAll();
});
afterAll(() => Promise.all(opened.map(({ dispose }) => dispose())));

describe('two processes', () => {
  it('race 1,000 citizens for 100 places: 100 are booked, and every other one is told', async () => {
    const outcomes = await race('book', citizens);
    expect(countOutcomes(outcomes)).toEqual({ done: places, slot_full: citizens.length - places });
    expect(await countStates()).toEqual({ booked: places });
  });

  it('race for holds; what lapses is had by others although nothing was reclaimed', async () => {
    const holds = await race('hold', citizens);
    expect(countOutcomes(holds)).toEqual({ done: places, slot_full: citizens.length - places });
    const [winners, losers] = [true, false].map((isWinner) =>
      citizens.filter((nth) => (holds[nth] === 'done') === isWinner),
    ) as [number[], number[]];
    const quick = winners.slice(0, 40);
    expect(countOutcomes(await race('book', quick))).toEqual({ done: 40 });

    const late = await race('book', losers, { at: 10 * minute });
    expect(countOutcomes(late)).toEqual({ done: 60, slot_full: losers.length - 60 });
    expect(await countStates()).toEqual({ booked: places, lapsed: 60 });
  });

  it('never give a freed place to a newcomer while others wait, and offer it in the order of arrival', async () => {
    const guests = citizens.slice(0, places);
    const waiting = citizens.slice(places, 300);
    expect(countOutcomes(await race('book', guests))).toEqual({ done: places });
    expect(countOutcomes(await race('wait', waiting, { at: 1 }))).toEqual({ done: 200 });
    const leaving = guests.filter((nth) => nth % 2 === 0);
    const newcomers = citizens.slice(300, 500);
    const [left, refused] = await Promise.all([
      processes.send(nodes[0], { what: 'cancel', citizens: leaving, slotIds, at: 2 }),
      processes.send(nodes[1], { what: 'hold', citizens: newcomers, slotIds, at: 2 }),
    ]);
    expect([countOutcomes(left), countOutcomes(refused)]).toEqual([{ done: 50 }, { slot_full: 200 }]);
    expect(await countStates()).toEqual({ booked: 50, cancelled: 50, offered: 50, waiting: 150 });
    const order = (await records())
      .filter(({ state }) => state === 'offered' || state === 'waiting')
      .sort(
        (a, b) =>
          a.createdAt.getTime() - b.createdAt.getTime() || (a.appointmentId < b.appointmentId ? -1 : 1),
      );
    expect(order.slice(0, 50).every(({ state }) => state === 'offered')).toBe(true);
    expect(await bench.notices()).toHaveLength(50);

    const offered = new Set(order.slice(0, 50).map(({ openid }) => Number(openid.slice(2))));
    expect(countOutcomes(await race('accept', [...offered], { at: 3 }))).toEqual({ done: 50 });
    expect(await countStates()).toEqual({ booked: 100, cancelled: 50, waiting: 150 });
  });

  it('book each person once, who comes with two accounts at the same time', async () => {
    const people = range(0, 50);
    const [one, other] = await Promise.all([
      processes.send(nodes[0], { what: 'book', citizens: people, slotIds }),
      processes.send(nodes[1], {
        what: 'book',
        citizens: people.map((nth) => nth + 500),
        persons: people,
        slotIds,
      }),
    ]);
    const together = people.map((nth) => [one[nth], other[nth]].sort());
    for (const outcome of together)
      expect(outcome).toEqual(['done', expect.stringMatching(/^person_(limit|busy)$/)]);
    expect(await countStates()).toEqual({ booked: 50, held: 50 });
  });

  it('do whatever comes to 80 minds; one is killed in the middle, and the other goes on', async () => {
    const citizensOf = (side: number) => range(side * 40, side * 40 + 40);
    for (const [side, node] of nodes.entries())
      processes.tell(node, { what: 'storm', citizens: citizensOf(side), slotIds, day });
    for (let round = 0; round < 3; round += 1) {
      await expectProgress();
      await processes.kill(nodes[0]);
      expect(await bench.desk.reconcile()).toEqual([]);
      await expectNothingHalfDone();
      nodes[0] = await start();
      processes.tell(nodes[0], { what: 'storm', citizens: citizensOf(0), slotIds, day });
    }
    await expectProgress();
    await processes.killAll();
  }, 120_000);
});

/** Twenty appointments more than there were. */
async function expectProgress(): Promise<void> {
  const { length } = await records();
  await until('twenty more', async () => (await records()).length >= length + 20);
}

/** Half of the citizens in each process, at the same time. */
async function race(
  what: BookingErrand['what'],
  all: readonly number[],
  more: Partial<BookingErrand> = {},
): Promise<Record<number, string>> {
  return processes.race(nodes, all, (citizens) => ({ what, citizens, slotIds, day, ...more }));
}

async function records(): Promise<Appointment[]> {
  return (await bench.records()) as unknown as Appointment[];
}

async function countStates(): Promise<Record<string, number>> {
  return countOutcomes((await records()).map(({ state }) => state));
}

/** What belongs together was written together. */
async function expectNothingHalfDone(): Promise<void> {
  const occupying: readonly string[] = occupyingStates;
  const notices = (await bench.notices()).filter(({ kind }) => kind === 'offered').length;
  const all = await records();
  for (const { state, slotId, claim, busyAt, code, sealed, until, personKey } of all) {
    const isBooked = state === 'booked';
    expect([Boolean(claim), Boolean(busyAt)]).toEqual([isBooked, isBooked]);
    if (occupying.includes(state)) expect(slotId).toBeDefined();
    if (isBooked) expect([code, sealed, personKey]).not.toContain(undefined);
    expect(until !== undefined).toBe(['held', 'offered', 'waiting'].includes(state));
  }
  // Who was offered a place once waited for it, and has been told.
  const everOffered = all.filter(({ state, slotId, code, personKey }) =>
    personKey === undefined ? false : state === 'offered' || (state === 'lapsed' && slotId && !code),
  ).length;
  expect(notices).toBeGreaterThanOrEqual(everOffered);
  expect(new Set(all.map(({ accountId }) => accountId))).toEqual(new Set(all.length > 0 ? [accountId] : []));
}
