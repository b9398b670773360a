import { readConfig } from '../../src/config.js';
import { systemClock } from '../../src/core/clock.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import type { MessageService } from '../../src/features/messages/message-service.js';
import { createMessagesFeature, messageMigrations } from '../../src/features/messages/messages-feature.js';
import { migrate } from '../../src/storage/migrations.js';
import { withDatabase } from '../open-database.js';
import { openFieldCipher } from '../open-field-cipher.js';

/**
 * Opens the messages for as long as `work` takes. `accountId` is the one that was named, else the default account.
 * @throws as `openFieldCipher` and `withDatabase`
 */
export async function withMessages<T>(
  env: NodeJS.ProcessEnv,
  account: string | undefined,
  work: (messages: MessageService, accountId: string) => Promise<T>,
): Promise<T> {
  const config = readConfig(env);
  const cipher = await openFieldCipher(config);
  return withDatabase(env, async (connection) => {
    const clock = systemClock;
    await migrate(connection, [...auditMigrations, ...messageMigrations]);
    const { trail: audit } = createAuditFeature({ connection, clock });
    const parts = { connection, audit, cipher, clock, random: Math.random };
    const { messageService } = createMessagesFeature(parts);
    return work(messageService, account ?? config.defaultAccount);
  });
}
