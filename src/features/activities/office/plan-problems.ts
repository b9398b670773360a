import { feeOf, timeOf, type ActivityGroup, type ActivityPlan, type ActivityQuestion } from '../activity.js';
import { planSentences as say } from './plan-sentences.js';

export type PlanProblemCode = keyof typeof say;

/** Something that is wrong with a plan as a whole; a `warning` keeps nobody from publishing it. */
export interface PlanProblem {
  severity: 'error' | 'warning';
  code: PlanProblemCode;
  /** Where in the plan: `closesAt`, `groups.1.condition`. */
  field: string;
  /** A sentence for staff. */
  message: string;
}

/** What a plan is held against. */
export interface PlanGround {
  /** Milliseconds since the epoch, UTC. */
  now: number;
  /** Whether citizens of the account can pay at all. */
  canTakeMoney: boolean;
  /** Citizens see it already: what has begun may have begun. */
  isPublished: boolean;
}

/** What keeps a plan from being published, and what looks like a mistake. */
export function findProblems(plan: ActivityPlan, ground: PlanGround): PlanProblem[] {
  return [
    ...findTimeProblems(plan, ground),
    ...plan.groups.flatMap((group, index) => findGroupProblems(plan, group, index)),
    ...findQuotaProblems(plan),
    ...findAgeGaps(plan.groups),
    ...findRepeated(plan),
    ...plan.questions.flatMap(findQuestionProblems),
    ...findAdmissionProblems(plan),
    ...findMoneyProblems(plan, ground),
  ];
}

