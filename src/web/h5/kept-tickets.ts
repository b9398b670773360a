import { z } from 'zod';
import { citizenRegistrationSchema, type CitizenRegistration } from '../../api-types/citizen-activities.js';
import { serverNow } from '../shared/server-clock.js';
import { pagesBase } from './place.js';

/**
 * The last tickets that were seen on this phone, for an entrance without a network. Nothing of the person is kept:
 * what lies here is what the entrance reads, and it is gone when the activity is over.
 */
const key = `suishen-tickets:${pagesBase}`;
const most = 5;
const keptSchema = z.array(citizenRegistrationSchema);

/** Keeps a ticket that counts, and forgets one that does not any more. */
export function keepTicket(registration: CitizenRegistration): void {
  const others = readTickets().filter(({ registrationId }) => registrationId !== registration.registrationId);
  const kept = registration.ticket ? [{ ...registration, person: null, lot: null }, ...others] : others;
  write(kept.slice(0, most));
}

export function findTicket(registrationId: string): CitizenRegistration | undefined {
  return readTickets().find((one) => one.registrationId === registrationId);
}

export function forgetTickets(): void {
  write([]);
}

function readTickets(): CitizenRegistration[] {
  try {
    const kept = keptSchema.parse(JSON.parse(localStorage.getItem(key) ?? '[]'));
    return kept.filter(({ group }) => Date.parse(group.endsAt) > serverNow());
  } catch {
    // Storage is switched off, or an older page wrote it.
    return [];
  }
}

function write(tickets: readonly CitizenRegistration[]): void {
  try {
    if (tickets.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(tickets));
  } catch {
    // Storage is full or switched off: the ticket is fetched each time.
  }
}
