import type { Clock } from '../../core/clock.js';
import type { Scheduler } from '../../core/scheduler.js';
import type { AppointmentDesk } from './booking/appointment-desk.js';
import { displaceAll, type DisplacerParts } from './offer/displacer.js';
import type { CalendarService } from './offer/calendar-service.js';
import type { OfferSeeder } from './offer/offer-seeder.js';
import type { SlotPlanner } from './offer/slot-planner.js';
import type { ReminderPlanner } from './notices/reminder-planner.js';

export interface AppointmentJobsParts extends DisplacerParts {
  /** The accounts served here. */
  accountIds: readonly string[];
  desk: DisplacerParts['desk'] & Pick<AppointmentDesk, 'reclaim' | 'markMissed' | 'reconcile'>;
  planner: Pick<SlotPlanner, 'plan'>;
  seeder: Pick<OfferSeeder, 'seed'>;
  calendar: Pick<CalendarService, 'missingYears'>;
  reminders: Pick<ReminderPlanner, 'plan'>;
  clock: Clock;
}

/** How many differences a report names. */
const differencesShown = 50;

/** What appointments need by the clock. Times are Asia/Shanghai. */
export function registerAppointmentJobs(scheduler: Scheduler, parts: AppointmentJobsParts): void {
  registerPlaceJobs(scheduler, parts);
  registerOfferJobs(scheduler, parts);
  const { reminders } = parts;
  scheduler.every({
    name: 'reminders.plan',
    title: '安排预约提醒',
    purpose: '前一天 10 点、开始前两小时提醒市民来办理',
    when: { cron: '*/5 * * * *' },
    work: (signal) => reminders.plan(signal),
  });
}

function registerPlaceJobs(scheduler: Scheduler, parts: AppointmentJobsParts): void {
  const { accountIds, desk, clock } = parts;
  scheduler.every({
    name: 'places.reclaim',
    title: '收回过期的位置',
    purpose: '没填完的预约、没接受的候补到期后，把位置让给候补的人或放出来',
    when: { cron: '* * * * *' },
    work: async () => ({ ...(await desk.reclaim(clock.now())) }),
  });
  scheduler.every({
    name: 'visits.miss',
    title: '登记爽约',
    purpose: '过了办理日还没有签到的预约记为爽约，并告诉市民',
    when: { cron: '*/10 * * * *' },
    work: async () => ({ missed: await desk.markMissed(clock.now()) }),
  });
  scheduler.every({
    name: 'closures.displace',
    title: '处理停办的预约',
    purpose: '停办时段里的预约逐个取消，通知市民并给出其他时间',
    when: { cron: '* * * * *' },
    async work(signal) {
      let displaced = 0;
      for (const accountId of accountIds) displaced += await displaceAll(parts, accountId, signal);
      return { displaced };
    },
  });
  scheduler.every({
    name: 'places.reconcile',
    title: '核对位置',
    purpose: '核对每个时段的占用数和预约记录是否一致；不一致说明程序有错，请联系开发人员',
    when: { cron: '40 3 * * *' },
    async work() {
      const differences = await desk.reconcile();
      if (differences.length > 0)
        throw new Error(
          `${differences.length} slots differ from their records: ${differences
            .slice(0, differencesShown)
            .map(({ slotId, taken, records }) => `${slotId} ${taken}≠${records}`)
            .join(', ')}`,
        );
      return { differences: 0 };
    },
  });
}

function registerOfferJobs(scheduler: Scheduler, parts: AppointmentJobsParts): void {
  const { accountIds, planner, seeder, calendar } = parts;
  scheduler.every({
    name: 'slots.plan',
    title: '生成可约时段',
    purpose: '按放号安排，为新进入预约期的日子生成时段',
    when: { cron: '10 0 * * *' },
    async work(signal) {
      let accounts = 0;
      for (const accountId of accountIds) {
        if (signal.aborted) break;
        await seeder.seed(accountId);
        await planner.plan(accountId);
        accounts += 1;
      }
      return { accounts };
    },
  });
  scheduler.every({
    name: 'calendar.check',
    title: '检查节假日安排',
    purpose: '十月起检查下一年的节假日是否已经录入',
    when: { cron: '0 8 * * *' },
    async work() {
      const missing = await Promise.all(accountIds.map((accountId) => calendar.missingYears(accountId)));
      return { missing: [...new Set(missing.flat())] };
    },
  });
}
