/**
 * Personal numbers as they may be shown: the first three or the area code, and the last four characters, so that staff
 * can tell one from another. (Where nothing of a number may stay, see `features/insights/personal-placeholders.ts`.)
 */

/** `138****1234`, `0753-***5678`. */
export function maskPhone(phone: string): string {
  const [, head = '', middle = '', tail = ''] = /^(0\d{2,3}-?|.{3})(.*?)(.{4})$/s.exec(phone) ?? [];
  return head === '' ? '*'.repeat(phone.length) : `${head}${'*'.repeat(middle.length)}${tail}`;
}

/** `441***********1234`. */
export function maskIdNumber(idNumber: string): string {
  return idNumber.replace(/(?<=^.{3}).*(?=.{4}$)/s, (hidden) => '*'.repeat(hidden.length));
}

/** `张*`, `梅*****`: the first character, and at most six stars. */
export function maskWords(words: string): string {
  const [first = '', ...rest] = words;
  return `${first}${'*'.repeat(Math.min(rest.length, 6))}`;
}

/**
 * Whether a text holds what may be an ID number or a telephone number, however it is spaced or written wide.
 * Cautious: many other long numbers count, too.
 */
export function holdsPersonalNumber(text: string): boolean {
  return DIGIT.test(text) && PERSONAL_NUMBER.test(text.normalize('NFKC').replace(BETWEEN_DIGITS, ''));
}

/** A text with every number masked that may be an ID number or a telephone number. */
export function maskPersonalNumbers(text: string): string {
  if (!holdsPersonalNumber(text)) return text;
  const masked = maskRuns(text);
  // Digits in circles and the like are digits only once they are normalised.
  return holdsPersonalNumber(masked) ? maskRuns(text.normalize('NFKC')) : masked;
}

function maskRuns(text: string): string {
  return text.replace(SPACED_NUMBER, (number) => {
    const bare = number.normalize('NFKC').replace(BETWEEN_DIGITS, '');
    return PERSONAL_NUMBER.test(bare) ? maskIdNumber(bare) : number;
  });
}

/** Every sign that may become a digit, those in circles too. */
const DIGIT = /\p{N}/u;
/** Spaces, dashes and what cannot be seen. */
const BETWEEN_DIGITS = /(?<=\d)[\s\p{Pd}\p{Cf}]+(?=[\dXx])/gu;
/** A run of digits, half or full width, with nothing but separators in it. */
const SPACED_NUMBER = /[0-9０-９](?:[\s\p{Pd}\p{Cf}]*[0-9０-９])*(?:[\s\p{Pd}\p{Cf}]*[XxＸｘ])?/gu;
/** 15 to 18 digits, a mobile number (+86 or not), or an area code with a number. */
const PERSONAL_NUMBER = /\d{14,17}[\dXx]|1[3-9]\d{9}|(?<!\d)0\d{2,3}[2-8]\d{6,7}(?!\d)/;
