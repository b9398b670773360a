import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runGently } from '../../../../src/core/run-gently.js';
import { drawLots } from '../../../../src/features/activities/draw/draw-lots.js';
import { prepareDraw } from '../../../../src/features/activities/draw/draw-seed.js';
import type { Registration } from '../../../../src/features/activities/registration.js';
import { accountId, activityId, buildGroup, day, hour } from '../../../support/activity-builders.js';
import { countOutcomes, ErrandProcesses, range, type ErrandNode } from '../../../support/errand-processes.js';
import { findInconsistencies, openActivities, type ActivityBench } from '../../../support/open-activities.js';
import { clerk, registrationCipher } from '../../../support/registrations.js';
import type { RegistrationErrand } from '../../../support/registration-process.js';
import { until } from '../../../support/until.js';

const here = { accountId, activityId };
const groupIds = ['a', 'b', 'c'];
/** Three groups, which together have more places than the whole. */
const scarce = { quota: 20, groups: groupIds.map((id) => buildGroup({ id, quota: 8 })) };

let bench: ActivityBench;
let nodes: [ErrandNode, ErrandNode];
const opened: ActivityBench[] = [];
const processes = new ErrandProcesses<RegistrationErrand>('registration-process.ts');
const start = () => processes.start(bench.uri);
beforeEach(async () => {
  bench = await openActivities();
  opened.push(bench);
  nodes = await Promise.all([start(), start()]);
});
afterEach(async () => {
  await processes.killAll();
  expect(await findInconsistencies(bench)).toEqual([]);
});
afterAll(() => Promise.all(opened.map(({ dispose }) => dispose())));

