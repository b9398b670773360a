import { addDays, businessDay, instantOf, timeOfDay } from '../../../../api-types/business-day.js';
import type { ActivityPlanWire } from '../../../../api-types/activities.js';
import { tidyLines } from '../../draft/edit-lines.js';
import { newId } from '../../shared/new-id.js';
import type { ActivityKindName } from '../activity-words.js';

type GroupPlan = ActivityPlanWire['groups'][number];
type WriteInstant = (text: string) => string;
type QuestionPlan = ActivityPlanWire['questions'][number];

const times = ['startsAt', 'endsAt', 'opensAt', 'closesAt'] as const;

/** A group as it is typed: what is switched off keeps its values. */
export interface GroupForm {
  id: string;
  name: string;
  quota: number;
  limitsAge: boolean;
  /** In full years; undefined: no bound. */
  minAge: number | undefined;
  maxAge: number | undefined;
  limitsSchools: boolean;
  schools: string[];
  limitsDistricts: boolean;
  districts: string[];
  hasOwnTime: boolean;
  /** `YYYY-MM-DD HH:mm` in Asia/Shanghai, as every time of a form; empty: not chosen. */
  startsAt: string;
  endsAt: string;
  hasOwnFee: boolean;
  /** In yuan. */
  fee: number;
}

/** A question as it is typed, with what each type would need. */
export interface QuestionForm {
  key: string;
  type: QuestionPlan['type'];
  label: string;
  question: string;
  optional: boolean;
  /** Of a text, in characters. */
  max: number;
  /** Of a number. */
  from: number;
  to: number;
  options: string[];
}

/** An activity as it is typed. */
export interface ActivityForm extends Omit<ActivityPlanWire, 'groups' | 'questions' | 'feeFen'> {
  groups: GroupForm[];
  questions: QuestionForm[];
  /** In yuan; 0: free. */
  fee: number;
  /** The instants that were read, by what is shown of them: untouched they stay as they are, to the second. */
  exact: Readonly<Record<string, string>>;
}

/** What a new activity of this kind begins with. @param now epoch milliseconds. */
export function newForm(kind: ActivityKindName, now: number): ActivityForm {
  const day = (distance: number) => addDays(businessDay(now), distance);
  const isTicketed = kind === 'ticketed';
  return {
    kind,
    title: '',
    description: '',
    place: '',
    startsAt: `${day(14)} 09:00`,
    endsAt: `${day(14)} 11:30`,
    opensAt: `${day(1)} 09:00`,
    closesAt: `${day(12)} 18:00`,
    quota: 40,
    groups: newGroups(kind, day(14)),
    questions: [],
    mode: 'first_come',
    needsApproval: false,
    hasWaitingList: true,
    fee: isTicketed ? 10 : 0,
    refundRules: isTicketed
      ? [
          { hoursBefore: 48, percent: 100 },
          { hoursBefore: 24, percent: 50 },
        ]
      : [],
    paymentMinutes: 30,
    offerMinutes: 120,
    limitPerPerson: kind === 'volunteers' ? 2 : 1,
    checkInMinutes: 60,
    exact: {},
  };
}

export function newGroup(name: string, quota: number): GroupForm {
  return {
    id: newId('group'),
    name,
    quota,
    limitsAge: false,
    minAge: undefined,
    maxAge: undefined,
    limitsSchools: false,
    schools: [],
    limitsDistricts: false,
    districts: [],
    hasOwnTime: false,
    startsAt: '',
    endsAt: '',
    hasOwnFee: false,
    fee: 0,
  };
}

/** @param taken keys that the activity has already. */
export function newQuestion(taken: readonly string[]): QuestionForm {
  let number = taken.length + 1;
  while (taken.includes(`q${number}`)) number += 1;
  return {
    key: `q${number}`,
    type: 'text',
    label: '',
    question: '',
    optional: false,
    max: 100,
    from: 0,
    to: 100,
    options: [],
  };
}

export function readPlan({ groups, questions, feeFen, ...plan }: ActivityPlanWire): ActivityForm {
  return {
    ...plan,
    startsAt: readInstant(plan.startsAt),
    endsAt: readInstant(plan.endsAt),
    opensAt: readInstant(plan.opensAt),
    closesAt: readInstant(plan.closesAt),
    refundRules: plan.refundRules.map((rule) => ({ ...rule })),
    groups: groups.map(readGroup),
    questions: questions.map(readQuestion),
    fee: feeFen / 100,
    exact: Object.fromEntries(instantsOf({ ...plan, groups }).map((at) => [readInstant(at), at])),
  };
}

