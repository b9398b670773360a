/**
 * The 95 % interval of a share by Wilson's score, both ends from 0 to 1; it holds for few cases and for shares near 0.
 */
export function wilsonInterval(hits: number, cases: number): { low: number; high: number } {
  if (cases === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const share = hits / cases;
  const middle = share + z ** 2 / (2 * cases);
  const spread = z * Math.sqrt((share * (1 - share) + z ** 2 / (4 * cases)) / cases);
  const scale = 1 + z ** 2 / cases;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
