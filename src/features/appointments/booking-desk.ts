import type { Actor } from '../../core/actor.js';
import type { Appointment, Person } from './appointment.js';

/** The citizen who asks, as the platform names them. */
export interface Citizen {
  accountId: string;
  openid: string;
}

/** An appointment as its citizen sees it; the person masked. */
export interface AppointmentView extends Pick<
  Appointment,
  'appointmentId' | 'state' | 'service' | 'venue' | 'day' | 'startsAt' | 'endsAt' | 'until' | 'code'
> {
  /** Null before the form, and where the key is lost. */
  person: { name: string; idNumber: string; phone: string } | null;
  /** Whether its citizen may still cancel or move it. */
  isChangeable: boolean;
  /** Of `waiting`: how many are before. */
  position?: number;
  /** What was said against a missed visit; absent: nothing. */
  objection?: ObjectionState;
}

/** That a citizen objected, and how it was decided; no decision: not yet. */
export interface ObjectionState {
  at: Date;
  decision?: { isGranted: boolean; reason: string; at: Date };
}

/** What a citizen consented to before any personal field. */
export interface Consent {
  notice: string;
  at: Date;
}

/**
 * Takes, moves and gives back places. Every command names the state that is wanted, so that a repeat changes nothing
 * and has the same outcome. Each is one transaction: all of it happened, or none.
 *
 * Refusals are UserErrors, with a sentence for the citizen:
 * `no_such_slot` · `slot_full` · `slot_closed` · `slot_over` · `slot_not_yet` · `service_paused` ·
 * `no_such_appointment` (also somebody else's) · `hold_lapsed` · `offer_lapsed` · `bad_id_number` · `bad_phone` ·
 * `bad_name` · `consent_missing` · `person_limit` · `person_busy` · `person_blocked` · `too_late_to_change` ·
 * `not_changeable` · `places_left` (no waiting list where there are places) · `already_arrived` · `not_today`
 */
export interface BookingDesk {
  /** Keeps a place for ten minutes. A citizen has one hold at most: another one moves it, with its time anew. */
  hold(citizen: Citizen, slotId: string): Promise<AppointmentView>;
  /** Books the place that is held. */
  book(citizen: Citizen, appointmentId: string, person: Person, consent: Consent): Promise<AppointmentView>;
  /** Gives up a hold, a wait, an offer or an appointment. */
  cancel(citizen: Citizen, appointmentId: string): Promise<AppointmentView>;
  /** The same record at another time of the same service, at whatever venue; the new place is taken first. */
  move(citizen: Citizen, appointmentId: string, slotId: string): Promise<AppointmentView>;
  /** Stands in the waiting list of a full day. */
  wait(
    citizen: Citizen,
    wanted: { service: string; venue: string; day: string },
    person: Person,
    consent: Consent,
  ): Promise<AppointmentView>;
  /** Takes the place that is offered. */
  accept(citizen: Citizen, appointmentId: string): Promise<AppointmentView>;
  /** Those ahead, the soonest first; then those past, the latest first. */
  listOf(citizen: Citizen): Promise<AppointmentView[]>;
  find(citizen: Citizen, appointmentId: string): Promise<AppointmentView>;
}

/** What the counter does. Every command is on record, within its transaction. */
export interface CounterDesk {
  /** By the code that the citizen shows. @throws UserError `no_such_code` · `already_arrived` · `not_today` */
  checkIn(accountId: string, code: string, actor: Actor): Promise<AppointmentView>;
  /** Books beyond lead time, horizon, capacity and limits. @throws UserError `reason_missing` */
  bookBeyondRules(
    order: { accountId: string; slotId: string; person: Person; reason: string },
    actor: Actor,
  ): Promise<AppointmentView>;
  /** At any time before the visit. */
  cancelForCitizen(
    order: { accountId: string; appointmentId: string; reason: string },
    actor: Actor,
  ): Promise<AppointmentView>;
}
