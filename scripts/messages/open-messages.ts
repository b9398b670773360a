import { readConfig } from '../../src/config.js';
import { systemClock } from '../../src/core/clock.js';
import { OperationalError } from '../../src/core/errors.js';
import { NodeFieldCipher } from '../../src/core/field-cipher-node.js';
import type { MessageService } from '../../src/features/messages/message-service.js';
import { createMessagesFeature, messageMigrations } from '../../src/features/messages/messages-feature.js';
import { findFieldKeys } from '../../src/storage/field-keys.js';
import { migrate } from '../../src/storage/migrations.js';
import { withDatabase } from '../open-database.js';

/**
 * Opens the messages, with the keys of the settings or else those under `DATA_DIR`, for as long as `work` takes.
 * `accountId` is the one that was named, else the default account.
 *
 * @throws OperationalError `no_field_keys` when there are none; as `withDatabase`.
 */
export async function withMessages<T>(
  env: NodeJS.ProcessEnv,
  account: string | undefined,
  work: (messages: MessageService, accountId: string) => Promise<T>,
): Promise<T> {
  const config = readConfig(env);
  const keys = config.fieldKeys ?? (await findFieldKeys(config.dataDir));
  if (keys === undefined) {
    throw new OperationalError(
      'no_field_keys',
      `没有密钥：请设置 FIELD_KEY 和 FIELD_HASH_KEY，或在程序的数据目录（${config.dataDir}）旁运行`,
    );
  }
  return withDatabase(env, async (connection) => {
    await migrate(connection, messageMigrations);
    const { messageService } = createMessagesFeature({
      connection,
      cipher: new NodeFieldCipher(keys),
      clock: systemClock,
      random: Math.random,
    });
    return work(messageService, account ?? config.defaultAccount);
  });
}
