import type { OwedNoticeBook } from '../owed-notices/owed-notice.js';
import { toOwedNotice, type AppointmentNoticeBook } from './appointment-notice.js';

/** Owes messages about appointments. */
export function appointmentNoticeBook(book: Pick<OwedNoticeBook, 'add'>): AppointmentNoticeBook {
  return { add: (tx, notice) => book.add(tx, toOwedNotice(notice)) };
}
