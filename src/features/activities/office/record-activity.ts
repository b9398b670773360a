import type { Actor } from '../../../core/actor.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { AuditChange } from '../../audit/audit-event.js';
import type { AuditTrail } from '../../audit/audit-trail.js';

/** What somebody did with an activity, for the audit trail. */
export interface ActivityDeed {
  actor: Actor;
  /** `activity.publish`. */
  action: string;
  changes?: readonly AuditChange[];
  reason?: string;
}

export function recordActivity(
  audit: Pick<AuditTrail, 'append'>,
  tx: Transaction,
  { accountId, activityId }: { accountId: string; activityId: string },
  { actor, action, changes = [], reason }: ActivityDeed,
): Promise<void> {
  return audit.append(tx, {
    ...actor,
    accountId,
    action,
    object: { kind: 'activity', id: activityId },
    changes,
    ...(reason !== undefined && { reason }),
  });
}
