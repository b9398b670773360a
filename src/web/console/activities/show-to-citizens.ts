import { planFromWire, type ActivityPlanWire } from '../../../api-types/activities.js';
import { sayAdmission, sayConditions, sayRefunds } from '../../../api-types/activity-words.js';
import { sayFee, sayInstant, sayPeriod } from './activity-words.js';

type Group = ActivityPlanWire['groups'][number];

export interface ShownGroup {
  id: string;
  name: string;
  /** Places, fee, own time, and who may: a line each. */
  lines: string[];
}

/** An activity as citizens read it before they register. */
export interface ShownActivity {
  facts: { name: string; text: string }[];
  groups: ShownGroup[];
  admission: string[];
  refunds: string[];
}

export function showActivity(wire: ActivityPlanWire): ShownActivity {
  const plan = planFromWire(wire);
  return {
    facts: [
      { name: '时间', text: sayPeriod(wire) },
      { name: '地点', text: wire.place },
      { name: '报名', text: `${sayInstant(wire.opensAt)} 至 ${sayInstant(wire.closesAt)}` },
      { name: '费用', text: sayFees(wire) },
    ],
    groups: wire.groups.map((group) => showGroup(wire, group)),
    admission: sayAdmission(plan),
    refunds: sayRefunds(plan),
  };
}

/** A field of the form as citizens fill it in. */
export interface ShownField {
  label: string;
  hint: string;
  /** Of a choice. */
  options?: readonly string[];
}

/** What everybody is asked. */
export const personFields: readonly ShownField[] = [
  { label: '姓名', hint: '和身份证上一样' },
  { label: '身份证号', hint: '18 位' },
  { label: '手机号', hint: '有变化时联系您' },
];

/** What is asked besides: what the groups' conditions need, and the questions. */
export function showQuestions({ groups, questions }: ActivityPlanWire): ShownField[] {
  const schools = namesOf(groups, 'schools');
  const districts = namesOf(groups, 'districts');
  return [
    ...(schools.length > 0 ? [{ label: '在哪所学校读书', hint: '请选择', options: schools }] : []),
    ...(districts.length > 0 ? [{ label: '住在哪个区县', hint: '请选择', options: districts }] : []),
    ...questions.map((asked) => ({
      label: `${asked.question || '（还没有写问题）'}${asked.optional ? '（可不填）' : ''}`,
      hint: hintOf(asked),
      ...(asked.type === 'choice' && { options: asked.options }),
    })),
  ];
}

/** What the button of the form says. */
export function showSubmit({ mode, feeFen, groups: [first, ...others] }: ActivityPlanWire): string {
  const fee = first?.feeFen ?? feeFen;
  const isPaidAtOnce = mode === 'first_come' && others.length === 0 && fee > 0;
  return isPaidAtOnce ? `提交，去付款 ${sayFee(fee)}` : '提交报名';
}

function showGroup(plan: ActivityPlanWire, group: Group): ShownGroup {
  const { startsAt, endsAt } = group;
  return {
    id: group.id,
    name: group.name || '（还没有名称）',
    lines: [
      `${group.quota} 个名额 · ${sayFee(group.feeFen ?? plan.feeFen)}`,
      ...(startsAt && endsAt ? [sayPeriod({ startsAt, endsAt })] : []),
      ...sayConditions(group.condition),
    ],
  };
}

function sayFees({ feeFen, groups }: ActivityPlanWire): string {
  const fees = groups.map((group) => group.feeFen ?? feeFen);
  const [least, most] = [Math.min(...fees), Math.max(...fees)];
  return least === most ? sayFee(least) : `${sayFee(least)}–${sayFee(most)}`;
}

function namesOf(groups: readonly Group[], list: 'schools' | 'districts'): string[] {
  return [...new Set(groups.flatMap(({ condition }) => condition[list] ?? []))];
}

function hintOf(asked: ActivityPlanWire['questions'][number]): string {
  switch (asked.type) {
    case 'text':
      return `最多 ${asked.max} 字`;
    case 'number':
      return `${asked.min} 到 ${asked.max}`;
    case 'date':
      return '选择日期';
    case 'choice':
      return '请选择';
  }
}
