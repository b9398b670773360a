import type { Transaction } from '../../../core/transaction-runner.js';
import type { ActivityNoticeKind } from '../activity-notice.js';
import type { Registration } from '../registration.js';
import type { RegistrationParts } from './registration-parts.js';

/** How long it makes sense to tell somebody that something has ended, in milliseconds. */
const shelfLifeMs = 7 * 86_400_000;

/**
 * Owes the citizen a message, from `now` on.
 * @param until useless afterwards; absent: for a week.
 * @param about which of several of its kind; absent: that of this moment.
 */
export function tell(
  { notices }: Pick<RegistrationParts, 'notices'>,
  tx: Transaction,
  { accountId, registrationId, openid }: Registration,
  kind: ActivityNoticeKind,
  now: number,
  until = new Date(now + shelfLifeMs),
  about = new Date(now),
): Promise<void> {
  const dueAt = new Date(now);
  return notices.add(tx, { accountId, registrationId, openid, kind, about, dueAt, until });
}
