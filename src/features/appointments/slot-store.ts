import type { Transaction } from '../../core/transaction-runner.js';
import type { Slot } from './slot.js';

/** The times of one service at one venue, from a day to a day, both included. */
export interface SlotRange {
  accountId: string;
  service?: string;
  venue?: string;
  firstDay: string;
  lastDay: string;
}

/** A slot as the schedule makes it; unique by (account, service, venue, startsAt). */
export type SlotPlan = Omit<Slot, 'slotId' | 'taken'>;

export interface SlotStore {
  find(accountId: string, slotId: string, tx?: Transaction): Promise<Slot | null>;
  /** By their beginning. */
  list(range: SlotRange): Promise<Slot[]>;
  /**
   * Makes the slots that do not exist and brings capacity, bookable times and closure of the others up to date;
   * what is taken stays. Two processes that do it at once make each slot once.
   */
  plan(slots: readonly SlotPlan[], tx?: Transaction): Promise<void>;
  /** Closes slots; nobody gets in any more, and those who stand in them are displaced afterwards. */
  close(
    tx: Transaction,
    slots: readonly Pick<Slot, 'accountId' | 'slotId'>[],
    because: string,
  ): Promise<void>;
  /** Removes slots that no plan holds any more and nobody has ever stood in; those taken are closed instead. */
  withdraw(slots: readonly Pick<Slot, 'accountId' | 'slotId'>[], because: string): Promise<void>;
  /**
   * Takes a place if the slot is open, bookable at `now` (milliseconds since the epoch, UTC) and not full; one
   * conditional update. False: it was not taken, and nothing has changed.
   */
  take(tx: Transaction, accountId: string, slotId: string, now: number): Promise<boolean>;
  /** Takes a place whatever the rules. @throws UserError `no_such_slot` */
  takeBeyondRules(tx: Transaction, accountId: string, slotId: string): Promise<Slot>;
  /** Gives places back. @throws Error where fewer are taken: a fault of the program. */
  release(tx: Transaction, accountId: string, slotId: string, places: number): Promise<void>;
  /** True while it is open. It is written to, so that whoever closes it meanwhile comes after, or before. */
  holdOpen(tx: Transaction, accountId: string, slotId: string): Promise<boolean>;
  /** Closed ones that are not over and in which somebody stands, the soonest first. */
  listClosedTaken(accountId: string, now: number, limit: number): Promise<Slot[]>;
}
