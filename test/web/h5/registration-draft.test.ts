import { describe, expect, it } from '@jest/globals';
import type { CitizenActivity } from '../../../src/api-types/citizen-activities.js';
import { ApiError } from '../../../src/web/shared/api-error.js';
import { sayFormChanges } from '../../../src/web/h5/activity-words.js';
import {
  faultsOf,
  faultsOfRefusal,
  readDraft,
  type RegistrationDraft,
} from '../../../src/web/h5/registration-draft.js';

const group: CitizenActivity['groups'][number] = {
  id: 'child',
  name: '小学组',
  startsAt: '2026-11-28T01:00:00.000Z',
  endsAt: '2026-11-28T03:00:00.000Z',
  feeFen: 0,
  quota: 2,
  left: 2,
  opening: 'open',
  conditions: [],
  schools: ['一小', '二小'],
  districts: null,
};
const activity: CitizenActivity = {
  activityId: 'open-day',
  kind: 'registration',
  title: '警营开放日',
  place: '示例地点',
  startsAt: group.startsAt,
  endsAt: group.endsAt,
  opensAt: '2026-11-23T00:00:00.000Z',
  closesAt: '2026-11-27T00:00:00.000Z',
  mode: 'first_come',
  opening: 'open',
  left: 2,
  feeFen: { least: 0, most: 0 },
  description: '',
  groups: [group],
  questions: [
    { key: 'people', label: '同行', question: '几个人', optional: false, type: 'number', min: 1, max: 5 },
    { key: 'note', label: '备注', question: '备注', optional: true, type: 'text', max: 100 },
  ],
  formVersion: 3,
  hasWaitingList: true,
  limitPerPerson: 1,
  admission: [],
  refunds: [],
  commitment: null,
  isDrawn: false,
  movedAt: null,
  cancelledBecause: null,
};
const draft: RegistrationDraft = {
  groupId: 'child',
  school: '一小',
  district: '梅江区',
  answers: { people: ' 2 ', note: ' ', former: 'not asked any more' },
  person: { name: '张三', idNumber: '11010519491231002X', phone: '13812345678' },
  hasAgreed: true,
};

describe('a filled-in form', () => {
  it('is sent with what is asked, and nothing else', () => {
    expect(readDraft(draft, activity, { notice: '1', requestKey: 'request-1' })).toEqual({
      groupId: 'child',
      formVersion: 3,
      person: draft.person,
      facts: { school: '一小' },
      answers: { people: 2 },
      notice: '1',
      requestKey: 'request-1',
      mayWait: false,
    });
  });

  it('asks for the waiting list only where the page has said that it is one', () => {
    const full = { ...activity, groups: [{ ...group, opening: 'waiting' as const }] };
    expect(readDraft(draft, full, { notice: '1', requestKey: 'request-1' }).mayWait).toBe(true);
  });

  it('has no faults when it is complete', () => {
    expect(faultsOf(draft, activity)).toEqual({});
  });

  it.each<[Partial<RegistrationDraft>, string[]]>([
    [{ groupId: '' }, ['group']],
    [{ school: '' }, ['school']],
    [{ answers: {} }, ['answer.people']],
    [{ answers: { people: '0' } }, ['answer.people']],
    [{ answers: { people: 'viele' } }, ['answer.people']],
    [{ person: { ...draft.person, phone: ' ' } }, ['person']],
    [{ hasAgreed: false }, ['consent']],
  ])('shows what is missing or wrong: %j', (change, fields) => {
    expect(Object.keys(faultsOf({ ...draft, ...change }, activity))).toEqual(fields);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['bad_answer', { key: 'people' }, ['answer.people']],
    ['condition_unmet', { condition: 'school' }, ['school']],
    ['condition_unmet', { condition: 'age' }, []],
    ['bad_id_number', {}, ['idNumber']],
    ['group_full', {}, []],
  ])('shows a refusal %s %j at its field, where it has one', (code, details, fields) => {
    expect(Object.keys(faultsOfRefusal(new ApiError(409, code, '不行', details)))).toEqual(fields);
  });
});

describe('a form that changed', () => {
  it('says nothing where nothing did', () => {
    expect(sayFormChanges(activity, { ...activity, left: 0 })).toEqual([]);
  });

  it('says each change once', () => {
    const [people] = activity.questions;
    const after: CitizenActivity = {
      ...activity,
      place: '新地点',
      questions: [
        { ...people!, question: '一共几个人' },
        { key: 'size', label: '尺码', question: '尺码', optional: false, type: 'text', max: 3 },
      ],
      groups: [
        { ...group, feeFen: 100, conditions: ['6–12 岁'] },
        { ...group, id: 'adult', name: '成人组' },
      ],
      refunds: ['不退'],
    };
    expect(sayFormChanges(activity, after)).toEqual([
      '“同行”的问法变了',
      '新问了“尺码”',
      '不再问“备注”',
      '“小学组”的费用由免费改为¥1.00',
      '“小学组”的条件变了',
      '新增了“成人组”',
      '地点改为新地点',
      '退费规则变了',
    ]);
  });
});
