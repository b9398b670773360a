import type { Transaction } from '../../core/transaction-runner.js';
import type { UnansweredDecision, UnansweredGroup, UnansweredState, Wording } from './unanswered.js';

/** The groups of unanswered questions, for the staff who look after them. */
export interface UnansweredGroupStore {
  find(id: string, tx?: Transaction): Promise<UnansweredGroup | null>;
  list(filter: UnansweredFilter, page: UnansweredPage): Promise<UnansweredGroup[]>;
  countOpen(accountId: string): Promise<number>;
  /** Most frequent first. */
  listWordings(groupId: string, limit: number): Promise<Wording[]>;
  /** Gives a group that the transaction has read another state. @returns the group afterwards */
  setState(tx: Transaction, group: UnansweredGroup, change: StateChange): Promise<UnansweredGroup>;
}

export interface UnansweredFilter {
  accountId?: string;
  state?: UnansweredState;
  /** Occurs in one of the wordings, once both are normalised. */
  text?: string;
}

export interface UnansweredPage {
  limit: number;
  /** `count`: most messages first, of equal ones the latest; `latest`: the last asked first. */
  order?: UnansweredOrder;
  /** Id of the last group of the page before. */
  after?: string;
}

export type UnansweredOrder = 'count' | 'latest';

/** `open` has no decision. The count of messages is the group's at that moment. */
export type StateChange =
  { state: 'open' } | { state: 'attached' | 'dismissed'; decision: Omit<UnansweredDecision, 'messages'> };
