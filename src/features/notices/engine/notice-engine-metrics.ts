import { Counter, type Registry } from 'prom-client';
import { describeError } from '../../../core/errors.js';
import type { Logger } from '../../../observability/logger.js';
import type { NoticeEngineWatcher } from './notice-engine-watcher.js';

/** Counts and logs what happens to notices. Nobody is named. */
export function createNoticeEngineMetrics(registry: Registry, logger: Logger): NoticeEngineWatcher {
  const attempts = new Counter({
    name: 'suishen_notice_attempts_total',
    help: 'Attempts to send a notice to a recipient, or to thousands by mass, by what became of them',
    labelNames: ['account', 'channel', 'state'],
    registers: [registry],
  });
  const abandoned = new Counter({
    name: 'suishen_notice_deliveries_abandoned_total',
    help: 'Deliveries that workers which died had under way',
    registers: [registry],
  });
  return {
    attempted(account, channel, state) {
      attempts.inc({ account, channel, state });
    },
    held(account, notice, cause, reason) {
      logger.warn(
        { account, notice, cause, reason },
        'a notice stands still: the platform does not let it go on',
      );
    },
    abandoned(count) {
      abandoned.inc(count);
      logger.warn({ count }, 'a worker died while it was sending notices; its deliveries are taken up again');
    },
    finished(account, notice) {
      logger.info({ account, notice }, 'a notice has been sent');
    },
    failed(what, error) {
      logger.warn({ what, reason: describeError(error) }, 'work on notices failed; trying again');
    },
  };
}
