import { normaliseText } from './normalise.js';

/**
 * A choice from numbered lists as people type it, as a path of numbers: `3`, `３`, `三`, `③`, `(3)`, `3.`, `选3`,
 * `回复3`, `第三个` and `3号` are [3]; `3-2`, `3.2`, `3，2`, `3 2` and `三之二` are [3, 2]; `0` is [0].
 * Digits written without a separator stay one number, in Chinese as in Arabic: `32` and `三二` are [32].
 * Null for whatever is not a choice alone (`110报警`, `1个月`, `二手车`, `一下`), and for numbers of more than
 * six digits: nobody lists so many, and telephone and ID numbers must not be echoed as choices.
 */
export function parseChoice(text: string): number[] | null {
  if (text.length > LONGEST_CHOICE) return null;
  const parts = CHOICE.exec(normaliseText(text))?.groups;
  if (parts === undefined) return null;
  const { number, path } = parts;
  return number === undefined ? (path ?? '').split(SEPARATOR).map(toNumber) : [toNumber(number)];
}

/** In UTF-16 units, before normalising. */
const LONGEST_CHOICE = 40;

const TENS = '[一二三四五六七八九]?十[一二三四五六七八九]?';
const NUMBER = `(?:[0-9]{1,6}|[零〇一二三四五六七八九幺]{1,6}|${TENS})`;
/** Within a path a number has at most two digits, so that dates, prices and telephone numbers are no paths. */
const STEP = `(?:[0-9]{1,2}|[一二三四五六七八九]|${TENS})`;
const BETWEEN = String.raw`(?:\s*[-‐‑–—_.,、。>→之]\s*|\s+)`;
const SEPARATOR = new RegExp(BETWEEN);

const CHOICE = new RegExp(
  '^(?:我?(?:要|想|就)?(?:回复|回|选择|选|输入|发送|发|按|点)了?(?:数字)?)?\\s*第?\\s*' +
    `(?:(?<number>${NUMBER})|(?<path>${STEP}(?:${BETWEEN}${STEP})+))` +
    '\\s*[个项条号]?\\s*[吧啊呢哦]?$',
);

function toNumber(numeral: string): number {
  const [tens, units] = numeral.split('十');
  if (units !== undefined) return digitsOf(tens || '一') * 10 + digitsOf(units || '零');
  return digitsOf(numeral);
}

function digitsOf(numeral: string): number {
  return Number(numeral.replace(/[^0-9]/g, (sign) => DIGITS[sign] ?? ''));
}

const DIGITS: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  一: '1',
  幺: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};