/** The plan that a form stands for; what is missing in it is found by the schema, see `findFaults`. */
export function writePlan({ groups, questions, fee, exact, ...form }: ActivityForm): ActivityPlanWire {
  const write: WriteInstant = (text) => exact[text] ?? writeInstant(text);
  return {
    ...form,
    title: form.title.trim(),
    description: form.description.trim(),
    place: form.place.trim(),
    startsAt: write(form.startsAt),
    endsAt: write(form.endsAt),
    opensAt: write(form.opensAt),
    closesAt: write(form.closesAt),
    refundRules: form.refundRules.map((rule) => ({ ...rule })),
    // Whoever is drawn is not looked at one by one.
    needsApproval: form.needsApproval && form.mode !== 'lots',
    groups: groups.map((group) => writeGroup(group, write)),
    questions: questions.map(writeQuestion),
    feeFen: writeFee(fee),
  };
}

function newGroups(kind: ActivityKindName, day: string): GroupForm[] {
  if (kind === 'registration') return [newGroup('全体', 40)];
  if (kind === 'ticketed') return [newGroup('普通票', 40)];
  const shift = (name: string, from: string, to: string): GroupForm => ({
    ...newGroup(name, 20),
    hasOwnTime: true,
    startsAt: `${day} ${from}`,
    endsAt: `${day} ${to}`,
  });
  return [shift('第一班', '09:00', '10:15'), shift('第二班', '10:15', '11:30')];
}

function readGroup({ condition, startsAt, endsAt, feeFen, ...group }: GroupPlan): GroupForm {
  return {
    ...newGroup(group.name, group.quota),
    ...group,
    limitsAge: condition.minAge !== undefined || condition.maxAge !== undefined,
    minAge: condition.minAge,
    maxAge: condition.maxAge,
    limitsSchools: condition.schools !== undefined,
    schools: [...(condition.schools ?? [])],
    limitsDistricts: condition.districts !== undefined,
    districts: [...(condition.districts ?? [])],
    hasOwnTime: startsAt !== undefined || endsAt !== undefined,
    startsAt: readInstant(startsAt ?? ''),
    endsAt: readInstant(endsAt ?? ''),
    hasOwnFee: feeFen !== undefined,
    fee: (feeFen ?? 0) / 100,
  };
}

function writeGroup(form: GroupForm, write: WriteInstant): GroupPlan {
  return {
    id: form.id,
    name: form.name.trim(),
    quota: form.quota,
    condition: writeCondition(form),
    ...(form.hasOwnTime && { startsAt: write(form.startsAt), endsAt: write(form.endsAt) }),
    ...(form.hasOwnFee && { feeFen: writeFee(form.fee) }),
  };
}

function writeCondition(form: GroupForm): GroupPlan['condition'] {
  const { limitsAge, minAge, maxAge, limitsSchools, schools, limitsDistricts, districts } = form;
  return {
    ...(limitsAge && minAge !== undefined && { minAge }),
    ...(limitsAge && maxAge !== undefined && { maxAge }),
    ...(limitsSchools && { schools: tidyLines(schools) }),
    ...(limitsDistricts && { districts: tidyLines(districts) }),
  };
}

function readQuestion(question: QuestionPlan): QuestionForm {
  const { key, type, label, optional } = question;
  return {
    ...newQuestion([]),
    key,
    type,
    label,
    question: question.question,
    optional,
    ...(question.type === 'text' && { max: question.max }),
    ...(question.type === 'number' && { from: question.min, to: question.max }),
    ...(question.type === 'choice' && { options: [...question.options] }),
  };
}

function writeQuestion({ key, type, label, question, optional, ...form }: QuestionForm): QuestionPlan {
  const head = { key, label: label.trim(), question: question.trim(), optional };
  switch (type) {
    case 'text':
      return { ...head, type, max: form.max };
    case 'number':
      return { ...head, type, min: form.from, max: form.to };
    case 'date':
      return { ...head, type };
    case 'choice':
      return { ...head, type, options: tidyLines(form.options) };
  }
}

/** Integer fen. @param yuan with at most two places. */
function writeFee(yuan: number): number {
  return Math.round(yuan * 100);
}

function instantsOf(plan: Pick<ActivityPlanWire, (typeof times)[number] | 'groups'>): string[] {
  const ofGroups = plan.groups.flatMap(({ startsAt, endsAt }) => [startsAt ?? '', endsAt ?? '']);
  return [...times.map((time) => plan[time]), ...ofGroups].filter((at) => at !== '');
}

function readInstant(at: string): string {
  const instant = Date.parse(at);
  return Number.isNaN(instant) ? '' : `${businessDay(instant)} ${timeOfDay(instant)}`;
}

/** Empty where nothing is chosen: the schema finds it. */
function writeInstant(text: string): string {
  const [day, time] = text.split(' ');
  return day && time ? instantOf(day, time).toISOString() : '';
}

/** The highest fee of an activity, in fen; 0: it is free for all. */
export function dearestFen({ fee, groups }: Pick<ActivityForm, 'fee' | 'groups'>): number {
  return writeFee(Math.max(...groups.map((group) => (group.hasOwnFee ? group.fee : fee)), 0));
}
