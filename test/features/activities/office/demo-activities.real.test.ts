import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { accountId, day, monday, person } from '../../../support/activity-builders.js';
import { openActivityOffice, type ActivityOffice } from '../../../support/open-activity-office.js';

let office: ActivityOffice;
beforeEach(async () => {
  office = await openActivityOffice();
  await office.seedDemo();
});
afterEach(() => office.close());

const openDay = 'demo-open-day';
const beginningOf = async (id: string) => (await office.activities.find(accountId, id))!.startsAt.getTime();

it('there are three activities to try, all marked as examples', async () => {
  const found = await office.activities.listPublic(accountId);
  expect(found.map(({ title }) => title)).toEqual([
    '护学岗志愿者招募（示例）',
    '警营开放日（示例）',
    '安全驾驶体验课（示例）',
  ]);
  expect(found[0]!.draw?.commitment).toMatch(/^[0-9a-f]{64}$/);
});

it('they can be registered for at once, also the one that costs something', async () => {
  const adult = person(1, '1990-01-01');
  const answers = { companions: '没有' };
  const form = { groupId: 'adults', person: adult, answers };
  expect((await office.register(openDay, 1, form)).state).toBe('confirmed');
  const driver = { groupId: 'drivers', person: adult };
  expect(await office.register('demo-safe-driving', 1, driver)).toMatchObject({ state: 'held', feeFen: 100 });
});

it('another start changes nothing, until they are over: then they are dated anew', async () => {
  const before = await office.activities.find(accountId, openDay);
  await office.seedDemo();
  expect(await office.activities.find(accountId, openDay)).toEqual(before);
  office.clock.at = monday + 9 * day;
  await office.seedDemo();
  expect(await beginningOf(openDay)).toBeGreaterThan(monday + 18 * day);
  expect(await office.activities.listPublic(accountId)).toHaveLength(3);
});

it('one that somebody registered for, or changed, stays as it is', async () => {
  const adult = { groupId: 'adults', person: person(1, '1990-01-01'), answers: { companions: '没有' } };
  await office.register(openDay, 1, adult);
  const { body } = await office.ask('leader', 'get', '/demo-safe-driving');
  await office.ask('leader', 'put', '/demo-safe-driving/published', {
    plan: { ...body.plan, title: '我的课' },
    baseRevision: body.revision,
  });
  office.clock.at = monday + 20 * day;
  await office.seedDemo();
  expect(await beginningOf(openDay)).toBeLessThan(monday + 11 * day);
  expect((await office.activities.find(accountId, 'demo-safe-driving'))!.title).toBe('我的课');
});