export function isFaulty(problems: readonly PlanProblem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

function error(field: string, code: PlanProblemCode, message: string): PlanProblem {
  return { severity: 'error', code, field, message };
}

function warning(field: string, code: PlanProblemCode, message: string): PlanProblem {
  return { severity: 'warning', code, field, message };
}

function findTimeProblems(
  { startsAt, endsAt, opensAt, closesAt }: ActivityPlan,
  { now, isPublished }: PlanGround,
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (endsAt <= startsAt) problems.push(error('endsAt', 'ends_before_start', say.ends_before_start()));
  if (closesAt <= opensAt)
    problems.push(error('closesAt', 'closes_before_opening', say.closes_before_opening()));
  if (closesAt > endsAt) problems.push(error('closesAt', 'closes_after_end', say.closes_after_end()));
  if (isPublished) return problems;
  if (startsAt.getTime() <= now) problems.push(error('startsAt', 'begins_in_past', say.begins_in_past()));
  if (closesAt.getTime() <= now) problems.push(error('closesAt', 'closed_in_past', say.closed_in_past()));
  return problems;
}

/** Nobody is known to have lived longer. */
const oldest = 122;

function findGroupProblems(plan: ActivityPlan, group: ActivityGroup, index: number): PlanProblem[] {
  const problems = findShiftProblems(plan, group, index);
  if ((group.condition.minAge ?? 0) > oldest)
    problems.push(error(`groups.${index}.condition.minAge`, 'ages_unmet', say.ages_unmet(group.name)));
  return problems;
}

/** Of a group that has a time of its own. */
function findShiftProblems(plan: ActivityPlan, group: ActivityGroup, index: number): PlanProblem[] {
  if (!group.startsAt && !group.endsAt) return [];
  const { startsAt, endsAt } = timeOf(plan, group);
  const at = `groups.${index}`;
  if (endsAt <= startsAt)
    return [error(`${at}.endsAt`, 'shift_ends_before_start', say.shift_ends_before_start(group.name))];
  return startsAt < plan.startsAt || endsAt > plan.endsAt
    ? [error(`${at}.startsAt`, 'shift_outside', say.shift_outside(group.name))]
    : [];
}

function findQuotaProblems({ quota, groups }: ActivityPlan): PlanProblem[] {
  const sum = groups.reduce((total, group) => total + group.quota, 0);
  if (sum < quota) return [warning('quota', 'quota_unreachable', say.quota_unreachable(sum, quota))];
  return sum > quota ? [warning('quota', 'quota_below_groups', say.quota_below_groups(sum, quota))] : [];
}

/** Years between the ages of the groups for which there is none: mostly somebody miscounted. */
function findAgeGaps(groups: readonly ActivityGroup[]): PlanProblem[] {
  const ranges = groups
    .map(({ condition: { minAge, maxAge } }) => ({ from: minAge ?? 0, to: maxAge ?? oldest }))
    .toSorted((a, b) => a.from - b.from);
  const problems: PlanProblem[] = [];
  let reached = (ranges[0]?.from ?? 0) - 1;
  for (const { from, to } of ranges) {
    if (from > reached + 1) problems.push(warning('groups', 'ages_gap', say.ages_gap(reached + 1, from - 1)));
    reached = Math.max(reached, to);
  }
  return problems;
}

function findRepeated({ groups, questions }: ActivityPlan): PlanProblem[] {
  return [
    ...repeated(groups.map(({ id }) => id)).map((index) =>
      error(`groups.${index}.id`, 'group_id_twice', say.group_id_twice()),
    ),
    ...repeated(groups.map(({ name }) => name)).map((index) =>
      error(`groups.${index}.name`, 'group_name_twice', say.group_name_twice()),
    ),
    ...repeated(questions.map(({ key }) => key)).map((index) =>
      error(`questions.${index}.key`, 'question_key_twice', say.question_key_twice()),
    ),
    ...repeated(questions.map(({ label }) => label)).map((index) =>
      error(`questions.${index}.label`, 'question_label_twice', say.question_label_twice()),
    ),
  ];
}

/** Where the list says something again. */
function repeated(values: readonly string[]): number[] {
  return [...values.keys()].filter((index) => values.indexOf(values[index] ?? '') < index);
}

function findQuestionProblems(question: ActivityQuestion, index: number): PlanProblem[] {
  const at = `questions.${index}`;
  if (question.type === 'number' && question.min > question.max)
    return [error(`${at}.max`, 'number_range', say.number_range(question.label))];
  if (question.type === 'choice' && repeated(question.options).length > 0)
    return [error(`${at}.options`, 'option_twice', say.option_twice(question.label))];
  return [];
}

function findAdmissionProblems(plan: ActivityPlan): PlanProblem[] {
  const { mode, needsApproval, closesAt, startsAt, limitPerPerson, groups } = plan;
  const problems: PlanProblem[] = [];
  if (mode === 'lots') {
    if (needsApproval) problems.push(error('needsApproval', 'lots_with_approval', say.lots_with_approval()));
    if (closesAt >= startsAt) problems.push(error('closesAt', 'lots_without_time', say.lots_without_time()));
  }
  if (limitPerPerson > groups.length)
    problems.push(warning('limitPerPerson', 'limit_beyond_groups', say.limit_beyond_groups(groups.length)));
  return problems;
}

function findMoneyProblems(plan: ActivityPlan, { canTakeMoney }: PlanGround): PlanProblem[] {
  const { groups, refundRules } = plan;
  const problems: PlanProblem[] = [];
  if (groups.some((group) => feeOf(plan, group) > 0)) {
    if (!canTakeMoney) problems.push(error('feeFen', 'fee_unpayable', say.fee_unpayable()));
    if (refundRules.length === 0) problems.push(warning('refundRules', 'no_refund', say.no_refund()));
  } else if (refundRules.length > 0)
    problems.push(warning('refundRules', 'refund_without_fee', say.refund_without_fee()));
  for (const [index, rule] of refundRules.entries()) {
    const before = refundRules[index - 1];
    if (!before) continue;
    const at = `refundRules.${index}`;
    if (rule.hoursBefore >= before.hoursBefore)
      problems.push(error(`${at}.hoursBefore`, 'refund_order', say.refund_order()));
    if (rule.percent > before.percent)
      problems.push(error(`${at}.percent`, 'refund_rises', say.refund_rises()));
  }
  return problems;
}
