import { z } from 'zod';
import { PlatformError } from './platform-errors.js';
import { TransportError } from './transport-error.js';

const envelopeSchema = z.looseObject({ errcode: z.int().optional(), errmsg: z.string().default('') });

/**
 * What the platform answered, checked against `schema`.
 * @param endpoint names the call, for example `custom_send`.
 * @param secret the token or secret that the request carried: it is struck out if the platform repeats it.
 * @param answeringCodes error codes that come with what was asked for, and are left to `schema`.
 * @throws PlatformError if the answer is an error code
 * @throws TransportError `platform_bad_answer` if it is neither that nor what `schema` expects
 */
export function readAnswer<Answer>(
  endpoint: string,
  schema: z.ZodType<Answer>,
  answer: unknown,
  secret: string,
  answeringCodes: readonly number[] = [],
): Answer {
  const envelope = envelopeSchema.safeParse(answer);
  if (envelope.success && envelope.data.errcode && !answeringCodes.includes(envelope.data.errcode)) {
    const { errcode, errmsg } = envelope.data;
    throw new PlatformError(endpoint, errcode, errmsg.replaceAll(secret, '…'));
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`);
    throw new TransportError(
      'platform_bad_answer',
      `${endpoint}: unexpected answer (${faults.join(', ')})`,
      'maybe',
    );
  }
  return parsed.data;
}
