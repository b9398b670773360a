import type { ActivityCountsWire } from '../../../../api-types/activities.js';

/** How many have registered for each group, or wait: as long as there is one it stays. */
export function countByGroup(groups: ActivityCountsWire['groups']): Map<string, number> {
  return new Map(
    groups.map(({ groupId, taken, waiting, applied }) => [groupId, Math.max(taken, applied) + waiting]),
  );
}
