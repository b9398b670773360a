import { Counter, Gauge, type Registry } from 'prom-client';
import { describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { OfferWatcher } from './offer/offer-watcher.js';

/** Counts and logs what happens to the offer in the background. Nobody is named. */
export function createAppointmentsMetrics(registry: Registry, logger: Logger): OfferWatcher {
  const missingYears = new Gauge({
    name: 'suishen_calendar_missing_years',
    help: 'Years whose holidays should be known by now and are not',
    labelNames: ['account'],
    registers: [registry],
  });
  const displaced = new Counter({
    name: 'suishen_appointments_displaced_total',
    help: 'Appointments that were moved out of closed slots',
    labelNames: ['account'],
    registers: [registry],
  });
  return {
    planFailed(account, error) {
      logger.warn(
        { account, reason: describeError(error) },
        'the slots could not be brought up to date; the job slots.plan makes up for it',
      );
    },
    roundFailed(error) {
      logger.warn(
        { reason: describeError(error) },
        'a round of the appointment workers failed; trying again',
      );
    },
    displaced(account, count) {
      displaced.inc({ account }, count);
      logger.info({ account, count }, 'people were moved out of closed slots');
    },
    calendarChecked(account, missing) {
      missingYears.set({ account }, missing.length);
      if (missing.length > 0) logger.warn({ account, missing }, 'the holidays of a year are missing');
    },
  };
}
