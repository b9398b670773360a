import { addDays, calendarDay, weekdayOf } from '../../core/business-day.js';
import { normaliseText } from '../../text/normalise.js';
import { parseChoice } from '../../text/numerals.js';

/**
 * The days, `YYYY-MM-DD`, that a text may mean, the likeliest first: `2026-03-05`, `2026年3月5日`, `20260305`,
 * `3月5日`, `5号`, `下个月5号`, `今天`, `大后天`, `三天后`, `周三`, `下周三`, in digits or in Chinese numerals.
 * A week begins on Monday. Null: the text names no day; empty: it names one that the calendar does not have.
 *
 * @param today `YYYY-MM-DD`, in Asia/Shanghai.
 */
export function parseDay(text: string, today: string): string[] | null {
  if (text.length > LONGEST) return null;
  const spoken = normaliseText(text).replaceAll(' ', '').replace(SMALL_TALK, '');
  return (
    parseWord(spoken, today) ??
    parseWeekday(spoken, today) ??
    parseFullDate(spoken) ??
    parsePartialDate(spoken, today)
  );
}

const LONGEST = 30;
const SMALL_TALK = /^我?(?:想|要|就|选|约|在)*|(?:上午|下午|早上|中午|晚上)?(?:去|来|吧|可以)*$/g;

const WORDS: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  昨日: -1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
};

function parseWord(text: string, today: string): string[] | undefined {
  const days = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
  if (days !== undefined) return [addDays(today, days)];
  const [, amount, unit] = /^(.{1,3})(天|个?星期|周|个?礼拜)(?:之|以)?后$/.exec(text) ?? [];
  const later = amount === undefined ? undefined : numberOf(amount.replace('两', '二'));
  return later === undefined ? undefined : [addDays(today, unit === '天' ? later : later * 7)];
}

const WEEKS: Readonly<Record<string, number>> = { 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2 };
const WEEKDAY = /^(上|这|本|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])$/;

/** Without a week named: the next such day, else the last one. */
function parseWeekday(text: string, today: string): string[] | undefined {
  const [, week, name] = WEEKDAY.exec(text) ?? [];
  if (name === undefined) return undefined;
  const weekday = '日天'.includes(name) ? 7 : (numberOf(name) ?? 7);
  const thisWeek = addDays(today, weekday - weekdayOf(today));
  if (week !== undefined) return [addDays(thisWeek, 7 * (WEEKS[week] ?? 0))];
  return thisWeek >= today ? [thisWeek, addDays(thisWeek, -7)] : [addDays(thisWeek, 7), thisWeek];
}

const NUMERAL = '[0-9〇零一二三四五六七八九十]';
const FULL_DATES = [
  new RegExp(`^(${NUMERAL}{4})年(${NUMERAL}{1,3})月(${NUMERAL}{1,3})[日号]?$`),
  /^(\d{4})[-–—/.](\d{1,2})[-–—/.](\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

function parseFullDate(text: string): string[] | undefined {
  for (const pattern of FULL_DATES) {
    const [, year, month, day] = pattern.exec(text) ?? [];
    if (year !== undefined) return dayOf(numberOf(year), numberOf(month), numberOf(day));
  }
  return undefined;
}

const MONTH_AND_DAY = new RegExp(`^(今年|明年|去年)?(${NUMERAL}{1,3})(?:月|[-/.])(${NUMERAL}{1,3})[日号]?$`);
const DAY_OF_MONTH = new RegExp(`^(这个?月|本月|下个?月|上个?月)?(${NUMERAL}{1,3})[日号]$`);

/** Without a year or a month named: the next such day, else the last one. */
function parsePartialDate(text: string, today: string): string[] | null {
  const thisYear = Number(today.slice(0, 4));
  const thisMonth = Number(today.slice(5, 7));
  const [, year, month, day] = MONTH_AND_DAY.exec(text) ?? [];
  if (month !== undefined) {
    const years = year === undefined ? [0, 1, -1] : [{ 今年: 0, 明年: 1, 去年: -1 }[year] ?? 0];
    return nextFirst(
      years.flatMap((later) => dayOf(thisYear + later, numberOf(month), numberOf(day))),
      today,
    );
  }
  const [, named, dayOfMonth] = DAY_OF_MONTH.exec(text) ?? [];
  if (dayOfMonth === undefined) return null;
  const months =
    named === undefined ? [0, 1, -1] : [named.startsWith('下') ? 1 : named.startsWith('上') ? -1 : 0];
  const days = months.flatMap((later) => {
    const index = thisYear * 12 + thisMonth - 1 + later;
    return dayOf(Math.floor(index / 12), (index % 12) + 1, numberOf(dayOfMonth));
  });
  return nextFirst(days, today);
}

function nextFirst(days: readonly string[], today: string): string[] {
  return [...days.filter((day) => day >= today), ...days.filter((day) => day < today)];
}

function dayOf(year = 0, month = 0, day = 0): string[] {
  const found = calendarDay(year, month, day);
  return found === undefined ? [] : [found];
}

function numberOf(numeral: string | undefined): number | undefined {
  const choice = numeral === undefined ? null : parseChoice(numeral);
  return choice?.length === 1 ? choice[0] : undefined;
}
