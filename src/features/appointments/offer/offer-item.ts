import type { z } from 'zod';
import type { Actor } from '../../../core/actor.js';
import {
  calendarYearSchema,
  closureSchema,
  scheduleSchema,
  serviceSchema,
  venueSchema,
  type CalendarYear,
  type Closure,
  type Schedule,
  type Service,
  type Venue,
} from '../offer.js';

/** What staff set up, by kind. */
export interface OfferValues {
  service: Service;
  venue: Venue;
  schedule: Schedule;
  closure: Closure;
  calendar: CalendarYear;
}

export type OfferKind = keyof OfferValues;

export const offerSchemas: { [Kind in OfferKind]: z.ZodType<OfferValues[Kind]> } = {
  service: serviceSchema,
  venue: venueSchema,
  schedule: scheduleSchema,
  closure: closureSchema,
  calendar: calendarYearSchema,
};

/** One thing that staff set up, and who changed it last. */
export interface OfferItem<Kind extends OfferKind = OfferKind> {
  accountId: string;
  kind: Kind;
  /** Unique within the account and the kind. */
  id: string;
  value: OfferValues[Kind];
  /** Counts the changes, from 1: whoever changes it says which one they started from. */
  version: number;
  /** Where it stands among those of its kind, the smallest first. */
  position: number;
  /** UTC. */
  updatedAt: Date;
  updatedBy: Actor['by'];
}

/** The id under which a schedule is kept: a venue gives a service by one schedule. */
export function scheduleId({ service, venue }: Pick<Schedule, 'service' | 'venue'>): string {
  return `${service}.${venue}`;
}
