const shanghaiOffsetMs = 8 * 60 * 60 * 1_000;

/**
 * The day in Asia/Shanghai, `YYYY-MM-DD`, that an instant falls on. China keeps no summer time.
 *
 * @param at milliseconds since the epoch, UTC.
 */
export function businessDay(at: number): string {
  return new Date(at + shanghaiOffsetMs).toISOString().slice(0, 10);
}
