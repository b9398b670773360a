import type { Service, Venue } from './offer.js';
import type { DayView, SlotView } from './slot.js';

/** What a citizen can choose from, as it is at the moment of asking. */
export interface TimetableReader {
  /** In the order of the staff; paused ones are left out. */
  services(accountId: string): Promise<Service[]>;
  /** The halls that give a service. */
  venuesOf(accountId: string, service: string): Promise<Venue[]>;
  days(accountId: string, service: string, venue: string): Promise<DayView[]>;
  /** By their beginning. */
  slots(accountId: string, service: string, venue: string, day: string): Promise<SlotView[]>;
}
