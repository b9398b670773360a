import type { Transaction } from '../../core/transaction-runner.js';
import type { CheckIn } from './check-in.js';

export interface CheckInStore {
  /** @throws Error where the ticket has let somebody in; the transaction is run again. */
  add(tx: Transaction, checkIn: CheckIn): Promise<void>;
  find(tx: Transaction, accountId: string, checkInId: string): Promise<CheckIn | null>;
  findByRequest(
    tx: Transaction,
    request: Pick<CheckIn, 'accountId' | 'device' | 'requestId'>,
  ): Promise<CheckIn | null>;
  /** @throws Error where it is not `in`: a fault of the program. */
  undo(tx: Transaction, accountId: string, checkInId: string): Promise<void>;
  /** The latest first. */
  listDisputed(accountId: string, activityId: string, limit: number): Promise<CheckIn[]>;
  countDisputed(accountId: string, activityId: string): Promise<number>;
}
