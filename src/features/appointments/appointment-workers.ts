import { BackgroundLoop } from '../../core/background-loop.js';
import type { Clock } from '../../core/clock.js';
import type { AppointmentDesk } from './booking/appointment-desk.js';
import type { CalendarService } from './offer/calendar-service.js';
import { displaceAll } from './offer/displacer.js';
import type { OfferSeeder } from './offer/offer-seeder.js';
import type { OfferWatcher } from './offer/offer-watcher.js';
import type { SlotPlanner } from './offer/slot-planner.js';
import type { SlotStore } from './slot-store.js';

export interface AppointmentWorkersParts {
  accountIds: readonly string[];
  desk: Pick<AppointmentDesk, 'listToDisplace' | 'displace' | 'reclaim' | 'markMissed'>;
  slots: Pick<SlotStore, 'find'>;
  planner: Pick<SlotPlanner, 'plan'>;
  seeder: Pick<OfferSeeder, 'seed'>;
  calendar: Pick<CalendarService, 'missingYears'>;
  watcher: OfferWatcher;
  clock: Clock;
}

export interface AppointmentWorkers {
  /** Moves people out of closed slots, takes back what lapsed, marks who did not come. */
  upkeep: Pick<BackgroundLoop, 'nudge'>;
  start(): void;
  stop(): Promise<void>;
}

const upkeepPauseMs = 30_000;
/** Days come nearer at midnight; an hour later is early enough for a place that is released in the morning. */
const planPauseMs = 15 * 60_000;

/** What has to be done without anybody asking. Each round may run on any number of nodes at once. */
export function createAppointmentWorkers(parts: AppointmentWorkersParts): AppointmentWorkers {
  const { accountIds, desk, planner, seeder, calendar, watcher, clock } = parts;
  const onFailure = (error: unknown) => watcher.roundFailed(error);
  const upkeep = new BackgroundLoop({
    pauseMs: upkeepPauseMs,
    onFailure,
    async work(signal) {
      for (const accountId of accountIds) await displaceAll(parts, accountId, signal);
      if (signal.aborted) return;
      await desk.reclaim(clock.now());
      await desk.markMissed(clock.now());
    },
  });
  // Adds the days that come nearer, and looks whether the holidays of the coming year are known.
  const slotKeeper = new BackgroundLoop({
    pauseMs: planPauseMs,
    onFailure,
    async work(signal) {
      for (const accountId of accountIds) {
        if (signal.aborted) return;
        await seeder.seed(accountId);
        await calendar.missingYears(accountId);
        await planner.plan(accountId);
      }
    },
  });
  return {
    upkeep,
    start() {
      upkeep.start();
      slotKeeper.start();
    },
    async stop() {
      await upkeep.stop();
      await slotKeeper.stop();
    },
  };
}
