import type { Clock } from '../../../core/clock.js';
import { dayReminder, type DayReminder } from '../../owed-notices/day-reminder.js';
import type { NoticePlanner } from '../../owed-notices/notice-planner.js';
import type { OwedNotice } from '../../owed-notices/owed-notice.js';
import { timeOf, type Activity } from '../activity.js';
import type { ActivityReader } from '../activity-reader.js';
import { toOwedNotice } from '../activity-notice.js';
import type { RegistrationSelection, RegistrationStore } from '../registration-store.js';
import type { Registration } from '../registration.js';
import { standingStates, timeOfFacts } from './activity-notice-facts.js';

export interface ActivityNoticePlannerParts {
  /** The accounts served here. */
  accountIds: readonly string[];
  activities: Pick<ActivityReader, 'listPublic'>;
  registrations: Pick<RegistrationStore, 'list'>;
  planner: Pick<NoticePlanner, 'owe'>;
  clock: Clock;
}

/** Registrations that are read at a time. */
const pageSize = 200;

/**
 * Owes what concerns many at once: the reminder of the day before, and that the time or the place of an activity has
 * changed. Both are unique by what they are about, so that a run may be cut off, repeated, and done by many nodes;
 * what is no longer so by then is noticed at sending.
 */
export class ActivityNoticePlanner {
  readonly #parts: ActivityNoticePlannerParts;

  constructor(parts: ActivityNoticePlannerParts) {
    this.#parts = parts;
  }

  /** @returns how many messages were new. */
  async plan(signal?: AbortSignal): Promise<{ reminders: number; changes: number }> {
    const { accountIds, activities, planner } = this.#parts;
    const report = { reminders: 0, changes: 0 };
    for (const accountId of accountIds) {
      if (signal?.aborted) break;
      const open = (await activities.listPublic(accountId)).filter(({ state }) => state === 'published');
      report.changes += await planner.owe(this.#listMoved(open), signal);
      report.reminders += await planner.owe(this.#listTomorrow(open), signal);
    }
    return report;
  }

  /** Whoever registered before the change, and stands to come of it. */
  async *#listMoved(activities: readonly Activity[]): AsyncIterable<OwedNotice> {
    const dueAt = new Date(this.#parts.clock.now());
    for (const activity of activities) {
      const { accountId, activityId, movedAt } = activity;
      if (!movedAt) continue;
      for await (const registration of this.#walk({ accountId, activityId, states: standingStates })) {
        const { registrationId, openid, groupId, agreedAt } = registration;
        if (agreedAt >= movedAt) continue;
        const group = activity.groups.find(({ id }) => id === groupId);
        const until = timeOfFacts({ activity, group }).endsAt;
        yield toOwedNotice({
          accountId,
          registrationId,
          openid,
          kind: 'changed',
          about: movedAt,
          dueAt,
          until,
        });
      }
    }
  }

  /** Whoever comes tomorrow and has known it since before the reminder fell due. */
  async *#listTomorrow(activities: readonly Activity[]): AsyncIterable<OwedNotice> {
    const due = dayReminder(this.#parts.clock.now());
    if (!due) return;
    const dueAt = new Date(this.#parts.clock.now());
    for (const { activity, groupId, startsAt: about } of listBeginnings(activities, due)) {
      const { accountId, activityId } = activity;
      for await (const registration of this.#walk({
        accountId,
        activityId,
        groupId,
        states: ['confirmed'],
      })) {
        const { registrationId, openid, changedAt } = registration;
        if (changedAt >= due.dueAt) continue;
        // It says “tomorrow”, which is no longer so after midnight.
        const until = due.from;
        yield toOwedNotice({ accountId, registrationId, openid, kind: 'reminder_day', about, dueAt, until });
      }
    }
  }

  async *#walk(selection: RegistrationSelection): AsyncIterable<Registration> {
    const { registrations } = this.#parts;
    let page = await registrations.list(selection, pageSize);
    for (;;) {
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      page = await registrations.list(selection, pageSize, last);
    }
  }
}

function listBeginnings(activities: readonly Activity[], { from, to }: DayReminder) {
  return activities.flatMap((activity) =>
    activity.groups
      .map((group) => ({ activity, groupId: group.id, startsAt: timeOf(activity, group).startsAt }))
      .filter(({ startsAt }) => startsAt >= from && startsAt < to),
  );
}
