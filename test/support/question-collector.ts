import { Registry } from 'prom-client';
import { NodeFieldCipher } from '../../src/core/field-cipher-node.js';
import { createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { createContentFeature, type ContentFeature } from '../../src/features/content/content-feature.js';
import { AnswerCountExchangeStoreMongo } from '../../src/features/conversations/answer-count-exchange-store-mongo.js';
import { ExchangeSealer } from '../../src/features/conversations/exchange-sealer.js';
import { UnansweredExchangeStoreMongo } from '../../src/features/conversations/unanswered-exchange-store-mongo.js';
import { createInsightsWorkers } from '../../src/features/insights/insights-feature.js';
import { programForms } from '../../src/forms.js';
import { silentLogger } from '../../src/observability/logger.js';
import { findAnnouncedDatabase } from '../../src/storage/embedded/announce-database.js';
import { findFieldKeys } from '../../src/storage/field-keys.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';

/** The collector of unanswered questions, beside a product without the role `worker`. */
export interface QuestionCollector {
  /** On the product's database. */
  content: ContentFeature;
  /** Groups what was asked until now; the product first waits until no suggestion can be chosen any more. */
  collect(): Promise<void>;
  close(): Promise<void>;
}

/** Hours from now, when what was just asked is known to be unanswered. */
const clock = { now: () => Date.now() + 3 * 3_600_000 };

/** Looks at the database of the product that runs with this DATA_DIR. */
export async function openQuestionCollector(dataDir: string): Promise<QuestionCollector> {
  const connection = await connectMongo((await findAnnouncedDatabase(dataDir))!, silentLogger);
  const sealer = new ExchangeSealer(new NodeFieldCipher((await findFieldKeys(dataDir))!));
  const { trail: audit } = createAuditFeature({ connection, clock });
  const content = createContentFeature({
    connection,
    audit,
    logger: silentLogger,
    clock,
    forms: programForms,
  });
  await content.liveReleases.start();
  const { unansweredCollector } = createInsightsWorkers({
    connection,
    unansweredReader: new UnansweredExchangeStoreMongo(connection, sealer),
    answerCountReader: new AnswerCountExchangeStoreMongo(connection),
    currentRelease: (account) => content.liveReleases.current(account),
    clock,
    registry: new Registry(),
    logger: silentLogger,
  });
  return {
    content,
    async collect() {
      await unansweredCollector.collect();
    },
    async close() {
      await content.liveReleases.stop();
      await connection.close();
    },
  };
}
