import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../../../core/clock.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { AppointmentNoticeBook } from '../appointment-notice.js';
import type { AppointmentStore } from '../appointment-store.js';
import type { OfferReader } from '../offer-reader.js';
import type { SlotStore } from '../slot-store.js';

/** What the desk works with. */
export interface BookingParts {
  slots: SlotStore;
  appointments: AppointmentStore;
  offers: OfferReader;
  notices: AppointmentNoticeBook;
  transactions: TransactionRunner;
  cipher: FieldCipher;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  draws: Draws;
}

/** What must not be guessed. */
export interface Draws {
  appointmentId(): string;
  /** What is shown at the counter: eight digits, to be typed where a scanner fails. */
  code(): string;
}

export const secureDraws: Draws = {
  appointmentId: () => randomBytes(15).toString('base64url'),
  code: () => String(randomInt(100_000_000)).padStart(8, '0'),
};
