import { businessDay } from '../../../core/business-day.js';
import type { ActivityGroup, ActivityPlan } from '../activity.js';
import type { StatedFacts } from '../registration.js';
import { refuse } from './refusals.js';

/** Facts that citizens state, with what they are called. */
const facts = [
  { fact: 'school', allowed: 'schools', name: '学校' },
  { fact: 'district', allowed: 'districts', name: '区县' },
] as const;

/** Age in full years on a day `YYYY-MM-DD`. @param idNumber well-formed. */
export function ageOn(day: string, idNumber: string): number {
  const [year, monthDay] = [Number(day.slice(0, 4)), day.slice(5).replace('-', '')];
  const birth = idNumber.slice(6, 14);
  return year - Number(birth.slice(0, 4)) - (monthDay < birth.slice(4) ? 1 : 0);
}

/**
 * The facts that the group asks for; none that it does not.
 * @throws UserError `condition_unmet`: says which one.
 */
export function readFacts(
  plan: Pick<ActivityPlan, 'startsAt'>,
  group: ActivityGroup,
  person: { idNumber: string },
  stated: StatedFacts,
): StatedFacts {
  refuseWrongAge(plan, group, person);
  const read: StatedFacts = {};
  for (const { fact, allowed, name } of facts) {
    const names = group.condition[allowed];
    if (!names) continue;
    const value = stated[fact]?.trim() ?? '';
    if (value === '') throw unmet(fact, `请选择${name}`);
    if (!names.includes(value)) throw unmet(fact, `「${group.name}」只接受这些${name}的报名：${list(names)}`);
    read[fact] = value;
  }
  return read;
}

function refuseWrongAge(
  { startsAt }: Pick<ActivityPlan, 'startsAt'>,
  { name, condition: { minAge = 0, maxAge = Infinity } }: ActivityGroup,
  { idNumber }: { idNumber: string },
): void {
  const age = ageOn(businessDay(startsAt.getTime()), idNumber);
  if (age < minAge) throw unmet('age', `「${name}」要求活动当天年满 ${minAge} 周岁`);
  if (age > maxAge) throw unmet('age', `「${name}」要求活动当天不超过 ${maxAge} 周岁`);
}

function unmet(condition: string, sentence: string) {
  return refuse('condition_unmet', sentence, { condition });
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 6).join('、');
  return names.length > 6 ? `${shown}等` : shown;
}
