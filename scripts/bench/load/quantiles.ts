export interface Quantiles {
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

/** Nearest-rank quantiles, in the unit of `values`, which are sorted in place. Zeros where there are none. */
export function quantilesOf(values: Float64Array): Quantiles {
  values.sort();
  const at = (share: number): number => values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

export function medianOf(values: readonly number[]): number {
  return quantilesOf(Float64Array.from(values)).p50;
}
