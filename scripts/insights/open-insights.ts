import { systemClock } from '../../src/core/clock.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import type { ContentService } from '../../src/features/content/content-service.js';
import { createContentFeature } from '../../src/features/content/content-feature.js';
import {
  createInsightsFeature,
  insightsMigrations,
  type InsightsServices,
} from '../../src/features/insights/insights-feature.js';
import { programForms } from '../../src/forms.js';
import { migrate } from '../../src/storage/migrations.js';
import { withDatabase } from '../open-database.js';

/** Nobody votes at the command line. */
const askedByNobody = { findAsked: async () => null };

/** Opens what citizens asked in vain and what they think of the answers. @throws as `withDatabase` */
export function withInsights<T>(
  env: NodeJS.ProcessEnv,
  work: (insights: InsightsServices, contentService: ContentService) => Promise<T>,
): Promise<T> {
  return withDatabase(env, async (connection, logger) => {
    const clock = systemClock;
    const { trail: audit } = createAuditFeature({ connection, clock });
    const content = createContentFeature({ connection, audit, logger, clock, forms: programForms });
    await migrate(connection, [...auditMigrations, ...content.migrations, ...insightsMigrations]);
    const questions = content.draftQuestions;
    const insights = createInsightsFeature({ connection, questions, asked: askedByNobody, audit, clock });
    return work(insights, content.contentService);
  });
}
