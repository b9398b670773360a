import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/clock.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { OrderDesk } from '../../orders/order-desk.js';
import type { Activity } from '../activity.js';
import type { ActivityNoticeBook } from '../activity-notice.js';
import type { PlaceStore } from '../place-store.js';
import type { RegistrationStore } from '../registration-store.js';
import type { TicketBook } from '../ticket-book.js';

/** Activities as registrations need them: also as they stand within a transaction. */
export interface ActivityFinder {
  /** Null: there is none, also of another account. Drafts included. */
  find(accountId: string, activityId: string, tx?: Transaction): Promise<Activity | null>;
}

/** What the desk works with. */
export interface RegistrationParts {
  activities: ActivityFinder;
  places: PlaceStore;
  registrations: RegistrationStore;
  orders: Pick<OrderDesk, 'place' | 'askClosing' | 'refundWithin' | 'find' | 'canTakeMoney'>;
  tickets: TicketBook;
  notices: ActivityNoticeBook;
  transactions: TransactionRunner;
  cipher: FieldCipher;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  draws: RegistrationDraws;
}

/** What must not be guessed. */
export interface RegistrationDraws {
  registrationId(): string;
  /** 12 hexadecimal characters. */
  lot(): string;
}

export const secureRegistrationDraws: RegistrationDraws = {
  registrationId: () => randomBytes(15).toString('base64url'),
  lot: () => randomBytes(6).toString('hex'),
};
