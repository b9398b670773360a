import { z } from 'zod';
import { createBreather } from '../../core/breather.js';
import { OperationalError } from '../../core/errors.js';
import { contentSchema, keywordRuleSchema, replySchema, type Content } from '../../dialog/content-model.js';

/** The content with its two long lists still unread. */
const frameSchema = contentSchema.extend({ replies: z.array(z.unknown()), rules: z.array(z.unknown()) });

/**
 * Content that comes back from the database. Large content is read in slices, so that messages go on flowing.
 *
 * @throws OperationalError `stored_content_unreadable`: it was written under another schema.
 */
export async function parseStoredContent(accountId: string, stored: unknown): Promise<Content> {
  try {
    const frame = frameSchema.parse(stored);
    const replies = await parseAll(frame.replies, replySchema);
    return { ...frame, replies, rules: await parseAll(frame.rules, keywordRuleSchema) };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issues = error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} ${code}`);
    throw new OperationalError(
      'stored_content_unreadable',
      `stored content of ${accountId} does not fit the schema`,
      { details: { accountId, issues } },
    );
  }
}

async function parseAll<S extends z.ZodType>(items: readonly unknown[], schema: S): Promise<z.output<S>[]> {
  const breathe = createBreather();
  const parsed: z.output<S>[] = [];
  for (const item of items) {
    parsed.push(schema.parse(item));
    await breathe();
  }
  return parsed;
}
