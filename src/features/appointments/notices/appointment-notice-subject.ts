import type { Clock } from '../../../core/clock.js';
import { fillKeywords, type AppointmentTemplate } from '../../../core/notice-template.js';
import type { TemplateText } from '../../../core/outbound-messenger.js';
import type { NoticeSubject, NoticeSubjectView, NoticeText } from '../../owed-notices/notice-subject.js';
import type { OwedNotice } from '../../owed-notices/owed-notice.js';
import type { Appointment } from '../appointment.js';
import { appointmentSubject, fromOwedNotice, type AppointmentNotice } from '../appointment-notice.js';
import type { AppointmentStore } from '../appointment-store.js';
import type { Persons } from '../booking/persons.js';
import type { OfferReader } from '../offer-reader.js';
import type { TimetableReader } from '../timetable-reader.js';
import { listFreeTimes } from './free-times.js';
import { phraseNotice, phraseTemplate, type NoticeFacts } from './notice-phrases.js';

export interface AppointmentNoticeSubjectParts {
  appointments: Pick<AppointmentStore, 'find'>;
  offers: Pick<OfferReader, 'findService' | 'findVenue'>;
  timetable: TimetableReader;
  persons: Pick<Persons, 'openMasked'>;
  /** The account's template for appointments, as the settings say; undefined: it has none. */
  templateOf: (accountId: string) => AppointmentTemplate | undefined;
  /** The page with the citizen's own appointments; nothing personal in it. */
  pageOf: (accountId: string) => string;
  clock: Clock;
}

/** Says in words what a notice about an appointment is about, to citizens and to staff. */
export class AppointmentNoticeSubject implements NoticeSubject {
  readonly kind = appointmentSubject;
  readonly desk = {
    path: 'appointments',
    see: 'appointments.serve',
    repeat: 'appointments.override',
  } as const;
  readonly #parts: AppointmentNoticeSubjectParts;

  constructor(parts: AppointmentNoticeSubjectParts) {
    this.#parts = parts;
  }

  /** Null: it is no longer so; the visit was moved or cancelled, the offer accepted or over. */
  async write(owed: OwedNotice): Promise<NoticeText | null> {
    const notice = fromOwedNotice(owed);
    const { accountId, appointmentId, kind } = notice;
    const appointment = await this.#parts.appointments.find(accountId, appointmentId);
    if (!appointment || !isStillSo(notice, appointment, this.#parts.clock.now())) return null;
    const facts = await this.#gatherFacts(notice, appointment);
    const { code: _code, ...withoutCode } = appointment;
    return {
      reply: { kind: 'text', text: phraseNotice(kind, facts) },
      template: this.#fillTemplate(notice, facts),
      said: phraseNotice(kind, { ...facts, appointment: withoutCode }),
    };
  }

  async describe(accountId: string, appointmentId: string): Promise<NoticeSubjectView | null> {
    const { appointments, offers, persons } = this.#parts;
    const appointment = await appointments.find(accountId, appointmentId);
    if (!appointment) return null;
    const { service, venue, day, startsAt, endsAt } = appointment;
    const [named, hall] = await Promise.all([
      offers.findService(accountId, service),
      offers.findVenue(accountId, venue),
    ]);
    const person = persons.openMasked(appointment);
    return {
      title: named?.name ?? service,
      place: hall?.name ?? venue,
      day,
      time: startsAt && endsAt ? { startsAt, endsAt } : null,
      person: person && { name: person.name, phone: person.phone },
    };
  }

  async #gatherFacts({ kind }: AppointmentNotice, appointment: Appointment): Promise<NoticeFacts> {
    const { offers, timetable } = this.#parts;
    const { accountId, service, venue } = appointment;
    const [named, hall, others] = await Promise.all([
      offers.findService(accountId, service),
      offers.findVenue(accountId, venue),
      kind === 'closed' ? listFreeTimes(timetable, appointment) : [],
    ]);
    return { appointment, service: named, venue: hall, others };
  }

  #fillTemplate({ accountId, kind }: AppointmentNotice, facts: NoticeFacts): TemplateText | null {
    const template = this.#parts.templateOf(accountId);
    if (!template) return null;
    const data = fillKeywords(template, phraseTemplate(kind, facts));
    return { templateId: template.id, data, url: this.#parts.pageOf(accountId) };
  }
}

function isStillSo({ kind, about }: AppointmentNotice, appointment: Appointment, now: number): boolean {
  const { state, startsAt, until, isExcused } = appointment;
  const isAtThatTime = startsAt === undefined || startsAt.getTime() === about.getTime();
  switch (kind) {
    case 'offered':
      return state === 'offered' && isAtThatTime && (until?.getTime() ?? 0) > now;
    case 'closed':
    case 'cancelled':
      return state === kind;
    case 'reminder_day':
    case 'reminder_hours':
      return state === 'booked' && isAtThatTime;
    case 'missed':
      return state === 'missed' && isExcused !== true;
  }
}
