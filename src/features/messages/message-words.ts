import { z } from 'zod';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { MessageWords, StoredMessage } from './message.js';

const field = 'messages.words';

const wordsSchema: z.ZodType<MessageWords> = z.object({
  text: z.string(),
  phone: z.string().exactOptional(),
  picture: z.object({ mediaId: z.string(), url: z.string() }).exactOptional(),
});

type Owner = Pick<StoredMessage, 'accountId' | 'openid'>;

/** What a citizen wrote, as it may be stored. */
export function sealWords(cipher: FieldCipher, { accountId, openid }: Owner, words: MessageWords): string {
  return cipher.seal(JSON.stringify(words), { accountId, openid, field });
}

/** What a citizen wrote; null: its key is not known any more. */
export function openWords(
  cipher: FieldCipher,
  { accountId, openid, sealed }: Owner & Pick<StoredMessage, 'sealed'>,
): MessageWords | null {
  const words = cipher.open(sealed, { accountId, openid, field });
  return words === null ? null : wordsSchema.parse(JSON.parse(words));
}
