import { addDays, businessDay, instantOf } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import type { Appointment } from '../appointment.js';
import type { AppointmentNoticeBook } from '../appointment-notice.js';

export type ReminderKind = 'reminder_day' | 'reminder_hours';

/** Which visits to remind of: those that begin from `from` on and before `to` … */
export interface ReminderRange {
  from: Date;
  to: Date;
  /** … and were booked or last moved before then, or so many milliseconds before their beginning. */
  known: { before: Date } | { aheadMs: number };
}

/** A booked visit whose citizen has a chat. */
export type RemindedVisit = Pick<Appointment, 'accountId' | 'appointmentId' | 'openid'> & { startsAt: Date };

export interface UnremindedReader {
  /** Booked visits of all accounts for which no such reminder is owed yet. */
  list(kind: ReminderKind, range: ReminderRange, limit: number): Promise<RemindedVisit[]>;
}

export interface ReminderPlannerParts {
  visits: UnremindedReader;
  notices: AppointmentNoticeBook;
  transactions: TransactionRunner;
  clock: Clock;
}

/**
 * The day before at this time of day in Asia/Shanghai: people are up, and there is time to cancel or to find papers.
 */
const dayReminderAt = '10:00';
const hoursReminderMs = 2 * 60 * 60_000;
/** Notices per transaction. */
const batchSize = 100;

/**
 * Owes reminders: the day before at ten, and two hours before the visit. Whoever booked or moved after that moment
 * knows it already and gets none. A reminder is unique by the time that it is about, and what was moved or cancelled
 * afterwards is noticed at sending.
 */
export class ReminderPlanner {
  readonly #parts: ReminderPlannerParts;

  constructor(parts: ReminderPlannerParts) {
    this.#parts = parts;
  }

  /** Any number of nodes may do it at once. @returns how many reminders were new. */
  async plan(signal?: AbortSignal): Promise<{ day: number; hours: number }> {
    return { day: await this.#planDay(signal), hours: await this.#planHours(signal) };
  }

  async #planDay(signal?: AbortSignal): Promise<number> {
    const now = this.#parts.clock.now();
    const tomorrow = addDays(businessDay(now), 1);
    const from = instantOf(tomorrow, '00:00');
    const dueAt = instantOf(businessDay(now), dayReminderAt);
    if (now < dueAt.getTime()) return 0;
    const range = { from, to: instantOf(addDays(tomorrow, 1), '00:00'), known: { before: dueAt } };
    // It says “tomorrow”, which is no longer so after midnight.
    return this.#add('reminder_day', range, () => from, signal);
  }

  async #planHours(signal?: AbortSignal): Promise<number> {
    const now = this.#parts.clock.now();
    const to = new Date(now + hoursReminderMs + 1);
    const range = { from: new Date(now + 1), to, known: { aheadMs: hoursReminderMs } };
    return this.#add('reminder_hours', range, ({ startsAt }) => startsAt, signal);
  }

  async #add(
    kind: ReminderKind,
    range: ReminderRange,
    untilOf: (visit: RemindedVisit) => Date,
    signal?: AbortSignal,
  ): Promise<number> {
    const { visits, notices, transactions, clock } = this.#parts;
    let added = 0;
    while (!signal?.aborted) {
      const found = await visits.list(kind, range, batchSize);
      const dueAt = new Date(clock.now());
      await transactions.run(async (tx) => {
        for (const visit of found) {
          const { accountId, appointmentId, openid, startsAt } = visit;
          const about = startsAt;
          const until = untilOf(visit);
          await notices.add(tx, { accountId, appointmentId, openid, kind, about, dueAt, until });
        }
      });
      added += found.length;
      if (found.length < batchSize) break;
    }
    return added;
  }
}
