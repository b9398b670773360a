import type { Actor } from '../../core/actor.js';
import type { Person } from '../persons/person.js';
import type { Registration, StatedFacts } from './registration.js';

/** The citizen who asks, as the platform names them. */
export interface Citizen {
  accountId: string;
  openid: string;
}

export type { Person } from '../persons/person.js';

/** A form that was filled in. */
export interface RegistrationForm {
  activityId: string;
  groupId: string;
  /** That of the form that the citizen saw. */
  formVersion: number;
  person: Person;
  facts: StatedFacts;
  /** By the keys of the activity's questions. */
  answers: Readonly<Record<string, string | number>>;
  /** What was consented to before any personal field. */
  consent: { notice: string; at: Date };
  /** Chosen by the client: the same one again is the same registration. 8–64 letters, digits, `-` and `_`. */
  requestKey: string;
}

/** A registration as its citizen sees it; the person masked. */
export interface RegistrationView extends Pick<
  Registration,
  | 'registrationId'
  | 'activityId'
  | 'groupId'
  | 'state'
  | 'until'
  | 'feeFen'
  | 'orderId'
  | 'ticketId'
  | 'lot'
  | 'endedBecause'
  | 'createdAt'
> {
  /** Null where the key is lost. */
  person: Person | null;
  /** Of `waiting`: how many are before in the line of the group. */
  position?: number;
  isCancellable: boolean;
  /** What comes back on cancelling now, in fen; 0 where nothing was paid or nothing comes back. */
  refundFen: number;
  /** Of the money, where there is any. */
  payment: 'none' | 'due' | 'paid' | 'refunding' | 'refunded' | 'refund_waits';
}

/**
 * Takes and gives back places of activities. Every command may be repeated with the same outcome; each is one
 * transaction. Refusals are UserErrors, with a sentence for the citizen:
 * `no_such_activity` · `no_such_group` · `not_open_yet` · `registration_closed` · `activity_cancelled` ·
 * `form_changed` · `bad_name` · `bad_id_number` · `bad_phone` · `bad_answer` (names the question) ·
 * `consent_missing` · `condition_unmet` (says which) · `person_limit` · `shift_overlap` ·
 * `group_full` (no waiting list, or the waiting list was not asked for) · `no_such_registration` (also somebody
 * else's) · `offer_lapsed` · `not_changeable` · `payment_unavailable` · `bad_request_key`
 */
export interface RegistrationDesk {
  /**
   * Applies, takes a place, or stands in the waiting list, as the activity says.
   * @param mayWait where no place is left: stand in the waiting list; else `group_full`.
   */
  register(citizen: Citizen, form: RegistrationForm, mayWait: boolean): Promise<RegistrationView>;
  /** Takes the place that is offered. */
  accept(citizen: Citizen, registrationId: string): Promise<RegistrationView>;
  /** Gives up whatever it is; what the rules give back is paid back. */
  cancel(citizen: Citizen, registrationId: string): Promise<RegistrationView>;
  /** Those that stand first, the soonest first; then those past, the latest first. */
  listOf(citizen: Citizen): Promise<RegistrationView[]>;
  find(citizen: Citizen, registrationId: string): Promise<RegistrationView>;
}

/** What staff do about single registrations; each on record, within its transaction. */
export interface RegistrationOffice {
  /** @throws UserError `no_such_registration` · `already_decided` · `not_drawn_yet` · `activity_cancelled` */
  approve(order: { accountId: string; registrationId: string }, actor: Actor): Promise<Registration>;
  /** @throws UserError `no_such_registration` · `already_decided` · `reason_missing` */
  turnDown(
    order: { accountId: string; registrationId: string; reason: string },
    actor: Actor,
  ): Promise<Registration>;
  /** Whatever was paid comes back in full. @throws UserError `no_such_registration` · `not_changeable` · `reason_missing` */
  cancelForCitizen(
    order: { accountId: string; registrationId: string; reason: string },
    actor: Actor,
  ): Promise<Registration>;
}
