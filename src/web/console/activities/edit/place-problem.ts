import type { ActivityPlanWire, ActivityProblem } from '../../../../api-types/activities.js';
import { groupWords } from '../activity-words.js';

/** The sections of the page on which an activity is set up, in their order. */
export const sections = {
  basic: '基本信息',
  time: '时间',
  places: '名额与分组',
  questions: '要填的内容',
  admission: '录取方式',
  fee: '费用与退款',
} as const;
export type Section = keyof typeof sections;

const fields: Readonly<Record<string, { section: Section; name: string }>> = {
  kind: { section: 'basic', name: '种类' },
  title: { section: 'basic', name: '名称' },
  place: { section: 'basic', name: '地点' },
  description: { section: 'basic', name: '介绍' },
  startsAt: { section: 'time', name: '活动开始' },
  endsAt: { section: 'time', name: '活动结束' },
  opensAt: { section: 'time', name: '报名开始' },
  closesAt: { section: 'time', name: '报名截止' },
  checkInMinutes: { section: 'time', name: '提前入场' },
  quota: { section: 'places', name: '总名额' },
  groups: { section: 'places', name: '分组' },
  questions: { section: 'questions', name: '要填的内容' },
  mode: { section: 'admission', name: '录取方式' },
  needsApproval: { section: 'admission', name: '审核' },
  hasWaitingList: { section: 'admission', name: '候补' },
  offerMinutes: { section: 'admission', name: '候补保留' },
  limitPerPerson: { section: 'admission', name: '每人名额' },
  feeFen: { section: 'fee', name: '费用' },
  refundRules: { section: 'fee', name: '退款' },
  paymentMinutes: { section: 'fee', name: '付款时限' },
};

const parts: Readonly<Record<string, string>> = {
  name: '名称',
  quota: '名额',
  condition: '条件',
  'condition.minAge': '最小年龄',
  'condition.maxAge': '最大年龄',
  'condition.schools': '学校',
  'condition.districts': '区县',
  startsAt: '开始',
  endsAt: '结束',
  feeFen: '费用',
  label: '简称',
  question: '文字',
  options: '选项',
  max: '上限',
  min: '下限',
  hoursBefore: '小时数',
  percent: '百分比',
};

/** In which section of the page the field of a problem lies. */
export function sectionOf(field: string): Section {
  return fields[field.split('.')[0] ?? '']?.section ?? 'basic';
}

/** What the field is called on the page: `班次“早班”的名额`. */
export function sayField(
  field: string,
  { kind, groups, questions }: Pick<ActivityPlanWire, 'kind' | 'groups' | 'questions'>,
): string {
  const [head = '', index, ...rest] = field.split('.');
  const whole = fields[head]?.name ?? '活动';
  if (index === undefined || !/^\d+$/.test(index)) return whole;
  const number = Number(index);
  const one =
    head === 'groups'
      ? `${groupWords[kind]}${quote(groups[number]?.name, number)}`
      : head === 'questions'
        ? `问题${quote(questions[number]?.label, number)}`
        : `${whole}第 ${number + 1} 条`;
  const part = parts[rest.join('.')] ?? parts[rest.slice(0, 2).join('.')] ?? parts[rest[0] ?? ''];
  return part === undefined ? one : `${one}的${part}`;
}

/** The sentences about a field, or about something within it; empty: there is nothing to say. */
export function faultOf(problems: readonly { field: string; message: string }[], field: string): string {
  return problems
    .filter((problem) => problem.field === field || problem.field.startsWith(`${field}.`))
    .map(({ message }) => message)
    .join('；');
}

/** Errors first, then by the order of the page. */
export function sortProblems(problems: readonly ActivityProblem[]): ActivityProblem[] {
  const order = Object.keys(sections);
  const rank = ({ severity, field }: ActivityProblem) =>
    (severity === 'error' ? 0 : order.length) + order.indexOf(sectionOf(field));
  return problems.toSorted((one, other) => rank(one) - rank(other));
}

function quote(name: string | undefined, number: number): string {
  return name ? `“${name}”` : ` ${number + 1} `;
}
