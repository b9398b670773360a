import { businessDay, timeOfDay, weekdayOf } from './business-day.js';

/** `11月25日（周三）`. @param day `YYYY-MM-DD` */
export function dayInWords(day: string): string {
  return `${monthAndDate(day)}（${weekdayInWords(day)}）`;
}

/** `11月25日 周三`. @param day `YYYY-MM-DD` */
export function shortDayInWords(day: string): string {
  return `${monthAndDate(day)} ${weekdayInWords(day)}`;
}

/** `11月25日`. @param day `YYYY-MM-DD` */
export function monthAndDate(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}

/** `9:30`, in Asia/Shanghai. */
export function clockTime(at: Date): string {
  return timeOfDay(at.getTime()).replace(/^0/, '');
}

/** `上午 9:00–9:30`, in Asia/Shanghai; both of one day. */
export function timeInWords(startsAt: Date, endsAt: Date): string {
  const half = timeOfDay(startsAt.getTime()) < '12:00' ? '上午' : '下午';
  return `${half} ${clockTime(startsAt)}–${clockTime(endsAt)}`;
}

/** `11月25日（周三） 9:30`, in Asia/Shanghai. */
export function momentInWords(at: Date): string {
  return `${dayInWords(businessDay(at.getTime()))} ${clockTime(at)}`;
}

/** `11月25日（周三）上午 9:00–9:30`, over midnight `11月25日（周三） 9:00 至 11月27日（周五） 17:00`; in Asia/Shanghai. */
export function periodInWords(startsAt: Date, endsAt: Date): string {
  const day = businessDay(startsAt.getTime());
  return day === businessDay(endsAt.getTime())
    ? `${dayInWords(day)}${timeInWords(startsAt, endsAt)}`
    : `${momentInWords(startsAt)} 至 ${momentInWords(endsAt)}`;
}

/** `2 小时`, `1 天`, `30 分钟`. */
export function durationInWords(minutes: number): string {
  if (minutes > 0 && minutes % 1_440 === 0) return `${minutes / 1_440} 天`;
  return minutes > 0 && minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`;
}

/** `¥12.00`. @param fen integer, not negative. */
export function moneyInWords(fen: number): string {
  return `¥${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** The lines that are not empty, one below the other. */
export function linesOf(...lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}

/** The first texts, as many as fit into so many bytes of UTF-8; at least one, where there is one. */
export function withinBytes(texts: readonly string[], most: number): string[] {
  let bytes = 0;
  const fitting = texts.findIndex((text, index) => {
    bytes += Buffer.byteLength(text);
    return index > 0 && bytes > most;
  });
  return texts.slice(0, fitting < 0 ? texts.length : fitting);
}

function weekdayInWords(day: string): string {
  return `周${'一二三四五六日'.charAt(weekdayOf(day) - 1)}`;
}
