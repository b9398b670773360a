import type { RowsOf } from './delivery-store.js';
import type { MassCallState } from './mass-call.js';

/** A row that waits for a mass message. */
export interface MassRow {
  row: number;
  openid: string;
}

/** What a call means for its rows. */
export type MassRowEnding =
  | { state: Extract<MassCallState, 'accepted'>; call: number }
  | { state: Extract<MassCallState, 'unknown'>; call: number; reason: string }
  | { state: 'failed'; reason: string };

/** The rows of a notice whose next channel is the mass message. Each change may be repeated without effect. */
export interface MassRowStore {
  /** In order of their rows. */
  listWaiting(rows: RowsOf, now: Date): Promise<MassRow[]>;
  /** No row is sent, or waits, by a personal channel: none will join those that wait for a mass message. */
  isPersonalOver(rows: RowsOf): Promise<boolean>;
  /** On to their next channel; those without one are refused. */
  passOn(rows: RowsOf, numbers: readonly number[], reason: string, now: Date): Promise<void>;
  /** Rows of a call that was made, whatever has been written about them since. */
  settle(rows: RowsOf, numbers: readonly number[], ending: MassRowEnding, now: Date): Promise<void>;
  /** In training: all that wait, as if they had been sent. @returns how many. */
  rehearse(rows: RowsOf, now: Date): Promise<number>;
}
