/** Gates that lose the network share the tickets of an activity out among themselves in so many parts. */
export const bucketCount = 64;

/** For so long a gate decides about its buckets by itself, from when it began to ask, by its own clock. */
export const leaseMs = 10 * 60_000;
/** After so long without a turn nobody waits for a gate any more. */
export const silenceMs = 30_000;

/** Which part a ticket belongs to, 0 to 63: FNV-1a of its id, the same on the server and in the browser. */
export function bucketOf(ticketId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < ticketId.length; at += 1)
    hash = Math.imul(hash ^ ticketId.charCodeAt(at), 0x01000193) >>> 0;
  // The low bits of FNV alone are those that mix least.
  return ((hash ^ (hash >>> 16)) >>> 0) % bucketCount;
}
