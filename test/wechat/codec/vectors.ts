import { readFileSync } from 'node:fs';
import { z } from 'zod';

const text = z.string();
const signed = { timestamp: text.optional(), nonce: text.optional(), token: text.optional() };

const vectorsSchema = z.object({
  signature: z.array(z.object({ src: text, signature: text, parts: z.array(text).optional(), ...signed })),
  aes: z.array(
    z.object({
      src: text,
      key: text,
      appid: text,
      cipher: text,
      plain: text.optional(),
      random: text.optional(),
      msg_signature: text.optional(),
      ...signed,
    }),
  ),
  jsapi: z.array(
    z.object({ noncestr: text, jsapi_ticket: text, timestamp: z.number(), url: text, signature: text }),
  ),
});

const file = new URL('../../data/vectors/wechat-vectors.json', import.meta.url);

/** Check values from the public test suites of other SDKs, so that our codec does not only agree with itself. */
export const vectors = vectorsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
