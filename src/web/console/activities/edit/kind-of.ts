import { activityPlanWireSchema } from '../../../../api-types/activities.js';
import type { ActivityKindName } from '../activity-words.js';

/** The kind that an address names; undefined: none, or one that is not known. */
export function kindOf(text: unknown): ActivityKindName | undefined {
  return activityPlanWireSchema.shape.kind.safeParse(text).data;
}
