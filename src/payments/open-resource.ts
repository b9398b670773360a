import { createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import { refuseCallback } from './callback-errors.js';
import { isBase64 } from './signature-check.js';

/** What the platform encrypts with the APIv3 key. */
export const sealedResourceSchema = z.object({
  algorithm: z.string().optional(),
  ciphertext: z.string(),
  associated_data: z.string().optional(),
  nonce: z.string(),
});

type SealedResource = z.output<typeof sealedResourceSchema>;

const tagBytes = 16;
const nonceBytes = 12;

/**
 * Decrypts AEAD_AES_256_GCM; the last sixteen bytes are the tag, which `final` checks.
 *
 * @param apiV3Key 32 bytes.
 * @throws UserError `bad_ciphertext`
 */
export function openResource(resource: SealedResource, apiV3Key: string): string {
  const { algorithm = 'AEAD_AES_256_GCM', ciphertext, associated_data = '', nonce } = resource;
  const sealed = Buffer.from(ciphertext, 'base64');
  const isWellFormed =
    algorithm === 'AEAD_AES_256_GCM' &&
    isBase64(ciphertext) &&
    sealed.length > tagBytes &&
    Buffer.byteLength(nonce) === nonceBytes;
  if (!isWellFormed) throw refuseCallback('bad_ciphertext');
  try {
    const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: tagBytes });
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    decipher.setAAD(Buffer.from(associated_data));
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
    return opened.toString('utf8');
  } catch (error) {
    throw refuseCallback('bad_ciphertext', error);
  }
}
