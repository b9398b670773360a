import type { ActivityReader } from '../activity-reader.js';
import type { TicketReader } from '../citizen-registration-views.js';
import type { Citizen, RegistrationView } from '../registration-desk.js';
import type { NamedRegistration } from './chat-phrases.js';

/** The address of a page of citizens. @param path below that of the account, such as `registrations/r1`. */
export type PageOf = (accountId: string, path: string) => string;

/** Registrations with what they are for. */
export class RegistrationNames {
  readonly #activities: Pick<ActivityReader, 'find'>;
  readonly #tickets: TicketReader;
  readonly #pageOf: PageOf;

  constructor(activities: Pick<ActivityReader, 'find'>, tickets: TicketReader, pageOf: PageOf) {
    this.#activities = activities;
    this.#tickets = tickets;
    this.#pageOf = pageOf;
  }

  async of({ accountId }: Citizen, view: RegistrationView): Promise<NamedRegistration> {
    const { registrationId, activityId, groupId, ticketId, state } = view;
    const [activity, ticket] = await Promise.all([
      this.#activities.find(accountId, activityId),
      state === 'confirmed' && ticketId !== undefined ? this.#tickets.readQr(accountId, ticketId) : null,
    ]);
    return {
      view,
      activity,
      group: activity?.groups.find(({ id }) => id === groupId),
      link: this.#pageOf(accountId, `registrations/${registrationId}`),
      ...(ticket && { code: ticket.code }),
    };
  }

  ofAll(citizen: Citizen, views: readonly RegistrationView[]): Promise<NamedRegistration[]> {
    return Promise.all(views.map((view) => this.of(citizen, view)));
  }
}
