import type { Closure, Schedule, Service, Venue } from '../offer.js';
import type { OfferReader } from '../offer-reader.js';
import type { OfferKind, OfferValues } from './offer-item.js';
import type { OfferStore } from './offer-store.js';
import { toWorkCalendar, type WorkCalendar } from './work-calendar.js';

/** How services and venues are called now, by their ids; what is gone goes by its id. */
export interface OfferNames {
  service(id: string): string;
  venue(id: string): string;
}

/** The offer as the store holds it at the moment of asking. */
export class StoredOffer implements OfferReader {
  readonly #store: OfferStore;

  constructor(store: OfferStore) {
    this.#store = store;
  }

  services(accountId: string): Promise<Service[]> {
    return this.#list(accountId, 'service');
  }

  async findService(accountId: string, service: string): Promise<Service | null> {
    return (await this.#store.find(accountId, 'service', service))?.value ?? null;
  }

  venues(accountId: string): Promise<Venue[]> {
    return this.#list(accountId, 'venue');
  }

  async findVenue(accountId: string, venue: string): Promise<Venue | null> {
    return (await this.#store.find(accountId, 'venue', venue))?.value ?? null;
  }

  async schedulesOf(accountId: string, service: string): Promise<Schedule[]> {
    return (await this.schedules(accountId)).filter((schedule) => schedule.service === service);
  }

  schedules(accountId: string): Promise<Schedule[]> {
    return this.#list(accountId, 'schedule');
  }

  closures(accountId: string): Promise<Closure[]> {
    return this.#list(accountId, 'closure');
  }

  async calendar(accountId: string): Promise<WorkCalendar> {
    return toWorkCalendar(await this.#list(accountId, 'calendar'));
  }

  async readNames(accountId: string): Promise<OfferNames> {
    const [services, venues] = await Promise.all([this.services(accountId), this.venues(accountId)]);
    return { service: namesOf(services), venue: namesOf(venues) };
  }

  async #list<Kind extends OfferKind>(accountId: string, kind: Kind): Promise<OfferValues[Kind][]> {
    return (await this.#store.list(accountId, kind)).map(({ value }) => value);
  }
}

function namesOf(items: readonly { id: string; name: string }[]): (id: string) => string {
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
