import { businessDay, calendarDay } from './business-day.js';

/** What keeps a text from being an ID number: its form, its region, its day of birth, or its check digit. */
export type IdNumberFault = 'form' | 'region' | 'birth' | 'check';

/**
 * What is wrong with a citizen's ID number of 18 characters, the last one an upper-case X or a digit; null: nothing.
 * GB 11643-1999; a well-formed number need not have been issued.
 *
 * @param now milliseconds since the epoch, UTC: nobody is born later.
 */
export function findIdNumberFault(idNumber: string, now: number): IdNumberFault | null {
  const [, region, year, month, day] = FORM.exec(idNumber) ?? [];
  if (region === undefined) return 'form';
  if (!PROVINCES.has(region)) return 'region';
  const birth = calendarDay(Number(year), Number(month), Number(day));
  if (birth === undefined || birth < EARLIEST_BIRTH || birth > businessDay(now)) return 'birth';
  return checkDigitOf(idNumber) === idNumber.at(-1) ? null : 'check';
}

/** The check digit that belongs to the first 17 digits (ISO 7064, MOD 11-2). */
export function checkDigitOf(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

const FORM = /^([0-9]{2})[0-9]{4}([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]$/;
const EARLIEST_BIRTH = '1900-01-01';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** GB/T 2260; 81–83 are the residence permits for people from Hong Kong, Macao and Taiwan, 91 that for foreigners. */
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
);
