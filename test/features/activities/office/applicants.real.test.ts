import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { activityQuestionSchema } from '../../../../src/features/activities/activity.js';
import {
  accountId,
  buildGroup,
  citizen,
  minute,
  monday,
  person,
} from '../../../support/activity-builders.js';
import { openActivityOffice, type ActivityOffice } from '../../../support/open-activity-office.js';

let office: ActivityOffice;
beforeAll(async () => {
  office = await openActivityOffice();
});
beforeEach(() => {
  office.clock.at = monday;
});
afterAll(() => office.close());

const questions = [
  activityQuestionSchema.parse({ key: 'note', label: '备注', question: '要说什么？', type: 'text' }),
];

/** Registers so many, a minute apart; the nth says `第n个` and leaves a number. @returns their registrations' ids */
async function fill(activityId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let nth = 1; nth <= count; nth += 1) {
    office.clock.pass(minute);
    const answers = { note: `第${nth}个，电话13800138000` };
    ids.push((await office.register(activityId, nth, { answers })).registrationId);
  }
  return ids;
}

const list = (id: string, query = '') => office.ask('deskOfficer', 'get', `/${id}/applicants${query}`);
const idsIn = ({ body }: { body: { applicants: { registrationId: string }[] } }) =>
  body.applicants.map(({ registrationId }) => registrationId);

