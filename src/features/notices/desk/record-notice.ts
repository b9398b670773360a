import type { Actor } from '../../../core/actor.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { AuditChange } from '../../audit/audit-event.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { NoticeRef } from '../notice-store.js';

/** What somebody did with a notice, for the audit trail. */
export interface NoticeRecordEntry {
  actor: Actor;
  action: string;
  changes?: readonly AuditChange[];
  reason?: string;
}

export function recordNotice(
  audit: Pick<AuditTrail, 'append'>,
  tx: Transaction,
  { accountId, id }: NoticeRef,
  { actor, action, changes = [], reason }: NoticeRecordEntry,
): Promise<void> {
  return audit.append(tx, {
    ...actor,
    accountId,
    action,
    object: { kind: 'notice', id },
    changes,
    ...(reason !== undefined && { reason }),
  });
}
