import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OperationalError, describeError } from '../core/errors.js';
import type { FieldKeys } from '../core/field-cipher-node.js';

const fileName = 'field-keys.json';
const keyBytes = 32;

const keySchema = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === keyBytes);
const fileSchema = z.strictObject({ key: keySchema, hashKey: keySchema });

/**
 * The keys for personal fields that lie under the data folder, readable for its owner alone; made if there are none.
 * Processes that start at once end up with the same keys.
 *
 * @throws OperationalError `field_keys_unreadable`
 */
export async function ensureFieldKeys(dataDir: string): Promise<FieldKeys> {
  const present = await findFieldKeys(dataDir);
  if (present !== undefined) return present;
  await mkdir(dataDir, { recursive: true });
  // Whole under another name first, then linked: nobody reads half a file, and nobody's keys are overwritten.
  const fresh = join(dataDir, `.${fileName}.${randomUUID()}`);
  const [key, hashKey] = [randomBytes(keyBytes), randomBytes(keyBytes)];
  const text = JSON.stringify({ key: key.toString('base64'), hashKey: hashKey.toString('base64') });
  await writeFile(fresh, `${text}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(fresh, join(dataDir, fileName));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw unreadable(dataDir, error);
  } finally {
    await rm(fresh, { force: true });
  }
  return (await findFieldKeys(dataDir)) ?? { key, hashKey };
}

/** The keys under the data folder, if there are any. @throws OperationalError `field_keys_unreadable` */
export async function findFieldKeys(dataDir: string): Promise<FieldKeys | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(join(dataDir, fileName), 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw unreadable(dataDir, error);
  }
}

/** What failed is named, what the file holds is not. */
function unreadable(dataDir: string, error: unknown): OperationalError {
  const reason =
    error instanceof z.ZodError || error instanceof SyntaxError ? '内容不是密钥' : describeError(error);
  return new OperationalError('field_keys_unreadable', `${join(dataDir, fileName)} 不能用：${reason}`);
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
