import type { Transaction } from '../../core/transaction-runner.js';

/** Which activity, as its places are kept: one record, so that a group and the whole are counted together. */
export interface PlacesKey {
  accountId: string;
  activityId: string;
}

export interface PlacesPlan extends PlacesKey {
  quota: number;
  groups: readonly { id: string; quota: number }[];
  /** Whoever filled in another form gets no place. */
  formVersion: number;
}

export interface Places extends PlacesPlan {
  /** False: cancelled. */
  isOpen: boolean;
  taken: number;
  /** By group id. */
  takenBy: Readonly<Record<string, number>>;
}

/** Places of activities: always the number of registrations that stand in one. */
export interface PlaceStore {
  /** Makes them, or brings quotas and form version up to date; what is taken stays, also beyond a smaller quota. */
  plan(tx: Transaction, plan: PlacesPlan): Promise<void>;
  /** Nobody gets in any more. */
  close(tx: Transaction, key: PlacesKey): Promise<void>;
  find(key: PlacesKey, tx?: Transaction): Promise<Places | null>;
  /**
   * Takes a place where the activity is open and both the group and the whole have room; one conditional update.
   * @param formVersion absent: whatever form was filled in. @returns false: nothing has changed.
   */
  take(tx: Transaction, key: PlacesKey, groupId: string, formVersion?: number): Promise<boolean>;
  /** Gives a place back. @throws Error where none is taken: a fault of the program. */
  release(tx: Transaction, key: PlacesKey, groupId: string): Promise<void>;
  /**
   * True while it is open and asks for this form. It is written to, so that whoever changes or cancels it meanwhile
   * comes after, or before.
   */
  holdOpen(tx: Transaction, key: PlacesKey, formVersion?: number): Promise<boolean>;
  /** Closed ones in which people may still stand; of all accounts. */
  listUncleared(limit: number): Promise<PlacesKey[]>;
  /** Of a closed one: nobody stands in it any more. */
  markCleared(key: PlacesKey): Promise<void>;
}
