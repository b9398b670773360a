import type { Clock } from '../../../core/clock.js';
import { dayReminder } from '../../owed-notices/day-reminder.js';
import type { NoticePlanner } from '../../owed-notices/notice-planner.js';
import type { OwedNotice } from '../../owed-notices/owed-notice.js';
import type { Appointment } from '../appointment.js';
import { toOwedNotice } from '../appointment-notice.js';

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

export interface RemindedVisitReader {
  /** Booked visits of all accounts, reminded of or not. */
  list(range: ReminderRange): AsyncIterable<RemindedVisit>;
}

export interface ReminderPlannerParts {
  visits: RemindedVisitReader;
  planner: Pick<NoticePlanner, 'owe'>;
  clock: Clock;
}

const hoursReminderMs = 2 * 60 * 60_000;

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
    const due = dayReminder(this.#parts.clock.now());
    if (!due) return 0;
    const { from, to, dueAt } = due;
    // It says “tomorrow”, which is no longer so after midnight.
    return this.#add('reminder_day', { from, to, known: { before: dueAt } }, () => from, signal);
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
    const { visits, planner, clock } = this.#parts;
    const dueAt = new Date(clock.now());
    return planner.owe(remind(visits.list(range), kind, dueAt, untilOf), signal);
  }
}

async function* remind(
  visits: AsyncIterable<RemindedVisit>,
  kind: ReminderKind,
  dueAt: Date,
  untilOf: (visit: RemindedVisit) => Date,
): AsyncIterable<OwedNotice> {
  for await (const visit of visits) {
    const { startsAt: about, ...whose } = visit;
    yield toOwedNotice({ ...whose, kind, about, dueAt, until: untilOf(visit) });
  }
}
