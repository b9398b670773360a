export interface SoundHit<T> {
  value: T;
  /** Offsets into the codes; `end` is exclusive. */
  start: number;
  end: number;
}

/** Every word of a set that sounds in a text, in one pass over its codes. */
export interface SoundIndex<T> {
  /** By where they begin. */
  findAll(codes: string): SoundHit<T>[];
}

/**
 * Compiles words that are given by their codes (`soundsOf`). Nearly every syllable begins some word, so a look-up by
 * first syllable would let all through: the first two decide, which few pairs of neighbours pass.
 */
export function indexSounds<T>(words: Iterable<{ codes: string; value: T }>): SoundIndex<T> {
  const single = new Map<number, T[]>();
  const longer = new Map<number, Map<number, { codes: string; value: T }[]>>();
  for (const { codes, value } of words) {
    if (codes === '') continue;
    const first = codes.charCodeAt(0);
    if (codes.length === 1) {
      put(single, first, value);
      continue;
    }
    let seconds = longer.get(first);
    if (seconds === undefined) longer.set(first, (seconds = new Map()));
    put(seconds, codes.charCodeAt(1), { codes, value });
  }
  return {
    findAll(codes) {
      const hits: SoundHit<T>[] = [];
      for (let start = 0; start < codes.length; start += 1) {
        const first = codes.charCodeAt(start);
        for (const value of single.get(first) ?? NONE) hits.push({ value, start, end: start + 1 });
        const candidates = longer.get(first)?.get(codes.charCodeAt(start + 1));
        if (candidates === undefined) continue;
        for (const { codes: word, value } of candidates) {
          if (codes.startsWith(word, start)) hits.push({ value, start, end: start + word.length });
        }
      }
      return hits;
    },
  };
}

const NONE: readonly never[] = [];

function put<T>(index: Map<number, T[]>, key: number, value: T): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, [value]);
  else values.push(value);
}
