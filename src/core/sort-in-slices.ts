/**
 * Sorts texts by code units, as `sort()` does, a few milliseconds at a time: to sort a hundred thousand holds
 * everything else up for a tenth of a second.
 *
 * @returns a new array.
 */
export function* sortInSlices(texts: readonly string[]): Generator<undefined, string[]> {
  let runs: string[][] = [];
  for (let from = 0; from < texts.length; from += RUN) {
    runs.push(texts.slice(from, from + RUN).sort());
    yield;
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? []));
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Texts between two pauses. */
const RUN = 2_000;

function* merge(one: readonly string[], other: readonly string[]): Generator<undefined, string[]> {
  const merged: string[] = [];
  let ofOther = 0;
  for (const text of one) {
    for (let next = other[ofOther]; next !== undefined && next < text; next = other[ofOther]) {
      merged.push(next);
      ofOther += 1;
      if (merged.length % RUN === 0) yield;
    }
    merged.push(text);
    if (merged.length % RUN === 0) yield;
  }
  for (; ofOther < other.length; ofOther += 1) {
    merged.push(other[ofOther] ?? '');
    if (merged.length % RUN === 0) yield;
  }
  return merged;
}
