import type { DataSubject } from '../compliance/own-data-part.js';
import type { DutyAlert } from './duty-alert.js';

/** The alerts that a citizen's messages raised, for their right of access. */
export interface OwnAlertStore {
  /** The latest first. */
  list(citizen: DataSubject): Promise<DutyAlert[]>;
}
