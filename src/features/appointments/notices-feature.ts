import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { AppointmentTemplate } from '../../core/notice-template.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { NoticeSubject } from '../owed-notices/notice-subject.js';
import { createNoticePlanner } from '../owed-notices/owed-notices-feature.js';
import { AppointmentStoreMongo } from './appointment-store-mongo.js';
import { Persons } from './booking/persons.js';
import { AppointmentNoticeSubject } from './notices/appointment-notice-subject.js';
import { ReminderPlanner } from './notices/reminder-planner.js';
import type { OfferReader } from './offer-reader.js';
import { remindedVisitMigration, RemindedVisitStoreMongo } from './reminded-visit-store-mongo.js';
import type { TimetableReader } from './timetable-reader.js';

/** After those of the appointments. */
export const appointmentNoticeMigrations: readonly Migration[] = [remindedVisitMigration];

export interface AppointmentNotices {
  /** For whoever sends what is owed. */
  subject: NoticeSubject;
  reminders: ReminderPlanner;
}

/** What citizens are told about their appointments without asking. */
export function createAppointmentNotices(parts: {
  connection: MongoConnection;
  offers: OfferReader;
  timetable: TimetableReader;
  templateOf: (accountId: string) => AppointmentTemplate | undefined;
  pageOf: (accountId: string) => string;
  cipher: FieldCipher;
  clock: Clock;
}): AppointmentNotices {
  const { connection, cipher, clock } = parts;
  return {
    subject: new AppointmentNoticeSubject({
      ...parts,
      appointments: new AppointmentStoreMongo(connection),
      persons: new Persons(cipher),
    }),
    reminders: new ReminderPlanner({
      visits: new RemindedVisitStoreMongo(connection),
      planner: createNoticePlanner(connection),
      clock,
    }),
  };
}
