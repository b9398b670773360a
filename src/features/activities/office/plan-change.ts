import { canonicalJson } from '../../../core/canonical-json.js';
import type { AuditChange } from '../../audit/audit-event.js';
import { changesBetween } from '../../audit/changes-between.js';
import { feeOf, timeOf, type ActivityGroup, type ActivityPlan } from '../activity.js';

/** What a change of a published plan means to those who have registered, or are about to. */
export interface PlanChange {
  /** Something else is asked or promised: a form that was begun before must be begun again. */
  raisesForm: boolean;
  /** Another time or place: whoever has registered is told, and may cancel for the whole fee. */
  moves: boolean;
  removed: ActivityGroup[];
}

export function comparePlans(before: ActivityPlan, after: ActivityPlan): PlanChange {
  const kept = before.groups.flatMap((group) => {
    const now = after.groups.find(({ id }) => id === group.id);
    return now ? [{ before: group, after: now }] : [];
  });
  const removed = before.groups.filter(({ id }) => !after.groups.some((group) => group.id === id));
  const moves =
    before.place !== after.place ||
    differ(timeOf(before, {}), timeOf(after, {})) ||
    kept.some((group) => differ(timeOf(before, group.before), timeOf(after, group.after)));
  const raisesForm =
    moves ||
    removed.length > 0 ||
    differ(promisedBy(before), promisedBy(after)) ||
    kept.some((group) => differ(promisedTo(before, group.before), promisedTo(after, group.after)));
  return { raisesForm, moves, removed };
}

/** For the audit trail. */
export function planChanges(before: ActivityPlan | null, after: ActivityPlan | null): AuditChange[] {
  return changesBetween(before ? recordOf(before) : {}, after ? recordOf(after) : {});
}

function promisedBy({ questions, refundRules, needsApproval, limitPerPerson }: ActivityPlan) {
  return { questions, refundRules, needsApproval, limitPerPerson };
}

function promisedTo(plan: ActivityPlan, group: ActivityGroup) {
  return { condition: group.condition, fee: feeOf(plan, group) };
}

function differ(one: object, other: object): boolean {
  return canonicalJson(recordOf(one)) !== canonicalJson(recordOf(other));
}

/** As JSON has it: instants as text. */
function recordOf(value: object): Record<string, unknown> {
  const record: unknown = JSON.parse(JSON.stringify(value));
  return typeof record === 'object' && record !== null ? { ...record } : {};
}
