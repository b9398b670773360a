import type { Clock } from '../../../core/clock.js';
import { noticeFields, type NoticeTemplate } from '../../../core/notice-template.js';
import type { OutboundNotice, TemplateText } from '../../../core/outbound-messenger.js';
import type { Appointment } from '../appointment.js';
import type { AppointmentNotice } from '../appointment-notice.js';
import type { AppointmentStore } from '../appointment-store.js';
import type { OfferReader } from '../offer-reader.js';
import type { TimetableReader } from '../timetable-reader.js';
import { listFreeTimes } from './free-times.js';
import { phraseNotice, phraseTemplate, type NoticeSubject } from './notice-phrases.js';
import type { ClaimedNotice } from './owed-notice.js';

export interface NoticeWriterParts {
  appointments: Pick<AppointmentStore, 'find'>;
  offers: Pick<OfferReader, 'findService' | 'findVenue'>;
  timetable: TimetableReader;
  /** The account's template for appointments, as the settings say; undefined: it has none. */
  templateOf: (accountId: string) => NoticeTemplate | undefined;
  /** The page with the citizen's own appointments; nothing personal in it. */
  pageOf: (accountId: string) => string;
  clock: Clock;
}

/** What is sent, and the same for staff: without the code that only the citizen may show. */
export interface WrittenNotice extends OutboundNotice {
  said: string;
}

/** Says in words what a notice is about, as it is at the moment of sending. */
export class NoticeWriter {
  readonly #parts: NoticeWriterParts;

  constructor(parts: NoticeWriterParts) {
    this.#parts = parts;
  }

  /** Null: it is no longer so; the visit was moved or cancelled, the offer accepted or over. */
  async write(notice: ClaimedNotice): Promise<WrittenNotice | null> {
    const { accountId, appointmentId, kind } = notice;
    const appointment = await this.#parts.appointments.find(accountId, appointmentId);
    if (!appointment || !isStillSo(notice, appointment, this.#parts.clock.now())) return null;
    const subject = await this.#nameSubject(notice, appointment);
    const { code: _code, ...withoutCode } = appointment;
    return {
      reply: { kind: 'text', text: phraseNotice(kind, subject) },
      template: this.#fillTemplate(notice, subject),
      clientMsgId: clientMsgIdOf(notice),
      said: phraseNotice(kind, { ...subject, appointment: withoutCode }),
    };
  }

  async #nameSubject({ kind }: AppointmentNotice, appointment: Appointment): Promise<NoticeSubject> {
    const { offers, timetable } = this.#parts;
    const { accountId, service, venue } = appointment;
    const [named, hall, others] = await Promise.all([
      offers.findService(accountId, service),
      offers.findVenue(accountId, venue),
      kind === 'closed' ? listFreeTimes(timetable, appointment) : [],
    ]);
    return { appointment, service: named, venue: hall, others };
  }

  #fillTemplate({ accountId, kind }: AppointmentNotice, subject: NoticeSubject): TemplateText | null {
    const template = this.#parts.templateOf(accountId);
    if (!template) return null;
    const values = phraseTemplate(kind, subject);
    const data = Object.fromEntries(noticeFields.map((field) => [template.keywords[field], values[field]]));
    return { templateId: template.id, data, url: this.#parts.pageOf(accountId) };
  }
}

/** One that staff had sent once more is another message to the platform, unless the one before may have arrived. */
function clientMsgIdOf({ id, repeats = 0 }: ClaimedNotice): string {
  return repeats === 0 ? id : `${id}-${repeats}`;
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
