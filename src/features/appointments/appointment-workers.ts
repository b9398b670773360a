import { BackgroundLoop } from '../../core/background-loop.js';
import type { CalendarService } from './offer/calendar-service.js';
import { displaceAll, type DisplacerParts } from './offer/displacer.js';
import type { OfferSeeder } from './offer/offer-seeder.js';
import type { OfferWatcher } from './offer/offer-watcher.js';
import type { SlotPlanner } from './offer/slot-planner.js';

export interface AppointmentWorkersParts extends DisplacerParts {
  accountIds: readonly string[];
  planner: Pick<SlotPlanner, 'plan'>;
  seeder: Pick<OfferSeeder, 'seed'>;
  calendar: Pick<CalendarService, 'missingYears'>;
  watcher: OfferWatcher;
}

export interface AppointmentWorkers {
  /** A hall was closed: whoever stands in it is moved out now. */
  nudge(): void;
  start(): void;
  stop(): Promise<void>;
}

/** The job `closures.displace` looks every minute; this pause only bounds how soon a failed start is tried again. */
const pauseMs = 15 * 60_000;

/**
 * What cannot wait for the clock: a fresh start has slots at once, and people are told of a closing in the moment it
 * is made. The timed jobs do the rest. Any number of nodes may do it at once.
 */
export function createAppointmentWorkers(parts: AppointmentWorkersParts): AppointmentWorkers {
  const { accountIds, planner, seeder, calendar, watcher } = parts;
  const unopened = new Set(accountIds);

  async function open(accountId: string): Promise<void> {
    await seeder.seed(accountId);
    await calendar.missingYears(accountId);
    await planner.plan(accountId);
    unopened.delete(accountId);
  }

  const loop = new BackgroundLoop({
    pauseMs,
    onFailure: (error) => watcher.roundFailed(error),
    async work(signal) {
      for (const accountId of accountIds) await displaceAll(parts, accountId, signal);
      for (const accountId of unopened) {
        if (signal.aborted) return;
        await open(accountId);
      }
    },
  });
  return {
    nudge: () => loop.nudge(),
    start: () => loop.start(),
    stop: () => loop.stop(),
  };
}
