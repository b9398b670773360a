import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Activity } from '../../../../src/features/activities/activity.js';
import { prepareDraw } from '../../../../src/features/activities/draw/draw-seed.js';
import {
  accountId,
  activityId,
  buildGroup,
  citizen,
  day,
  hour,
  monday,
} from '../../../support/activity-builders.js';
import { outcomeOf } from '../../../support/booking.js';
import { findInconsistencies, openActivities, type ActivityBench } from '../../../support/open-activities.js';
import { clerk, registrationCipher } from '../../../support/registrations.js';

const here = { accountId, activityId };
const closesAt = monday + 4 * day;

let bench: ActivityBench;
const opened: ActivityBench[] = [];
beforeEach(async () => {
  bench = await openActivities();
  opened.push(bench);
});
afterEach(async () => {
  expect(await findInconsistencies(bench)).toEqual([]);
});
afterAll(() => Promise.all(opened.map(({ dispose }) => dispose())));

/** Six citizens apply for two places. */
async function apply(overrides: Partial<Activity> = {}): Promise<void> {
  const draw = prepareDraw(here, registrationCipher);
  await bench.publish({ mode: 'lots', quota: 2, groups: [buildGroup({ quota: 5 })], draw, ...overrides });
  for (let nth = 0; nth < 6; nth += 1) expect((await bench.register(nth)).state).toBe('applied');
}

async function draw() {
  bench.clock.at = closesAt;
  return bench.lottery.draw(here, clerk);
}

/** In the order that was drawn. */
async function inOrder() {
  const byLot = new Map((await bench.records()).map((one) => [one.lot, one]));
  return (await bench.lottery.readResult(here))!.entries.map(({ lot }) => byLot.get(lot)!);
}

describe('an activity whose places are drawn', () => {
  it('takes applications beyond its places, without a place for any', async () => {
    await apply();
    expect(await bench.taken()).toBe(0);
    expect(new Set((await bench.records()).map(({ lot }) => lot)).size).toBe(6);
    expect(await outcomeOf(bench.lottery.draw(here, clerk))).toBe('not_closed_yet');
    expect(await bench.lottery.readResult(here)).toBeNull();
  });

  it('confirms the winners, lets the others wait in the drawn order, and tells everybody', async () => {
    await apply();
    await draw();
    const drawn = await inOrder();
    expect(drawn.map(({ state }) => state)).toEqual([
      'confirmed',
      'confirmed',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
    expect((await bench.notices()).map(([, kind]) => kind).sort()).toEqual([
      'drawn',
      'drawn',
      'not_drawn',
      'not_drawn',
      'not_drawn',
      'not_drawn',
    ]);
    await bench.desk.cancel({ accountId, openid: drawn[0]!.openid }, drawn[0]!.registrationId);
    expect((await inOrder()).map(({ state }) => state).slice(0, 4)).toEqual([
      'cancelled',
      'confirmed',
      'offered',
      'waiting',
    ]);
  });

  it('puts the result down with the activity, and on record, once', async () => {
    await apply();
    const first = await draw();
    bench.clock.pass(hour);
    expect(await bench.lottery.draw(here, clerk)).toEqual(first);
    const { seed, lotsDigest, lots, drawnAt } = first;
    const activity = (await bench.activities.find(accountId, activityId))!;
    expect(activity.draw!.result).toEqual({ seed, lotsDigest, lots, drawnAt });
    expect(activity.draw!.commitment).toBe(first.commitment);
    expect(await outcomeOf(bench.register(7))).toBe('registration_closed');
  });

  it('ends what was not drawn where nobody waits', async () => {
    await apply({ hasWaitingList: false });
    await draw();
    const states = (await inOrder()).map(({ state }) => state);
    expect(states).toEqual([
      'confirmed',
      'confirmed',
      'unsuccessful',
      'unsuccessful',
      'unsuccessful',
      'unsuccessful',
    ]);
  });

  it('gives winners the time to hear of it before they have paid', async () => {
    await apply({ feeFen: 3_000 });
    await draw();
    const [winner] = await inOrder();
    expect(winner).toMatchObject({ state: 'held', until: new Date(closesAt + hour) });
  });

  it('lets staff look at whoever won; before the draw they can only turn down', async () => {
    await apply({ needsApproval: true });
    const [one, other] = await bench.records();
    const ref = (registrationId: string) => ({ accountId, registrationId });
    expect(await outcomeOf(bench.office.approve(ref(one!.registrationId), clerk))).toBe('not_drawn_yet');
    await bench.office.turnDown({ ...ref(other!.registrationId), reason: '材料不齐' }, clerk);
    await draw();
    const drawn = await inOrder();
    expect(drawn).toHaveLength(5);
    expect(drawn.slice(0, 3).map(({ state, isPlaced }) => [state, isPlaced])).toEqual([
      ['applied', true],
      ['applied', true],
      ['waiting', undefined],
    ]);
    const approved = await bench.office.approve(ref(drawn[0]!.registrationId), clerk);
    expect(approved.state).toBe('confirmed');
    await bench.office.turnDown({ ...ref(drawn[1]!.registrationId), reason: '材料不齐' }, clerk);
    expect((await inOrder())[2]!.state).toBe('offered');
  });

  it('passes the place of a winner on who gives up before the draw is settled', async () => {
    await apply();
    const aborted = AbortSignal.abort();
    bench.clock.at = closesAt;
    expect(await bench.lottery.draw(here, clerk, aborted)).toMatchObject({ settledPages: 0 });
    const [winner] = await inOrder();
    await bench.desk.cancel({ accountId, openid: winner!.openid }, winner!.registrationId);
    expect(await bench.lottery.settleDue()).toBe(1);
    expect((await inOrder()).map(({ state }) => state).slice(0, 4)).toEqual([
      'cancelled',
      'confirmed',
      'offered',
      'waiting',
    ]);
  });

  it('is not settled any more when it is called off; everybody is closed', async () => {
    await apply();
    bench.clock.at = closesAt;
    await bench.lottery.draw(here, clerk, AbortSignal.abort());
    await bench.callOff();
    expect(await bench.lottery.settleDue()).toBe(1);
    await bench.upkeep.closeCancelled();
    expect(new Set((await bench.records()).map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  it('gives no more places than there are left where staff took some away after the draw', async () => {
    await apply();
    bench.clock.at = closesAt;
    await bench.lottery.draw(here, clerk, AbortSignal.abort());
    await bench.change({ quota: 1 });
    await bench.lottery.settleDue();
    expect((await inOrder()).map(({ state }) => state).slice(0, 3)).toEqual([
      'confirmed',
      'waiting',
      'waiting',
    ]);
  });

  it('is drawn and settled where nobody applied', async () => {
    await bench.publish({ mode: 'lots', draw: prepareDraw(here, registrationCipher) });
    expect(await draw()).toMatchObject({ lots: 0, isSettled: true });
    expect((await bench.lottery.readResult(here))!.entries).toEqual([]);
  });

  it.each([
    ['no_such_activity', { state: 'draft' }],
    ['activity_cancelled', { state: 'cancelled' }],
    ['not_by_lots', { mode: 'first_come' }],
  ] as const)('refuses to draw: %s', async (code, overrides) => {
    await bench.publish(overrides);
    expect(await outcomeOf(draw())).toBe(code);
  });

  it('shows citizens their lot', async () => {
    await apply();
    const [mine] = await bench.desk.listOf(citizen(3));
    expect(mine).toMatchObject({ state: 'applied', lot: expect.stringMatching(/^[0-9a-f]{12}$/) });
  });
});
