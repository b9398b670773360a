import type { Appointment } from '../appointment.js';
import type { Slot } from '../slot.js';
import { lapsedExpiry, visitExpiry } from './retention.js';

/** Where an appointment stands. */
export type Place = Required<Pick<Appointment, 'slotId' | 'startsAt' | 'endsAt'>>;

/** @throws Error for an appointment that has no place: a fault of the program. */
export function placeOf({ appointmentId, slotId, startsAt, endsAt }: Appointment): Place {
  if (slotId === undefined || startsAt === undefined || endsAt === undefined)
    throw new Error(`appointment ${appointmentId} has no place`);
  return { slotId, startsAt, endsAt };
}

export function placeIn({ slotId, service, venue, day, startsAt, endsAt }: Slot) {
  return { slotId, service, venue, day, startsAt, endsAt };
}

/** Whether a hold, an offer or a wait is over at `now`, whatever its record says. */
export function isLapsed({ until }: Appointment, now: number): boolean {
  return until !== undefined && until.getTime() <= now;
}

/** The person neither is there nor counts any more. The place is given back by the caller. */
export function end(
  appointment: Appointment,
  state: 'lapsed' | 'cancelled' | 'closed',
  now: number,
  because?: string,
): Appointment {
  const { until: _until, claim: _claim, busyAt: _busyAt, ...rest } = appointment;
  return {
    ...rest,
    state,
    ...(because !== undefined && { endedBecause: because }),
    changedAt: new Date(now),
    expiresAt:
      state === 'lapsed' || appointment.personKey === undefined
        ? lapsedExpiry(now)
        : visitExpiry(appointment.day),
  };
}

/** The visit took place, or did not: it no longer lies ahead. What it counts in its day, month or year stays. */
export function finish(appointment: Appointment, state: 'arrived' | 'missed', now: number): Appointment {
  const { claim, busyAt: _busyAt, ...rest } = appointment;
  return {
    ...rest,
    ...(claim && claim.period !== aheadPeriod && { claim }),
    state,
    changedAt: new Date(now),
    ...(state === 'arrived' && { arrivedAt: new Date(now) }),
  };
}

/** The period of what counts while it lies before the person. */
export const aheadPeriod = 'ahead';
