import type { Transaction } from '../../core/transaction-runner.js';
import type { PlacesKey } from './place-store.js';
import type { Citizen } from './registration-desk.js';
import type { Registration, RegistrationState } from './registration.js';

/** A group whose count and records tell different stories. */
export interface PlaceDifference extends PlacesKey {
  groupId: string;
  /** What the places say is taken. */
  taken: number;
  /** The registrations that stand in one. */
  records: number;
}

/** How many registrations of a group are in a state. */
export interface GroupStateCount {
  groupId: string;
  state: RegistrationState;
  count: number;
}

export interface RegistrationSelection extends PlacesKey {
  groupId?: string;
  states?: readonly RegistrationState[];
}

/** Where a page of a list ends. */
export type RegistrationCursor = Pick<Registration, 'createdAt' | 'registrationId'>;

/**
 * Registrations. Its unique indexes, and not what was read, keep one person from having more than the limit: a write
 * in their way runs its transaction again, which then sees what it met.
 */
export interface RegistrationStore {
  /** @throws Error if it is there already. */
  add(tx: Transaction, registration: Registration): Promise<void>;
  /** Puts `after` where `before` was read in the same transaction. */
  replace(tx: Transaction, before: Registration, after: Registration): Promise<void>;

  find(accountId: string, registrationId: string, tx?: Transaction): Promise<Registration | null>;
  /** Those of these ids that there are, in no order. */
  listByIds(accountId: string, registrationIds: readonly string[]): Promise<Registration[]>;
  findByRequest(citizen: Citizen, requestKey: string, tx?: Transaction): Promise<Registration | null>;
  findByLot(tx: Transaction, key: PlacesKey, lot: string): Promise<Registration | null>;
  /** The first in the waiting list of any of the groups. */
  findFirstWaiting(
    tx: Transaction,
    key: PlacesKey,
    groupIds: readonly string[],
  ): Promise<Registration | null>;

  /** Those of a person that count towards the limit. */
  listOfPerson(key: PlacesKey, personKey: string, tx?: Transaction): Promise<Registration[]>;
  /** Offers whose time is over, the oldest first. */
  listLapsedOffers(tx: Transaction, key: PlacesKey, now: number): Promise<Registration[]>;
  /** Offers and waits of all accounts whose time is over, the oldest first. */
  listExpired(now: number, limit: number): Promise<Registration[]>;
  /** Those that have not ended; whoever arrived is left out. */
  listStanding(key: PlacesKey, limit: number): Promise<Registration[]>;
  /** What is to be drawn from. */
  listLots(tx: Transaction, key: PlacesKey): Promise<{ lot: string; groupId: string }[]>;
  /** Whether anybody is still to be drawn, or to be told that they were not. */
  hasUndrawn(tx: Transaction, key: PlacesKey): Promise<boolean>;
  /** Activities of all accounts for which people wait. */
  listWaitedFor(): Promise<PlacesKey[]>;
  /** The latest made first. */
  listOfCitizen(citizen: Citizen, limit: number): Promise<Registration[]>;
  /** The first made first. @param after go on after this one. */
  list(selection: RegistrationSelection, limit: number, after?: RegistrationCursor): Promise<Registration[]>;

  countLapsedOffers(key: PlacesKey, now: number): Promise<number>;
  /** How many wait for the same group and come before. */
  countBefore(registration: Registration): Promise<number>;
  countByState(key: PlacesKey): Promise<GroupStateCount[]>;
  /** Groups whose count is not the number of those who stand in them, at one instant; without an account, of all. */
  reconcile(accountId?: string): Promise<PlaceDifference[]>;
}
