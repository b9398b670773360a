import type {
  ActivityGroupView,
  ActivityQuestion,
  CitizenActivity,
  RegistrationInput,
} from '../../api-types/citizen-activities.js';
import type { PersonInput } from '../../api-types/citizen-appointments.js';
import type { ApiError } from '../shared/api-error.js';
import { isPersonMissing, personFaults } from './person-faults.js';

/** What has been typed into the form of an activity. */
export interface RegistrationDraft {
  groupId: string;
  school: string;
  district: string;
  /** As typed, by the keys of the questions; those that are not asked any more stay. */
  answers: Record<string, string>;
  person: PersonInput;
  hasAgreed: boolean;
}

/** What is wrong, by field: `group`, `school`, `district`, `answer.<key>`, those of the person, `consent`. */
export type DraftFaults = Readonly<Record<string, string>>;

/** Whether a group can be chosen. */
export function canRegister({ opening }: Pick<ActivityGroupView, 'opening'>): boolean {
  return opening === 'open' || opening === 'waiting';
}

/** What can be seen without the server. */
export function faultsOf(draft: RegistrationDraft, activity: CitizenActivity): DraftFaults {
  const group = activity.groups.find(({ id }) => id === draft.groupId);
  const faults: Record<string, string> = {};
  if (!group) faults['group'] = '请选一个';
  if (group?.schools && draft.school === '') faults['school'] = '请选择学校';
  if (group?.districts && draft.district === '') faults['district'] = '请选择区县';
  for (const question of activity.questions) {
    const fault = faultOfAnswer(question, draft.answers[question.key] ?? '');
    if (fault !== '') faults[`answer.${question.key}`] = fault;
  }
  if (isPersonMissing(draft.person)) faults['person'] = '请把姓名、身份证号和手机号都填好';
  if (!draft.hasAgreed) faults['consent'] = '请先阅读并勾选同意个人信息说明';
  return faults;
}

/** What the server has refused, at the field that it is about. */
export function faultsOfRefusal(refusal: ApiError): DraftFaults {
  const { code, message, details } = refusal;
  if (code === 'bad_answer' && typeof details['key'] === 'string')
    return { [`answer.${details['key']}`]: message };
  const { condition } = details;
  if (code === 'condition_unmet' && (condition === 'school' || condition === 'district'))
    return { [condition]: message };
  return personFaults(refusal);
}

/** What is sent. @param notice the version of the privacy notice. */
export function readDraft(
  draft: RegistrationDraft,
  activity: CitizenActivity,
  { notice, requestKey }: { notice: string; requestKey: string },
): RegistrationInput {
  const group = activity.groups.find(({ id }) => id === draft.groupId);
  return {
    groupId: draft.groupId,
    formVersion: activity.formVersion,
    person: draft.person,
    facts: {
      ...(group?.schools && { school: draft.school }),
      ...(group?.districts && { district: draft.district }),
    },
    answers: Object.fromEntries(
      activity.questions.flatMap(({ key, type }) => {
        const typed = (draft.answers[key] ?? '').trim();
        return typed === '' ? [] : [[key, type === 'number' ? Number(typed) : typed]];
      }),
    ),
    notice,
    requestKey,
    mayWait: group?.opening === 'waiting',
  };
}

function faultOfAnswer(question: ActivityQuestion, typed: string): string {
  if (typed.trim() === '') return question.optional ? '' : '这一项还没有填';
  if (question.type !== 'number') return '';
  const number = Number(typed);
  return number >= question.min && number <= question.max ? '' : sayRange(question);
}

function sayRange({ min, max }: { min: number; max: number }): string {
  return `请填 ${min} 到 ${max} 之间的数`;
}
