import type { z } from 'zod';
import { activityPlanWireSchema, type ActivityPlanWire } from '../../../../api-types/activities.js';

/** What keeps a plan from being saved; `field` is a path such as `groups.0.name`. */
export interface Fault {
  field: string;
  message: string;
}

/** What the API would not take, one fault for each field, in the order of the plan. */
export function findFaults(plan: ActivityPlanWire): Fault[] {
  const read = activityPlanWireSchema.safeParse(plan);
  const faults = new Map<string, string>();
  for (const issue of read.error?.issues ?? []) {
    const field = issue.path.join('.');
    if (!faults.has(field)) faults.set(field, sayIssue(issue));
  }
  return [...faults].map(([field, message]) => ({ field, message }));
}

function sayIssue(issue: z.core.$ZodIssue): string {
  const { code } = issue;
  if (code === 'too_small') {
    if (issue.origin === 'string') return '请填写';
    return issue.origin === 'array' ? `至少要有 ${issue.minimum} 项` : `不能小于 ${issue.minimum}`;
  }
  if (code === 'too_big') {
    if (issue.origin === 'string') return `太长，最多 ${issue.maximum} 个字`;
    return issue.origin === 'array' ? `太多，最多 ${issue.maximum} 项` : `不能大于 ${issue.maximum}`;
  }
  if (code === 'invalid_format') return '请选择日期和时间';
  return code === 'custom' ? issue.message : '这里没有填对';
}
