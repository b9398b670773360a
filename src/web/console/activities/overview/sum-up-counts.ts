import type { ActivityCountsWire, ActivityPlanWire } from '../../../../api-types/activities.js';

type Group = ActivityCountsWire['groups'][number];

/** A line of the live count; without an id: the whole. */
export interface CountLine extends Omit<Group, 'groupId'> {
  groupId: string | null;
  /** Places that can still be taken: at most as many as the whole has left. */
  left: number;
  /** 0–100. */
  percent: number;
}

/** The groups in the order of the plan, then the whole. */
export function sumUpCounts({ total, groups }: Pick<ActivityCountsWire, 'total' | 'groups'>): CountLine[] {
  const leftOfAll = leftOf(total);
  const whole: CountLine = {
    ...total,
    groupId: null,
    name: '合计',
    left: leftOfAll,
    percent: percentOf(total),
  };
  const lines = groups.map((group) => ({
    ...group,
    left: Math.min(leftOf(group), leftOfAll),
    percent: percentOf(group),
  }));
  // One group that has all the places says everything.
  return groups.length === 1 && groups[0]?.quota === total.quota ? lines : [...lines, whole];
}

/** How full it is, for a list: `18 / 40，候补 3`; before a draw how many have applied. */
export function sayFill(
  { quota, taken, waiting, applied }: Pick<Group, 'quota' | 'taken' | 'waiting' | 'applied'>,
  { mode }: Pick<ActivityPlanWire, 'mode'>,
): string {
  if (mode === 'lots' && taken === 0) return `${applied} 人抽 ${quota} 个`;
  return [`${taken} / ${quota}`, waiting > 0 ? `候补 ${waiting}` : '']
    .filter((part) => part !== '')
    .join('，');
}

function leftOf({ quota, taken }: Pick<Group, 'quota' | 'taken'>): number {
  return Math.max(quota - taken, 0);
}

function percentOf({ quota, taken }: Pick<Group, 'quota' | 'taken'>): number {
  return Math.min(100, Math.round((taken / quota) * 100));
}
