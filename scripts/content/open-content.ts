import { systemClock } from '../../src/core/clock.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { createContentFeature } from '../../src/features/content/content-feature.js';
import type { ContentService } from '../../src/features/content/content-service.js';
import { programForms } from '../../src/forms.js';
import { migrate } from '../../src/storage/migrations.js';
import { withDatabase } from '../open-database.js';

/** Opens the content of the database. @throws as `withDatabase` */
export async function withContent<T>(
  env: NodeJS.ProcessEnv,
  work: (content: ContentService) => Promise<T>,
): Promise<T> {
  return withDatabase(env, async (connection, logger) => {
    const clock = systemClock;
    const { trail: audit } = createAuditFeature({ connection, clock });
    const { migrations, contentService } = createContentFeature({
      connection,
      audit,
      logger,
      clock,
      forms: programForms,
    });
    await migrate(connection, [...auditMigrations, ...migrations]);
    return work(contentService);
  });
}
