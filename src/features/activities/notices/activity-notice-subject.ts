import { businessDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import { UserError } from '../../../core/errors.js';
import { fillKeywords, type ActivityTemplate } from '../../../core/notice-template.js';
import type { Order } from '../../orders/order.js';
import type { NoticeSubject, NoticeSubjectView, NoticeText } from '../../owed-notices/notice-subject.js';
import type { OwedNotice } from '../../owed-notices/owed-notice.js';
import type { Person } from '../../persons/person.js';
import type { ActivityReader } from '../activity-reader.js';
import { fromOwedNotice, registrationSubject } from '../activity-notice.js';
import type { RegistrationStore } from '../registration-store.js';
import type { Registration } from '../registration.js';
import { isStillSo, timeOfFacts, type ActivityNoticeFacts } from './activity-notice-facts.js';
import { phraseActivityNotice, phraseActivityTemplate } from './activity-notice-phrases.js';

export interface ActivityNoticeSubjectParts {
  registrations: Pick<RegistrationStore, 'find'>;
  activities: Pick<ActivityReader, 'find'>;
  /** @throws UserError `no_such_order` */
  orders: { find(accountId: string, orderId: string): Promise<Order> };
  applicants: { openMasked(registration: Registration): Person | null };
  /** The account's template for activities, as the settings say; undefined: it has none. */
  templateOf: (accountId: string) => ActivityTemplate | undefined;
  /** The page of one registration; nothing personal in it. */
  pageOf: (accountId: string, registrationId: string) => string;
  clock: Clock;
}

/** Says in words what a notice about a registration is about, to citizens and to staff. */
export class ActivityNoticeSubject implements NoticeSubject {
  readonly kind = registrationSubject;
  readonly desk = { path: 'activities', see: 'activities.serve', repeat: 'activities.serve' } as const;
  readonly #parts: ActivityNoticeSubjectParts;

  constructor(parts: ActivityNoticeSubjectParts) {
    this.#parts = parts;
  }

  async write(owed: OwedNotice): Promise<NoticeText | null> {
    const { templateOf, pageOf, clock } = this.#parts;
    const notice = fromOwedNotice(owed);
    const { accountId, registrationId } = notice;
    const facts = await this.#gatherFacts(accountId, registrationId);
    if (!facts || !isStillSo(notice, facts, clock.now())) return null;
    const phrase = phraseActivityNotice(notice, facts);
    const url = pageOf(accountId, registrationId);
    const template = templateOf(accountId);
    return {
      reply: { kind: 'text', text: `${phrase.text}\n<a href="${url}">${phrase.link}</a>` },
      template: template
        ? {
            templateId: template.id,
            data: fillKeywords(template, phraseActivityTemplate(phrase, facts)),
            url,
          }
        : null,
      said: phrase.text,
    };
  }

  async describe(accountId: string, registrationId: string): Promise<NoticeSubjectView | null> {
    const { registrations, activities, applicants } = this.#parts;
    const registration = await registrations.find(accountId, registrationId);
    const activity = registration && (await activities.find(accountId, registration.activityId));
    if (!activity) return null;
    const group = activity.groups.find(({ id }) => id === registration.groupId);
    const time = timeOfFacts({ activity, group });
    const person = applicants.openMasked(registration);
    return {
      title: group && activity.groups.length > 1 ? `${activity.title} · ${group.name}` : activity.title,
      place: activity.place,
      day: businessDay(time.startsAt.getTime()),
      time: { startsAt: time.startsAt, endsAt: time.endsAt },
      person: person && { name: person.name, phone: person.phone },
    };
  }

  async #gatherFacts(accountId: string, registrationId: string): Promise<ActivityNoticeFacts | null> {
    const { registrations, activities } = this.#parts;
    const registration = await registrations.find(accountId, registrationId);
    const activity = registration && (await activities.find(accountId, registration.activityId));
    if (!activity) return null;
    return {
      registration,
      activity,
      group: activity.groups.find(({ id }) => id === registration.groupId),
      order: await this.#findOrder(registration),
    };
  }

  async #findOrder({ accountId, orderId }: Registration): Promise<Order | null> {
    if (orderId === undefined) return null;
    try {
      return await this.#parts.orders.find(accountId, orderId);
    } catch (error) {
      if (error instanceof UserError && error.code === 'no_such_order') return null;
      throw error;
    }
  }
}
