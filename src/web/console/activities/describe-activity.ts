import type { ActivityPlanWire } from '../../../api-types/activities.js';
import { sayMinutes } from '../../shared/say-minutes.js';
import type { Facts } from '../shared/compare-facts.js';
import { groupWords, kindNames, modeNames, sayFee, sayInstant, sayPeriod } from './activity-words.js';
import { sayRefunds } from './say-refunds.js';

type Plan = ActivityPlanWire;
type Group = Plan['groups'][number];
type Question = Plan['questions'][number];

export const questionTypes: Readonly<Record<Question['type'], string>> = {
  text: '一段文字',
  number: '数字',
  date: '日期',
  choice: '选一项',
};

/** Everything of a plan by what a clerk calls it; what was changed in it shows by comparing. */
export function describeActivity(plan: Plan): Facts {
  const word = groupWords[plan.kind];
  const dearest = Math.max(...plan.groups.map((group) => group.feeFen ?? plan.feeFen));
  return {
    种类: kindNames[plan.kind],
    名称: plan.title,
    介绍: plan.description,
    地点: plan.place,
    活动时间: sayPeriod(plan),
    报名时间: sayPeriod({ startsAt: plan.opensAt, endsAt: plan.closesAt }),
    总名额: `${plan.quota}`,
    ...Object.fromEntries(plan.groups.map((group) => [`${word}“${group.name}”`, sayGroup(group)])),
    ...Object.fromEntries(plan.questions.map((asked) => [`问“${asked.label}”`, sayQuestion(asked)])),
    录取方式: sayAdmission(plan),
    每人名额: `${plan.limitPerPerson}`,
    费用: sayFee(plan.feeFen),
    ...(dearest > 0 && {
      退款: sayRefunds(plan.refundRules, dearest),
      付款时限: sayMinutes(plan.paymentMinutes),
    }),
    ...(plan.hasWaitingList && { 候补保留: sayMinutes(plan.offerMinutes) }),
    入场: `开始前 ${sayMinutes(plan.checkInMinutes)}起`,
  };
}

/** `先到先得，逐个审核，满了可以候补`. */
export function sayAdmission({ mode, needsApproval, hasWaitingList }: Plan): string {
  return [
    mode === 'lots' ? '报名截止后抽签' : modeNames[mode],
    needsApproval ? '逐个审核' : '',
    hasWaitingList ? (mode === 'lots' ? '没中的按抽签次序候补' : '满了可以候补') : '没有候补',
  ]
    .filter((part) => part !== '')
    .join('，');
}

/** Who may take a place of the group: `6–12 岁，限梅江区、梅县区`; `不限` where everybody may. */
export function sayCondition({ condition }: Pick<Group, 'condition'>): string {
  const { minAge, maxAge, schools, districts } = condition;
  const parts = [
    sayAges(minAge, maxAge),
    schools ? `限${schools.join('、')}` : '',
    districts ? `限${districts.join('、')}` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join('，') : '不限';
}

function sayAges(from: number | undefined, to: number | undefined): string {
  if (from === undefined && to === undefined) return '';
  if (from === undefined) return `${to} 岁及以下`;
  return to === undefined ? `${from} 岁及以上` : `${from}–${to} 岁`;
}

function sayGroup(group: Group): string {
  const { quota, startsAt, endsAt, feeFen } = group;
  return [
    `${quota} 个名额`,
    sayCondition(group),
    startsAt && endsAt ? sayPeriod({ startsAt, endsAt }) : '',
    feeFen === undefined ? '' : sayFee(feeFen),
  ]
    .filter((part) => part !== '')
    .join('；');
}

function sayQuestion(asked: Question): string {
  return [
    asked.question,
    `（${sayAnswer(asked)}${asked.optional ? '，可不填' : ''}）`,
    ...(asked.type === 'choice' ? [asked.options.join('、')] : []),
  ].join('');
}

/** What can be answered: `一段文字，最多 100 字`. */
function sayAnswer(asked: Question): string {
  const name = questionTypes[asked.type];
  if (asked.type === 'text') return `${name}，最多 ${asked.max} 字`;
  return asked.type === 'number' ? `${name}，${asked.min} 到 ${asked.max}` : name;
}

/** When registration begins and ends, for a list: `报名 2026年11月24日 周二 09:00 起`. @param now epoch milliseconds. */
export function sayRegistration(plan: Pick<Plan, 'opensAt' | 'closesAt' | 'endsAt'>, now: number): string {
  if (now < Date.parse(plan.opensAt)) return `${sayInstant(plan.opensAt)} 开始报名`;
  if (now < Date.parse(plan.closesAt)) return `报名到 ${sayInstant(plan.closesAt)}`;
  return now < Date.parse(plan.endsAt) ? '报名已截止' : '已结束';
}
