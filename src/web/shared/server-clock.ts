/** How far the server's clock is ahead of this machine's, in milliseconds; 0 until the server has answered. */
let aheadMs = 0;

/**
 * Takes the time from an answer. A phone may be set minutes or days wrong, and a place that is kept for ten minutes
 * would look lost, or kept too long.
 * @param date the header `Date` (RFC 9110, 6.6.1), to the second
 */
export function noteServerTime(date: string | null, now = Date.now()): void {
  // The header tells the second that had begun: the middle of it is at most half a second wrong.
  const time = Date.parse(date ?? '') + 500;
  if (Number.isFinite(time)) aheadMs = time - now;
}

/** The time by the server's clock, as `Date.now()` gives it. */
export function serverNow(now = Date.now()): number {
  return now + aheadMs;
}
