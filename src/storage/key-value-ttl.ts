/**
 * The life of a key as both adapters take it: whole milliseconds, rounded up, at least one.
 * A life of zero or less is a mistake of the caller (Redis refuses it, too).
 * @throws RangeError
 */
export function wholeTtl(ttlMs: number): number {
  const whole = Math.ceil(ttlMs);
  if (!Number.isSafeInteger(whole) || whole < 1) throw new RangeError(`a key cannot live ${ttlMs} ms`);
  return whole;
}
