import { Counter, type Registry } from 'prom-client';
import { describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { NoticeWatcher } from './owed-notice-worker.js';

/** Counts and logs what becomes of the messages that are owed. Nobody is named. */
export function createNoticeMetrics(registry: Registry, logger: Logger): NoticeWatcher {
  const attempts = new Counter({
    name: 'suishen_owed_notices_total',
    help: 'Attempts to tell citizens what concerns them, by subject, kind, channel and how they ended',
    labelNames: ['subject', 'kind', 'channel', 'state'],
    registers: [registry],
  });
  return {
    attempted: ({ subject, kind }, state, channel = 'none') =>
      attempts.inc({ subject: subject.kind, kind, channel, state }),
    abandoned(count) {
      logger.warn({ count }, 'notices whose sender died: nobody knows whether they arrived');
    },
    noticesFailed(error) {
      logger.warn({ reason: describeError(error) }, 'notices could not be sent; trying again');
    },
  };
}
