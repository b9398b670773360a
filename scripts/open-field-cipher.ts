import type { AppConfig } from '../src/config.js';
import { OperationalError } from '../src/core/errors.js';
import type { FieldCipher } from '../src/core/field-cipher.js';
import { NodeFieldCipher } from '../src/core/field-cipher-node.js';
import { findFieldKeys } from '../src/storage/field-keys.js';

/**
 * Reads what is sealed, with the keys of the settings or else those under `DATA_DIR`.
 * @throws OperationalError `no_field_keys` when there are none.
 */
export async function openFieldCipher(
  config: Pick<AppConfig, 'fieldKeys' | 'dataDir'>,
): Promise<FieldCipher> {
  const keys = config.fieldKeys ?? (await findFieldKeys(config.dataDir));
  if (keys) return new NodeFieldCipher(keys);
  throw new OperationalError(
    'no_field_keys',
    `没有密钥：请设置 FIELD_KEY 和 FIELD_HASH_KEY，或在程序的数据目录（${config.dataDir}）旁运行`,
  );
}
