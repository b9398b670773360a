import { systemClock } from '../../src/core/clock.js';
import type { Content } from '../../src/dialog/content-model.js';
import { createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { createContentFeature } from '../../src/features/content/content-feature.js';
import { programForms } from '../../src/forms.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';

/** Publishes what `change` makes of the live content, past the running product; gives the release's number. */
export async function publishChange(
  uri: string,
  accountId: string,
  change: (content: Content) => Content,
): Promise<number> {
  const connection = await connectMongo(uri, silentLogger);
  try {
    const { contentService } = createContentFeature({
      connection,
      audit: createAuditFeature({ connection, clock: systemClock }).trail,
      logger: silentLogger,
      clock: systemClock,
      forms: programForms,
    });
    const content = await contentService.findLiveContent(accountId);
    if (!content) throw new Error('nothing is published');
    const { live } = await contentService.publish({
      accountId,
      content: change(content),
      by: 'editor',
      note: '',
    });
    return live.number;
  } finally {
    await connection.close();
  }
}

/** Another text for one of the text replies. */
export function withText(content: Content, id: string, text: string): Content {
  return {
    ...content,
    replies: content.replies.map((reply) =>
      reply.id === id && reply.type === 'text' ? { ...reply, text } : reply,
    ),
  };
}
