const clock = new Intl.DateTimeFormat('zh-CN', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: 'Asia/Shanghai',
});
const date = new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric', timeZone: 'Asia/Shanghai' });

/** As a chat shows it, in Beijing time: the hour today, otherwise with the date. */
export function formatTime(at: number, now: number): string {
  return date.format(at) === date.format(now) ? clock.format(at) : `${date.format(at)} ${clock.format(at)}`;
}