describe('the applicants of an activity', () => {
  it('come in their order, page by page, everybody masked', async () => {
    const id = await office.publish({ questions });
    const ids = await fill(id, 5);
    const first = await list(id, '?limit=3');
    expect(idsIn(first)).toEqual(ids.slice(0, 3));
    expect(first.body.applicants[0]).toMatchObject({
      state: 'confirmed',
      person: { name: '市**', idNumber: expect.stringMatching(/^441\*+.{4}$/), phone: '138****0000' },
      answers: [{ key: 'note', label: '备注', answer: '第1个，电话138****8000' }],
      feeFen: 0,
    });
    const second = await list(id, `?limit=3&after=${first.body.next}`);
    expect(idsIn(second)).toEqual(ids.slice(3));
    expect(second.body.next).toBeNull();
    expect(JSON.stringify([first.body, second.body])).not.toContain(person(1).idNumber);
  });

  it('can be narrowed to a group and a state', async () => {
    const groups = [buildGroup({ quota: 1 }), buildGroup({ id: 'more', name: '加班车', quota: 9 })];
    const id = await office.publish({ groups });
    await office.register(id, 1);
    const waiting = await office.register(id, 2, {}, true);
    const other = await office.register(id, 3, { groupId: 'more' });
    expect(idsIn(await list(id, '?state=waiting'))).toEqual([waiting.registrationId]);
    expect(idsIn(await list(id, '?group=more'))).toEqual([other.registrationId]);
    expect(idsIn(await list(id, '?group=more&state=waiting'))).toEqual([]);
  });

  it('are found by what is printed on a ticket, however it is typed, and only in their activity', async () => {
    const id = await office.publish();
    const other = await office.publish();
    const { registrationId, ticketId } = await office.register(id, 1);
    const { code } = (await office.ticketsFeature.book.readQr(accountId, ticketId!))!;
    const typed = `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase();
    expect(idsIn(await list(id, `?search=${typed}`))).toEqual([registrationId]);
    expect(idsIn(await list(other, `?search=${code}`))).toEqual([]);
    expect(idsIn(await list(id, '?search=7777777777'))).toEqual([]);
  });

  it('are found by their lot', async () => {
    const id = await office.publish({ mode: 'lots' });
    const { registrationId, lot } = await office.register(id, 1);
    expect(idsIn(await list(id, `?search=${lot!.toUpperCase()}`))).toEqual([registrationId]);
  });

  it('are shown in full only for a reason, which goes on record', async () => {
    const id = await office.publish({ questions });
    const [registrationId] = await fill(id, 1);
    const disclose = (reason: string) =>
      office.ask('leader', 'post', `/${id}/applicants/${registrationId}/disclosure`, { reason });
    expect((await disclose(' ')).status).toBe(400);
    expect((await disclose('核对身份')).body).toEqual({
      person: person(1),
      answers: [{ key: 'note', label: '备注', answer: '第1个，电话13800138000' }],
    });
    const [event] = await office.audited('registration.disclose');
    expect(event).toMatchObject({
      by: { staffId: 'leader' },
      object: { kind: 'registration', id: registrationId },
      reason: '核对身份',
    });
  });

  it('of one activity are not reached by way of another', async () => {
    const [id, other] = [await office.publish(), await office.publish()];
    const { registrationId } = await office.register(id, 1);
    const path = `/${other}/applicants/${registrationId}`;
    for (const deed of ['disclosure', 'cancellation']) {
      const { body } = await office.ask('leader', 'post', `${path}/${deed}`, { reason: '看看' });
      expect(body.error.code).toBe('no_such_registration');
    }
  });
});

describe('decisions about applicants', () => {
  it('are made for several at once, each with its own outcome', async () => {
    const id = await office.publish({ needsApproval: true });
    const [first, second, third] = (await fill(id, 3)) as [string, string, string];
    await office.desk.cancel(citizen(2), second);
    const approved = await office.ask('deskOfficer', 'post', `/${id}/applicants/approval`, {
      registrationIds: [first, second, 'nobody', first],
    });
    expect(approved.body.outcomes).toEqual([
      { outcome: 'done', registrationId: first, state: 'confirmed' },
      { outcome: 'refused', registrationId: second, code: 'already_decided', message: expect.any(String) },
      {
        outcome: 'refused',
        registrationId: 'nobody',
        code: 'no_such_registration',
        message: expect.any(String),
      },
    ]);
    const turnedDown = await office.ask('deskOfficer', 'post', `/${id}/applicants/rejection`, {
      registrationIds: [third],
      reason: '材料不全',
    });
    expect(turnedDown.body.outcomes).toEqual([
      { outcome: 'done', registrationId: third, state: 'unsuccessful' },
    ]);
    expect(await office.desk.find(citizen(3), third)).toMatchObject({ endedBecause: '材料不全' });
    expect((await office.ask('auditor', 'get', `/${id}/counts`)).body.total).toMatchObject({
      taken: 1,
      confirmed: 1,
      applied: 0,
    });
    expect((await office.audited('registration.approve'))[0]).toMatchObject({ object: { id: first } });
  });

  it('include to cancel for a citizen, who gets everything back', async () => {
    const id = await office.publish({ feeFen: 800, refundRules: [] });
    const { registrationId, orderId } = await office.register(id, 1);
    await office.pay(orderId!);
    const path = `/${id}/applicants/${registrationId}/cancellation`;
    const { body } = await office.ask('deskOfficer', 'post', path, { reason: '本人来电' });
    expect(body).toMatchObject({ state: 'cancelled', endedBecause: '本人来电', feeFen: 800 });
    expect(await office.orders.find(accountId, orderId!)).toMatchObject({ promisedFen: 800 });
  });
});

describe('the spreadsheet of applicants', () => {
  it('holds everybody in full, nothing that a spreadsheet would run, and is on record', async () => {
    const id = await office.publish({ questions });
    await office.register(id, 1, { answers: { note: '=1+1' } });
    office.clock.pass(minute);
    await office.register(id, 2, { answers: { note: '好' } });
    const exported = await office.ask('leader', 'post', `/${id}/applicants/export`, {
      reason: '现场签到',
      state: 'confirmed',
    });
    expect(exported.status).toBe(200);
    expect(decodeURIComponent(String(exported.headers['content-disposition']))).toContain(
      '警营开放日报名名单2026-11-23.xlsx',
    );
    const [head, first, second, ...more] = await readSheet(exported.body);
    expect(head).toEqual(expect.arrayContaining(['组别', '状态', '姓名', '身份证号', '结束原因', '备注']));
    const { name, idNumber, phone } = person(1);
    expect(first).toEqual(
      expect.arrayContaining(['所有人', '已报名', name, idNumber, phone, '2026-11-23 08:00', '=1+1']),
    );
    expect(second).toContain(person(2).idNumber);
    expect(more).toEqual([]);
    expect(await office.audited('activity.export')).toMatchObject([
      { reason: '现场签到', object: { id }, changes: [{ path: 'state', after: 'confirmed' }] },
    ]);
  });

  it('is not written without a reason', async () => {
    const id = await office.publish();
    expect((await office.ask('leader', 'post', `/${id}/applicants/export`, {})).status).toBe(400);
  });
});
