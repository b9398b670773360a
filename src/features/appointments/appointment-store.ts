import type { Transaction } from '../../core/transaction-runner.js';
import type { Appointment, AppointmentState } from './appointment.js';
import type { Citizen } from './booking-desk.js';

/** The day of a service at a venue for which people wait. */
export interface WaitingDay {
  accountId: string;
  service: string;
  venue: string;
  day: string;
}

/** Whose appointments, in which period, count towards the limit of a service. */
export interface ClaimKey {
  accountId: string;
  service: string;
  period: string;
  personKey: string;
}

/** A person at an instant. */
export type Presence = Required<Pick<Appointment, 'accountId' | 'personKey' | 'busyAt'>>;

/** A slot whose count and records tell different stories. */
export interface PlaceDifference {
  accountId: string;
  slotId: string;
  /** What the slot says is taken. */
  taken: number;
  /** The appointments that stand in it. */
  records: number;
}

/** How many appointments of a service are in a state on a day. */
export interface StateCount {
  day: string;
  service: string;
  venue: string;
  state: AppointmentState;
  count: number;
}

export interface DaySelection {
  accountId: string;
  day: string;
  service?: string;
  venue?: string;
}

/**
 * Appointments. Its unique indexes, and not what was read, keep one person from standing twice: a write in their way
 * runs its transaction again, which then sees what it met.
 */
export interface AppointmentStore {
  /** @throws Error if it is there already. */
  add(tx: Transaction, appointment: Appointment): Promise<void>;
  /** Puts `after` where `before` was read in the same transaction. */
  replace(tx: Transaction, before: Appointment, after: Appointment): Promise<void>;

  find(accountId: string, appointmentId: string, tx?: Transaction): Promise<Appointment | null>;
  findByCode(tx: Transaction, accountId: string, code: string): Promise<Appointment | null>;
  /** The one hold of a citizen, lapsed or not. */
  findHold(citizen: Citizen, tx?: Transaction): Promise<Appointment | null>;
  /** A person's wait or offer of a day. */
  findWait(day: WaitingDay, personKey: string, tx?: Transaction): Promise<Appointment | null>;
  /** What the person has at that instant. */
  findBusy(tx: Transaction, presence: Presence): Promise<Appointment | null>;
  /** Whoever has waited longest and not in vain at `now`. */
  findFirstWaiting(tx: Transaction, day: WaitingDay, now: number): Promise<Appointment | null>;

  listClaims(tx: Transaction, key: ClaimKey): Promise<Appointment[]>;
  /** Visits for a service that the person missed since then and that are not excused, the latest first. */
  listMissed(
    tx: Transaction,
    person: { accountId: string; service: string; personKey: string; since: Date },
  ): Promise<Appointment[]>;
  /** Holds and offers of a slot whose time is over. */
  listLapsed(tx: Transaction, accountId: string, slotId: string, now: number): Promise<Appointment[]>;
  /** Booked visits whose day is before `day`, of all accounts, the oldest first. */
  listUnvisited(day: string, limit: number, tx?: Transaction): Promise<Appointment[]>;

  /** Holds, offers and waits of all accounts whose time is over, the oldest first. */
  listExpired(now: number, limit: number): Promise<Appointment[]>;
  /** Days for which somebody waits, of all accounts. */
  listWaitingDays(now: number, limit: number): Promise<WaitingDay[]>;
  /** Held, offered or booked in one of the slots. */
  listStanding(accountId: string, slotIds: readonly string[], limit: number): Promise<Appointment[]>;
  listWaiting(day: WaitingDay, limit: number): Promise<Appointment[]>;
  /** The latest made first. */
  listOfCitizen(citizen: Citizen, limit: number): Promise<Appointment[]>;
  /** By time; waits last. */
  listOfDay(selection: DaySelection): Promise<Appointment[]>;
  /** Objections that nobody has decided, the oldest first. */
  listObjections(accountId: string, limit: number): Promise<Appointment[]>;

  /** For each slot that has any: holds and offers whose time is over, which still count as taken. */
  countLapsed(
    accountId: string,
    slotIds: readonly string[],
    now: number,
  ): Promise<ReadonlyMap<string, number>>;
  /** How many wait for the same day and came before. */
  countBefore(appointment: Appointment): Promise<number>;
  /** From a day to a day, both included. */
  countByState(accountId: string, firstDay: string, lastDay: string): Promise<StateCount[]>;
  /** Slots whose count is not the number of those who stand in them, at one instant; without an account, of all. */
  reconcile(accountId?: string): Promise<PlaceDifference[]>;
}
