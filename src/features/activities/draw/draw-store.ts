import type { Transaction } from '../../../core/transaction-runner.js';
import type { Draw } from '../activity.js';
import type { PlacesKey } from '../place-store.js';
import type { DrawnLot, DrawQuotas } from './draw-lots.js';

/** A draw that was made. It is settled page by page: first all who won, then all others. */
export interface DrawRecord extends PlacesKey {
  commitment: string;
  seed: string;
  lotsDigest: string;
  lots: number;
  quotas: DrawQuotas;
  pages: number;
  /** Pages that are settled, of twice as many as there are. */
  settledPages: number;
  isSettled: boolean;
  drawnAt: Date;
}

/** Draws and what came of them, for good: they name nobody. */
export interface DrawStore {
  /** @throws Error if the activity was drawn already. */
  add(tx: Transaction, draw: DrawRecord, pages: readonly (readonly DrawnLot[])[]): Promise<void>;
  find(key: PlacesKey, tx?: Transaction): Promise<DrawRecord | null>;
  readPage(key: PlacesKey, page: number, tx?: Transaction): Promise<DrawnLot[]>;
  readAll(key: PlacesKey): Promise<DrawnLot[]>;
  /** @returns false: another process has settled it; nothing has changed. */
  settlePage(tx: Transaction, draw: DrawRecord): Promise<boolean>;
  /** Of all accounts. */
  listUnsettled(limit: number): Promise<DrawRecord[]>;
}

/** The activity's own word of its draw. */
export interface ActivityDraws {
  /** Puts down the result where there is none yet. @returns false: there is one. */
  recordDraw(tx: Transaction, key: PlacesKey, result: NonNullable<Draw['result']>): Promise<boolean>;
}

/** Everything that is needed to draw again; by this anybody can see that it was done right. */
export interface DrawResult {
  commitment: string;
  seed: string;
  lotsDigest: string;
  quotas: DrawQuotas;
  drawnAt: Date;
  entries: DrawnLot[];
}
