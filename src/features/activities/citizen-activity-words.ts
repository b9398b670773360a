import { durationInWords } from '../../core/in-words.js';
import { feeOf, type ActivityPlan, type GroupCondition, type RefundRule } from './activity.js';

/** Who may take a place of a group, one sentence each; empty: everybody. */
export function sayConditions({ minAge, maxAge, schools, districts }: GroupCondition): string[] {
  const sentences: string[] = [];
  const ages = sayAges(minAge, maxAge);
  if (ages !== '') sentences.push(`${ages}（按活动开始那天的周岁算）`);
  if (schools) sentences.push(`学校：${sayNames(schools, '所')}`);
  if (districts) sentences.push(`区县：${sayNames(districts, '个')}`);
  return sentences;
}

/** How places are given, one sentence each. */
export function sayAdmission(plan: ActivityPlan): string[] {
  return [sayDecision(plan), ...sayPayment(plan), ...sayWaiting(plan)];
}

/** What comes back to whoever cancels, one sentence each; empty: it is free. */
export function sayRefunds(plan: ActivityPlan): string[] {
  if (!costsAnything(plan)) return [];
  return [...sayRefundRules(plan.refundRules), '活动取消，或者时间、地点有变：全额退'];
}

function sayAges(minAge: number | undefined, maxAge: number | undefined): string {
  if (minAge !== undefined && maxAge !== undefined)
    return minAge === maxAge ? `${minAge} 岁` : `${minAge}–${maxAge} 岁`;
  if (minAge !== undefined) return `满 ${minAge} 岁`;
  return maxAge === undefined ? '' : `${maxAge} 岁及以下`;
}

/** A long list is chosen from in the form. */
function sayNames(names: readonly string[], unit: string): string {
  const shown = names.slice(0, 6).join('、');
  return names.length > 6 ? `${shown}等 ${names.length} ${unit}` : shown;
}

function sayDecision({ mode, needsApproval }: ActivityPlan): string {
  if (mode === 'lots')
    return '报名截止以后抽签，早报晚报机会一样。抽签的种子现在就封存好了，抽完公布，谁都可以验算。';
  return needsApproval
    ? '先到先得，报名后由工作人员审核。审核时名额给您留着，结果在公众号里告诉您。'
    : '先到先得，提交时还有名额就是您的。';
}

function sayPayment(plan: ActivityPlan): string[] {
  if (!costsAnything(plan)) return [];
  return [`有了名额，请在 ${durationInWords(plan.paymentMinutes)}内付款，过时名额会让给别人。`];
}

function sayWaiting({ mode, hasWaitingList, offerMinutes }: ActivityPlan): string[] {
  if (!hasWaitingList) return [];
  const who = mode === 'lots' ? '没抽中的，按抽出的先后排候补' : '满员后可以排候补';
  return [`${who}：有人退出就按顺序轮到您，请在 ${durationInWords(offerMinutes)}内接受。`];
}

function costsAnything(plan: ActivityPlan): boolean {
  return plan.groups.some((group) => feeOf(plan, group) > 0);
}

function sayRefundRules(rules: readonly RefundRule[]): string[] {
  const last = rules.at(-1);
  if (last === undefined) return ['付款以后自己取消：不退'];
  const sentences = rules.map(
    ({ hoursBefore, percent }, nth) =>
      `${sayWhen(hoursBefore, rules[nth - 1]?.hoursBefore)}：${sayPercent(percent)}`,
  );
  return last.hoursBefore === 0 ? sentences : [...sentences, `${sayWhen(0, last.hoursBefore)}：不退`];
}

/** @param from, to hours before the beginning; `to` undefined: however long. */
function sayWhen(from: number, to: number | undefined): string {
  if (to === undefined) return from === 0 ? '开始以前取消' : `离开始还有 ${sayHours(from)}以上取消`;
  return from === 0 ? `离开始不到 ${sayHours(to)}取消` : `离开始还有 ${sayHours(from)}到 ${sayHours(to)}取消`;
}

function sayHours(hours: number): string {
  return durationInWords(hours * 60);
}

function sayPercent(percent: number): string {
  if (percent === 0) return '不退';
  return percent === 100 ? '全额退' : `退 ${percent}%`;
}
