import type { Schedule, Service, Venue } from './offer.js';

/** What can be booked, as it is now. */
export interface OfferReader {
  /** In the order that staff gave them; paused ones too. */
  services(accountId: string): Promise<Service[]>;
  findService(accountId: string, service: string): Promise<Service | null>;
  venues(accountId: string): Promise<Venue[]>;
  findVenue(accountId: string, venue: string): Promise<Venue | null>;
  /** The halls that give a service. */
  schedulesOf(accountId: string, service: string): Promise<Schedule[]>;
}
