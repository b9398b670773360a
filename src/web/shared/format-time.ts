const zone = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('zh-CN', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: zone,
});
const date = new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric', timeZone: zone });
/** Sweden writes days as ISO does. */
const isoDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone });
const isoMinute = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: zone,
});
const isoSecond = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: zone,
});

/** As a chat shows it, in Beijing time: the hour today, otherwise with the date. */
export function formatTime(at: number, now: number): string {
  return date.format(at) === date.format(now) ? clock.format(at) : `${date.format(at)} ${clock.format(at)}`;
}

/** `2026-03-02 10:05`, in Beijing time. @param at ISO 8601 */
export function formatMinute(at: string): string {
  return isoMinute.format(new Date(at));
}

/** `2026-03-02 10:05:09`, in Beijing time. @param at ISO 8601 */
export function formatSecond(at: string): string {
  return isoSecond.format(new Date(at));
}

/** The business day, `2026-03-02`, in Beijing time. @param at ISO 8601 */
export function formatDay(at: string): string {
  return isoDay.format(new Date(at));
}
