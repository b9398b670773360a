import { Counter, type Registry } from 'prom-client';
import { describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { InsightsWatcher } from './insights-watcher.js';

/** Counts and logs what is done with the journal. No text leaves through it. */
export function createInsightsMetrics(registry: Registry, logger: Logger): InsightsWatcher {
  const collected = new Counter({
    name: 'suishen_unanswered_collected_total',
    help: 'Messages without a certain answer that were counted into groups, by how they ended',
    labelNames: ['step'],
    registers: [registry],
  });
  return {
    collected(step, messages) {
      collected.inc({ step }, messages);
    },
    collectFailed(error) {
      logger.warn(
        { reason: describeError(error) },
        'unanswered questions could not be counted; trying again',
      );
    },
    countFailed(error) {
      logger.warn({ reason: describeError(error) }, 'answers could not be counted; trying again');
    },
  };
}
