import { formPhrases } from '../form-phrases.js';

/**
 * A telephone number of the mainland: `13812345678`, or `0753-2345678` with its area code; blanks, dashes,
 * brackets, full width and +86 are accepted.
 */
export function understandPhone(raw: string): { answer: string } | { fault: string } {
  const digits = raw.normalize('NFKC').replace(BETWEEN, '').replace(COUNTRY, '');
  if (MOBILE.test(digits)) return { answer: digits };
  const [, area, number] = LANDLINE.exec(digits) ?? [];
  return area === undefined ? { fault: formPhrases.notPhone } : { answer: `${area}-${number}` };
}

const BETWEEN = /[\s\p{Pd}\p{Ps}\p{Pe}\p{Cf}.。]/gu;
const COUNTRY = /^(?:\+|00)86(?=0|1[3-9])|^86(?=1[3-9]\d{9}$)/;
const MOBILE = /^1[3-9]\d{9}$/;
/** Three digits of area code in the largest cities, followed by eight; four elsewhere, followed by seven or eight. */
const LANDLINE = /^(0(?:10|2\d)(?=\d{8}$)|0[3-9]\d{2}(?=\d{7,8}$))([2-8]\d+)$/;
