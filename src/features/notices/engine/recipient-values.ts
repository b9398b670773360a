import { z } from 'zod';
import type { FieldCipher, FieldPlace } from '../../../core/field-cipher.js';

type Citizen = Omit<FieldPlace, 'field'>;
export type RecipientValues = Readonly<Record<string, string>>;

const field = 'notice_deliveries.values';
const valuesSchema = z.record(z.string(), z.string());

/** Undefined: there is nothing to seal. */
export function sealValues(
  cipher: FieldCipher,
  citizen: Citizen,
  values: RecipientValues,
): string | undefined {
  return Object.keys(values).length === 0
    ? undefined
    : cipher.seal(JSON.stringify(values), { ...citizen, field });
}

/** Null: the key is gone, or they were another citizen's. */
export function openValues(
  cipher: FieldCipher,
  citizen: Citizen,
  sealed: string | undefined,
): RecipientValues | null {
  if (sealed === undefined) return {};
  const text = cipher.open(sealed, { ...citizen, field });
  return text === null ? null : valuesSchema.parse(JSON.parse(text));
}
