import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ownRegistrations,
  registrationRetention,
} from '../../../../src/features/activities/registration-personal-data-feature.js';
import { accountId, citizen, consent, day, monday, person } from '../../../support/activity-builders.js';
import { outcomeOf } from '../../../support/booking.js';
import { registrationCipher } from '../../../support/registrations.js';
import { openActivityOffice, wire, type ActivityOffice } from '../../../support/open-activity-office.js';

let office: ActivityOffice;
beforeAll(async () => {
  office = await openActivityOffice();
});
beforeEach(() => {
  office.clock.at = monday;
});
afterAll(() => office.close());

const part = () => {
  const { connection, clock } = office;
  return ownRegistrations({ connection, clock, cipher: registrationCipher });
};
const erase = (nth: number) => office.transactions.run((tx) => part().erase!(tx, citizen(nth)));

async function copyOf(nth: number) {
  const records = [];
  for await (const record of part().copy(citizen(nth))) records.push(record);
  return records;
}

describe('the registrations of a citizen', () => {
  it('can be taken along, everything readable', async () => {
    const id = await office.publish();
    await office.register(id, 1);
    expect(await copyOf(1)).toMatchObject([
      {
        activity: '警营开放日',
        group: '所有人',
        startsAt: '2026-11-28T01:00:00.000Z',
        state: 'confirmed',
        person: person(1),
        answers: {},
        consent: { notice: consent.notice },
      },
    ]);
  });

  it('are not erased while something lies ahead', async () => {
    const id = await office.publish();
    await office.register(id, 2);
    expect(await outcomeOf(erase(2))).toBe('registrations_ahead');
  });

  it('are erased: what came to nothing goes, what was attended keeps nothing of the person', async () => {
    const [attended, given] = [await office.publish(), await office.publish()];
    const { registrationId } = await office.register(attended, 3);
    const { registrationId: other } = await office.register(attended, 4, { requestKey: 'request-3' });
    const cancelled = await office.register(given, 3, { requestKey: 'request-3-b' });
    await office.desk.cancel(citizen(3), cancelled.registrationId);
    office.clock.at = monday + 6 * day;
    expect(await erase(3)).toMatchObject({ deleted: 1, anonymised: 1, kept: [expect.any(String)] });
    expect(await erase(4)).toMatchObject({ deleted: 0, anonymised: 1 });
    for (const id of [registrationId, other]) {
      const kept = await office.registrations.find(accountId, id);
      expect(kept).toMatchObject({ openid: '', sealed: '', facts: {}, state: 'confirmed' });
    }
    expect(await copyOf(3)).toEqual([]);
    expect(await office.reconcile(accountId)).toEqual([]);
    const listed = await office.ask('deskOfficer', 'get', `/${attended}/applicants`);
    expect(listed.body.applicants).toMatchObject([{ person: null }, { person: null }]);
  });

  it('are deleted half a year after the activity, with the places that they stand in', async () => {
    const id = await office.publish({ quota: 1 });
    await office.register(id, 5);
    await office.register(id, 6, {}, true);
    const [kind] = registrationRetention(office.connection);
    const notes: object[] = [];
    const purge = (now: number) => kind!.purge({ now, note: async (counts) => void notes.push(counts) });
    const before = (await purge(monday + 185 * day)).held;
    expect(notes).toEqual([]);
    await purge(monday + 187 * day);
    expect(before).toBeGreaterThan(0);
    expect(notes).toEqual([expect.objectContaining({ waiting: 1 })]);
    expect((await office.places.find({ accountId, activityId: id }))!.taken).toBe(0);
    expect(await office.reconcile(accountId)).toEqual([]);
  });

  it('stay as long after an activity that is put off', async () => {
    const id = await office.publish();
    const { registrationId } = await office.register(id, 7);
    const startsAt = new Date(monday + 90 * day);
    const plan = wire({ startsAt, endsAt: new Date(monday + 91 * day) });
    await office.ask('leader', 'put', `/${id}/published`, { plan, baseRevision: 2 });
    const [kind] = registrationRetention(office.connection);
    await kind!.purge({ now: monday + 187 * day, note: async () => undefined });
    const kept = await office.registrations.find(accountId, registrationId);
    expect(kept!.expiresAt.getTime()).toBeGreaterThan(monday + 271 * day);
    await kind!.purge({ now: monday + 273 * day, note: async () => undefined });
    expect(await office.registrations.find(accountId, registrationId)).toBeNull();
  });
});
