import { Counter, type Registry } from 'prom-client';
import { describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { PurgeWatcher } from './personal-data-purge.js';

/** Counts and logs what the nightly purge ought not to find. */
export function createPurgeWatcher(registry: Registry, logger: Logger): PurgeWatcher {
  const overdue = new Counter({
    name: 'suishen_overdue_records_total',
    help: 'Personal records, by kind, that the database ought to have deleted and the nightly purge had to',
    labelNames: ['kind'],
    registers: [registry],
  });
  return {
    overdueFound(kind, count) {
      overdue.inc({ kind }, count);
      logger.error(
        { kind, count },
        'the database did not delete what has had its time; somebody must look at its expiry index',
      );
    },
    kindFailed(kind, error) {
      logger.warn({ kind, reason: describeError(error) }, 'personal data could not be purged');
    },
  };
}

/** No openid is logged: whoever asked for erasure is to be forgotten. */
export function logUnfinishedErasure(logger: Logger): (error: unknown) => void {
  return (error) =>
    logger.warn({ reason: describeError(error) }, 'an erasure is not complete; it is carried on with');
}
