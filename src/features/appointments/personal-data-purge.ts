import type { Clock } from '../../core/clock.js';
import { systemAccount } from '../../core/permissions.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { occupyingStates, type Appointment } from './appointment.js';
import type { SlotStore } from './slot-store.js';

/** How much was deleted, by what it was: `appointments-arrived`, `notices`. */
export type PurgeCounts = Readonly<Record<string, number>>;

/** What has had its time, and the reports of its deletion. */
export interface PurgeStore {
  listExpired(now: Date, limit: number, tx: Transaction): Promise<Appointment[]>;
  remove(tx: Transaction, appointments: readonly Appointment[]): Promise<void>;
  /** Deletes messages to citizens that were useless before then. @returns how many. */
  removeNotices(before: Date): Promise<number>;
  /** Adds to the report of a run, which begins with its first counts. */
  note(run: { runId: string; startedAt: Date }, counts: PurgeCounts, tx?: Transaction): Promise<void>;
  /** The report is complete. @returns all that it counts. */
  close(tx: Transaction, runId: string, endedAt: Date): Promise<PurgeCounts>;
}

export interface PersonalDataPurgeParts {
  store: PurgeStore;
  slots: Pick<SlotStore, 'release'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
}

/** Appointments per transaction. */
const batchSize = 100;
/** A message to a citizen is kept as long as a chat record. */
const noticeRetentionMs = 90 * 86_400_000;

/**
 * Deletes personal data whose time is over (个人信息保护法 §47), and keeps a report of how much of each kind it was: each
 * count is written with the deletion that it counts, the end with an event of the audit trail.
 */
export class PersonalDataPurge {
  readonly #parts: PersonalDataPurgeParts;

  constructor(parts: PersonalDataPurgeParts) {
    this.#parts = parts;
  }

  async run(signal?: AbortSignal): Promise<PurgeCounts> {
    const { store, transactions, clock, newId } = this.#parts;
    const run = { runId: newId(), startedAt: new Date(clock.now()) };
    await store.note(run, {});
    while (!signal?.aborted && (await this.#purgeBatch(run)) === batchSize);
    await store.note(run, { notices: await store.removeNotices(new Date(clock.now() - noticeRetentionMs)) });
    return transactions.run(async (tx) => {
      const counts = await store.close(tx, run.runId, new Date(clock.now()));
      await this.#parts.audit.append(tx, {
        accountId: systemAccount,
        by: { staffId: 'system', name: '系统' },
        from: { address: '', agent: 'personal-data.purge' },
        action: 'personal-data.purge',
        object: { kind: 'purge-report', id: run.runId },
        changes: Object.entries(counts).map(([path, deleted]) => ({ path, after: { deleted } })),
      });
      return counts;
    });
  }

  /** The place goes with the record that stands in it, so that places and records keep telling one story. */
  #purgeBatch(run: { runId: string; startedAt: Date }): Promise<number> {
    const { store, slots, transactions, clock } = this.#parts;
    return transactions.run(async (tx) => {
      const expired = await store.listExpired(new Date(clock.now()), batchSize, tx);
      if (expired.length === 0) return 0;
      for (const { accountId, slotId, state } of expired)
        if (slotId !== undefined && occupies(state)) await slots.release(tx, accountId, slotId, 1);
      await store.remove(tx, expired);
      await store.note(run, countStates(expired), tx);
      return expired.length;
    });
  }
}

function occupies(state: Appointment['state']): boolean {
  return occupyingStates.some((one) => one === state);
}

function countStates(appointments: readonly Appointment[]): PurgeCounts {
  const counts: Record<string, number> = {};
  for (const { state } of appointments) {
    const kind = `appointments-${state}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
