import { LRUCache } from 'lru-cache';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { AnswerFitter } from '../../core/messages.js';
import type { OutboundMessenger } from '../../core/outbound-messenger.js';
import type { Release } from '../../dialog/release.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { CitizenRegistry } from '../citizens/citizen-registry.js';
import { AnswerCountExchangeStoreMongo } from './answer-count-exchange-store-mongo.js';
import type { AnswerCountReader } from './answer-count-reader.js';
import { AskedExchangeStoreMongo } from './asked-exchange-store-mongo.js';
import type { AskedReader } from './asked-reader.js';
import { createConversationMetrics } from './conversation-metrics.js';
import { ConversationRunner, type Place } from './conversation-runner.js';
import { Conversations } from './conversations.js';
import type { RequestHandlers } from './dialog-requests.js';
import { ExchangeSealer } from './exchange-sealer.js';
import { ExchangeStoreMongo, exchangeMigration } from './exchange-store-mongo.js';
import { Journal } from './journal.js';
import { OpenWindowExchangeStoreMongo } from './open-window-exchange-store-mongo.js';
import type { OpenWindowReader } from './open-window-reader.js';
import { OutboxStoreMongo, outboxMigration } from './outbox-store-mongo.js';
import { OutboxWorker } from './outbox-worker.js';
import { UnansweredExchangeStoreMongo, unansweredMigration } from './unanswered-exchange-store-mongo.js';
import type { UnansweredReader } from './unanswered-reader.js';

export interface ConversationsFeatureOptions {
  connection: MongoConnection;
  citizens: CitizenRegistry;
  currentRelease: (accountId: string) => Release | undefined;
  fitter: AnswerFitter;
  /** Seals what is personal before it is stored. */
  cipher: FieldCipher;
  requests: RequestHandlers;
  /** Messages of one citizen that are answered within a minute; 0: all. */
  messagesPerMinute: number;
  messenger: OutboundMessenger;
  clock: Clock;
  registry: Registry;
  logger: Logger;
}

export interface ConversationsFeature {
  conversations: Conversations;
  outboxWorker: OutboxWorker;
  unansweredReader: UnansweredReader;
  answerCountReader: AnswerCountReader;
}

export const conversationMigrations: readonly Migration[] = [
  exchangeMigration,
  outboxMigration,
  unansweredMigration,
];

/** WeChat hangs up after 5 s; half a second remains for the promise and the way back. */
const deadlineMs = 4_500;
const promiseMs = 350;
/** Three sends of the platform, 5 s apart: after that nobody waits any more. */
const journalPatienceMs = 15_000;
/**
 * A kilobyte or two each: the most recent citizens; for anybody else a read brings the place back. Measured with 5,000
 * who write at random: room for 4,000 costs a third of the answers per second.
 */
const rememberedPlaces = 6_000;

export function createConversationsFeature(options: ConversationsFeatureOptions): ConversationsFeature {
  const { connection, clock, currentRelease } = options;
  const watcher = createConversationMetrics(options.registry, options.logger);
  const outbox = new OutboxStoreMongo(connection);
  const journal = new Journal(new ExchangeStoreMongo(connection), {
    patienceMs: journalPatienceMs,
    onBatch: (size) => watcher.committed(size),
    onRetry: (reason) => watcher.retried(reason),
  });
  const sealer = new ExchangeSealer(options.cipher);
  const runner = new ConversationRunner({
    journal,
    citizens: options.citizens,
    currentRelease,
    fitter: options.fitter,
    sealer,
    requests: options.requests,
    messagesPerMinute: options.messagesPerMinute,
    onRequestFailed: (request, error) => watcher.requestFailed(request, error),
    clock,
    places: new LRUCache<string, Place>({ max: rememberedPlaces }),
  });
  const outboxWorker = new OutboxWorker({
    store: outbox,
    messenger: options.messenger,
    answerFor: (promise) => runner.runPromised(promise),
    clock,
    watcher,
  });
  const conversations = new Conversations({
    runner,
    outbox,
    sealer,
    currentRelease,
    clock,
    watcher,
    deadlineMs,
    promiseMs,
    onPromiseDue: () => outboxWorker.nudge(),
  });
  return {
    conversations,
    outboxWorker,
    unansweredReader: new UnansweredExchangeStoreMongo(connection, sealer),
    answerCountReader: new AnswerCountExchangeStoreMongo(connection),
  };
}

/** For features that the conversations themselves ask: it is there before them. */
export function createAskedReader(connection: MongoConnection, cipher: FieldCipher): AskedReader {
  return new AskedExchangeStoreMongo(connection, new ExchangeSealer(cipher));
}

/** For those who send messages that nobody asked for at this moment. */
export function createOpenWindowReader(connection: MongoConnection): OpenWindowReader {
  return new OpenWindowExchangeStoreMongo(connection);
}