describe('two processes', () => {
  it('race 200 citizens for 20 places of three groups: 20 are in, and every other one is told', async () => {
    await bench.publish(scarce);
    const outcomes = await race('register', range(0, 200));
    expect(countOutcomes(outcomes)).toEqual({ done: 20, group_full: 180 });
    expect(await countStates()).toEqual({ confirmed: 20 });
    expect(await bench.taken()).toBe(20);
  });

  it('register each person once, who comes with two accounts at the same time', async () => {
    await bench.publish({ quota: 100, groups: groupIds.map((id) => buildGroup({ id, quota: 100 })) });
    const people = range(0, 30);
    const [one, other] = await Promise.all([
      processes.send(nodes[0], { what: 'register', citizens: people, groupIds }),
      processes.send(nodes[1], {
        what: 'register',
        citizens: people.map((nth) => nth + 500),
        persons: people,
        groupIds,
      }),
    ]);
    for (const [nth] of people.entries())
      expect([one[nth], other[nth]].sort()).toEqual(['done', 'person_limit']);
    expect(await countStates()).toEqual({ confirmed: 30 });
  });

  it('never give a freed place to a newcomer while others wait, and offer it in the order of arrival', async () => {
    await bench.publish({ quota: 20, groups: [buildGroup({ id: 'a', quota: 20 })] });
    const [guests, waiting, newcomers] = [range(0, 20), range(20, 60), range(60, 100)];
    const one = ['a'];
    expect(countOutcomes(await race('register', guests, { groupIds: one }))).toEqual({ done: 20 });
    expect(countOutcomes(await race('wait', waiting, { groupIds: one, at: 1 }))).toEqual({ done: 40 });
    const [left, refused] = await Promise.all([
      processes.send(nodes[0], { what: 'cancel', citizens: guests.slice(0, 10), groupIds: one, at: 2 }),
      processes.send(nodes[1], { what: 'register', citizens: newcomers, groupIds: one, at: 2 }),
    ]);
    expect([countOutcomes(left), countOutcomes(refused)]).toEqual([{ done: 10 }, { group_full: 40 }]);
    expect(await countStates()).toEqual({ confirmed: 10, cancelled: 10, offered: 10, waiting: 30 });
    const inOrder = (await bench.records())
      .filter(({ state }) => state === 'offered' || state === 'waiting')
      .sort(byArrival);
    expect(inOrder.slice(0, 10).every(({ state }) => state === 'offered')).toBe(true);
    const offered = inOrder.slice(0, 10).map(({ openid }) => Number(openid.slice(2)));
    expect(countOutcomes(await race('accept', offered, { groupIds: one, at: 3 }))).toEqual({ done: 10 });
    expect(await countStates()).toEqual({ confirmed: 20, cancelled: 10, waiting: 30 });
  });

  it('leave nobody waiting beside a free place, who begins to wait while others leave', async () => {
    await bench.publish(scarce);
    const guests = range(0, 60);
    await race('register', guests);
    const inside = (await bench.records()).map(({ openid }) => Number(openid.slice(2)));
    await Promise.all([
      processes.send(nodes[0], { what: 'cancel', citizens: inside, groupIds, at: 1 }),
      processes.send(nodes[1], { what: 'wait', citizens: range(100, 160), groupIds, at: 1 }),
    ]);
    expect(await bench.upkeep.offerFree()).toBe(0);
    expect(await bench.taken()).toBe(20);
  });

  it('do whatever comes to 40 minds, with money; one is killed in the middle, and the other goes on', async () => {
    await bench.publish({ ...scarce, feeFen: 3_000, paymentMinutes: 15 });
    for (const side of [0, 1] as const) processes.tell(nodes[side], storm(side));
    for (let round = 0; round < 2; round += 1) {
      await expectProgress();
      await processes.kill(nodes[0]);
      expect(await bench.reconcile()).toEqual([]);
      nodes[0] = await start();
      processes.tell(nodes[0], storm(0));
    }
    await expectProgress();
    await processes.killAll();
    expect(await findInconsistencies(bench)).toEqual([]);

    bench.clock.pass(2 * hour);
    await bench.settle();
    await bench.upkeep.endExpired(bench.clock.at);
    bench.clock.pass(2 * hour);
    await bench.upkeep.endExpired(bench.clock.at);
    expect(await countStates()).not.toHaveProperty('held');
  }, 180_000);

  it('draw once; one is killed in the middle, and the other brings the same draw to its end', async () => {
    const groups = groupIds.map((id) => buildGroup({ id, quota: 60 }));
    const draw = prepareDraw(here, registrationCipher);
    const activity = await bench.publish({ mode: 'lots', quota: 150, groups, draw });
    expect(countOutcomes(await race('register', range(0, 400)))).toEqual({ done: 400 });
    const lots = (await bench.records()).map(({ lot, groupId }) => ({ lot: lot!, groupId }));

    const closed: RegistrationErrand = { what: 'draw', citizens: [0], groupIds, at: 4 * day };
    for (const node of nodes) processes.tell(node, closed);
    await until('a page is settled', async () => ((await drawn())?.settledPages ?? 0) > 0);
    await processes.killAll();
    const interrupted = (await drawn())!;
    expect(interrupted.isSettled).toBe(false);
    expect(await bench.reconcile()).toEqual([]);

    nodes[0] = await start();
    const [outcome] = await processes.send(nodes[0], closed);
    expect(outcome).toBe('done');
    bench.clock.at = activity.closesAt.getTime();
    const again = await bench.lottery.draw(here, clerk);
    expect(again).toMatchObject({ isSettled: true, seed: interrupted.seed, drawnAt: interrupted.drawnAt });

    const result = (await bench.lottery.readResult(here))!;
    const repeated = await runGently(drawLots(result.seed, lots, result.quotas));
    expect(repeated).toEqual({ lotsDigest: result.lotsDigest, entries: result.entries });
    expect(result.quotas).toEqual({ total: 150, groups: { a: 60, b: 60, c: 60 } });
    const byLot = new Map((await bench.records()).map((one) => [one.lot, one]));
    for (const { lot, won, position } of result.entries) {
      const { state, rank } = byLot.get(lot)!;
      expect([state, rank]).toEqual(won ? ['confirmed', 0] : ['waiting', position]);
    }
    expect(await bench.taken()).toBe(150);
    const told = await bench.notices();
    expect(told.length).toBe(400);
    expect(new Set(told.map(([openid]) => openid)).size).toBe(400);
  }, 180_000);
});

function drawn() {
  return bench.lottery.find(here);
}

function storm(side: 0 | 1): RegistrationErrand {
  return { what: 'storm', citizens: range(side * 20, side * 20 + 20), groupIds };
}

/** Twenty registrations more than there were. */
async function expectProgress(): Promise<void> {
  const { length } = await bench.records();
  await until('twenty more', async () => (await bench.records()).length >= length + 20);
}

/** Half of the citizens in each process, at the same time. */
async function race(
  what: RegistrationErrand['what'],
  all: readonly number[],
  more: Partial<RegistrationErrand> = {},
): Promise<Record<number, string>> {
  return processes.race(nodes, all, (citizens) => ({ what, citizens, groupIds, ...more }));
}

async function countStates(): Promise<Record<string, number>> {
  return countOutcomes((await bench.records()).map(({ state }) => state));
}

function byArrival(a: Registration, b: Registration): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.registrationId < b.registrationId ? -1 : 1);
}
