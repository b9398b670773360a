import { Counter, Histogram, type Registry } from 'prom-client';
import { OperationalError, describeError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { ConversationWatcher, OutboxWatcher } from './conversation-watcher.js';

export type ConversationMetrics = ConversationWatcher & OutboxWatcher;

/** Counts and logs what happens in the conversations. No text and no openid leaves through it. */
export function createConversationMetrics(registry: Registry, logger: Logger): ConversationMetrics {
  const registers = [registry];
  const messages = new Counter({
    name: 'suishen_messages_total',
    help: 'Messages of citizens, by kind and by what the channel was told',
    labelNames: ['account', 'kind', 'outcome'],
    registers,
  });
  const decisions = new Counter({
    name: 'suishen_decisions_total',
    help: 'Answers, by the step of the dialog that decided',
    labelNames: ['account', 'step'],
    registers,
  });
  const duplicates = new Counter({
    name: 'suishen_duplicates_total',
    help: 'Messages sent again: joined to the one under way, or answered from the journal',
    labelNames: ['account', 'found'],
    registers,
  });
  const flagged = new Counter({
    name: 'suishen_flagged_messages_total',
    help: 'Messages of citizens that staff should look at, by the reason',
    labelNames: ['account', 'flag'],
    registers,
  });
  const latency = new Histogram({
    name: 'suishen_answer_seconds',
    help: 'From the arrival of a message to its response',
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const batches = new Histogram({
    name: 'suishen_commit_batch_size',
    help: 'Exchanges that were committed together',
    buckets: [1, 2, 5, 10, 25, 50, 100, 200],
    registers,
  });
  const retries = new Counter({
    name: 'suishen_journal_retries_total',
    help: 'Journal operations that were repeated because the database did not answer',
    registers,
  });
  const sends = new Counter({
    name: 'suishen_outbox_sends_total',
    help: 'Attempts to send what the outbox holds, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const failedRequests = new Counter({
    name: 'suishen_dialog_requests_failed_total',
    help: 'Requests of the dialog that a service could not carry out',
    labelNames: ['request'],
    registers,
  });

  return {
    responded(message, outcome, milliseconds) {
      messages.inc({ account: message.accountId, kind: message.input.kind, outcome });
      latency.observe(milliseconds / 1000);
      if (outcome !== 'answer')
        logger.warn({ account: message.accountId, outcome }, 'a message was not answered in time');
    },
    answered({ accountId: account }, { step, repeated, flags = [] }) {
      if (repeated) duplicates.inc({ account, found: 'journal' });
      else decisions.inc({ account, step });
      for (const flag of flags) flagged.inc({ account, flag });
    },
    coalesced(message) {
      duplicates.inc({ account: message.accountId, found: 'under_way' });
    },
    failed(message, error) {
      const expected = error instanceof OperationalError;
      logger.error(
        {
          account: message.accountId,
          key: message.key,
          ...(expected ? { reason: describeError(error) } : { err: error }),
        },
        'a message could not be answered',
      );
    },
    requestFailed(request, error) {
      failedRequests.inc({ request });
      logger.error({ request, reason: describeError(error) }, 'a service that the dialog asked failed');
    },
    committed(batchSize) {
      batches.observe(batchSize);
    },
    retried(reason) {
      retries.inc();
      logger.warn({ reason }, 'the journal did not answer; trying again');
    },
    attempted(outcome) {
      sends.inc({ outcome: outcome.status });
      if (outcome.status === 'sent') return;
      logger.warn(
        { outcome: outcome.status, reason: outcome.reason },
        'a customer-service message was not sent',
      );
    },
    abandoned(entries) {
      sends.inc({ outcome: 'unknown' }, entries);
      logger.error({ entries }, 'messages whose sender died are of unknown fate; a person must look at them');
    },
    outboxFailed(error) {
      logger.error({ err: error }, 'the outbox could not be worked on; trying again');
    },
  };
}
