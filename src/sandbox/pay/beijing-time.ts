const offsetMs = 8 * 3_600_000;

/** RFC 3339 as WeChat Pay writes it: `2026-03-02T10:00:00+08:00`. @param at milliseconds since the epoch, UTC. */
export function beijingTime(at: number): string {
  return `${new Date(at + offsetMs).toISOString().slice(0, 19)}+08:00`;
}
