import { OperationalError } from '../../core/errors.js';
import { contentSchema, type Content } from '../../dialog/content-model.js';

/**
 * Content that comes back from the database.
 *
 * @throws OperationalError `stored_content_unreadable`: it was written under another schema.
 */
export function parseStoredContent(accountId: string, stored: unknown): Content {
  const parsed = contentSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new OperationalError(
    'stored_content_unreadable',
    `stored content of ${accountId} does not fit the schema`,
    {
      details: {
        accountId,
        issues: parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} ${code}`),
      },
    },
  );
}
