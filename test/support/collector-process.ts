import { ExchangeSealer } from '../../src/features/conversations/exchange-sealer.js';
import { UnansweredExchangeStoreMongo } from '../../src/features/conversations/unanswered-exchange-store-mongo.js';
import { pairLikeness } from '../../src/features/insights/likeness.js';
import { UnansweredCollector } from '../../src/features/insights/unanswered-collector.js';
import { UnansweredStoreMongo } from '../../src/features/insights/unanswered-store-mongo.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';
import { buildFieldCipher } from './builders.js';

/** A program that collects without a pause, to be killed: `collector-process.ts <database> <owner>`. */
const [, , uri = '', owner = ''] = process.argv;
const connection = await connectMongo(uri, silentLogger);
const collector = new UnansweredCollector({
  reader: new UnansweredExchangeStoreMongo(connection, new ExchangeSealer(buildFieldCipher())),
  store: new UnansweredStoreMongo(connection),
  likeness: pairLikeness,
  findNearest: () => [],
  clock: { now: () => Date.parse('2100-01-01T00:00:00Z') },
  watcher: { collected: () => undefined, collectFailed: () => undefined },
  owner,
  leaseMs: 500,
});
for (;;) await collector.collect();
