/**
 * For what is counted, compared and becomes content: nothing of a number may stay. (For showing a number to staff with
 * its middle hidden, see `core/mask-personal.ts`.)
 *
 * A normalised text with placeholders for the numbers that lead to a person: identity cards, mobile phones, bank
 * cards, number plates, and whatever else has seven digits or more in a row. Digits may be parted by single spaces or
 * hyphens, and read out in Chinese. Numbers of the public (110, 12345) and dates stay.
 */
export function putPlaceholders(text: string): string {
  return text
    .replace(PLATE, placeholders.plate)
    .replace(DIGITS, maskDigits)
    .replace(READ_OUT, placeholders.number);
}

/** The same without the placeholders: what the text asks, whoever asks it. */
export function dropPlaceholders(masked: string): string {
  return masked.replace(PLACEHOLDER, ' ').replace(/\s+/g, ' ').trim();
}

const placeholders = {
  identity: '〔身份证号〕',
  phone: '〔手机号〕',
  card: '〔银行卡号〕',
  plate: '〔车牌〕',
  number: '〔号码〕',
} as const;

const PLACEHOLDER = new RegExp(Object.values(placeholders).join('|'), 'g');

/** GA 36: the province, a letter, five or six letters and digits; the last one may be 挂, 学, 警, 港, 澳. */
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][·•. -]?(?=[a-z]*[0-9])[a-z0-9]{4,6}[挂学警港澳]?/gi;
const DIGITS = /[0-9](?:[ -]?[0-9])*(?:[ -]?x)?/gi;
const READ_OUT = /[零〇一二三四五六七八九幺]{7,}/g;

/** GB 11643: region, day of birth, order, check digit. */
const IDENTITY = /^[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9x]$/i;
const PHONE = /^(?:86)?1[3-9][0-9]{9}$/;
const CARD = /^[0-9]{16,19}$/;
const DATE = /^(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}$/;
const LONG = /[0-9]{7,}/g;

function maskDigits(written: string): string {
  const kind = kindOf(written.replaceAll(/[ -]/g, ''));
  if (kind !== undefined) return placeholders[kind];
  if (DATE.test(written)) return written;
  // Several short numbers beside each other, or a long one among them.
  return written.replaceAll(LONG, placeholders.number);
}

function kindOf(digits: string): keyof typeof placeholders | undefined {
  if (IDENTITY.test(digits)) return 'identity';
  if (PHONE.test(digits)) return 'phone';
  return CARD.test(digits) ? 'card' : undefined;
}
