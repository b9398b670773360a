import { describe, expect, it } from '@jest/globals';
import type { ActivityCounts } from '../../../src/features/activities/activity-reader.js';
import type { Activity } from '../../../src/features/activities/activity.js';
import {
  allPlacesLeft,
  openingOf,
  openingOfGroup,
  placesLeft,
} from '../../../src/features/activities/opening.js';
import { buildActivity, buildGroup, day, hour, monday } from '../../support/activity-builders.js';

/** Of two groups with two places each, and three altogether. */
function build(overrides: Partial<Activity> = {}): Activity {
  return buildActivity({
    quota: 3,
    groups: [buildGroup({ id: 'a', quota: 2 }), buildGroup({ id: 'b', quota: 2 })],
    ...overrides,
  });
}

function counts(activity: Activity, taken: Readonly<Record<string, number>>): ActivityCounts {
  const count = (quota: number, of: number) => ({ quota, taken: of, waiting: 0, applied: 0 });
  const all = Object.values(taken).reduce((sum, one) => sum + one, 0);
  return {
    total: count(activity.quota, all),
    groups: new Map(activity.groups.map(({ id, quota }) => [id, count(quota, taken[id] ?? 0)])),
  };
}

const none = { a: 0, b: 0 };

describe('whether citizens can register', () => {
  it.each<[string, string, Partial<Activity>, number, Record<string, number>]>([
    ['open', 'while there is room', {}, monday, none],
    ['open', 'while one group has room', {}, monday, { a: 2, b: 0 }],
    ['waiting', 'in the list, where the whole is full', {}, monday, { a: 2, b: 1 }],
    ['full', 'where there is no list', { hasWaitingList: false }, monday, { a: 2, b: 1 }],
    ['open', 'for a draw, however many have come', { mode: 'lots' }, monday, { a: 2, b: 1 }],
    ['not_yet', 'before it opens', {}, monday - 1, none],
    ['closed', 'from the end of registration on', {}, monday + 4 * day, none],
    ['over', 'when it has taken place', {}, monday + 6 * day, none],
    ['cancelled', 'whatever the time', { state: 'cancelled' }, monday + 6 * day, none],
  ])('%s %s', (opening, _when, overrides, now, taken) => {
    const activity = build(overrides);
    expect(openingOf(activity, counts(activity, taken), now)).toBe(opening);
  });

  it('ends for a shift when it begins, while others are still open', () => {
    const early = { startsAt: new Date(monday + hour), endsAt: new Date(monday + 2 * hour) };
    const activity = build({ groups: [buildGroup({ id: 'a', ...early }), buildGroup({ id: 'b' })] });
    const read = counts(activity, none);
    expect(activity.groups.map((group) => openingOfGroup(activity, group, read, monday + hour))).toEqual([
      'closed',
      'open',
    ]);
    expect(openingOf(activity, read, monday + hour)).toBe('open');
  });
});

describe('places left', () => {
  it('of a group are never more than the whole has', () => {
    const activity = build();
    const read = counts(activity, { a: 2, b: 0 });
    expect(activity.groups.map((group) => placesLeft(activity, group, read))).toEqual([0, 1]);
    expect(allPlacesLeft(activity, read)).toBe(1);
  });

  it('are not negative where a quota was made smaller than what is taken', () => {
    const activity = build({ quota: 1 });
    expect(allPlacesLeft(activity, counts(activity, { a: 2, b: 0 }))).toBe(0);
  });
});
