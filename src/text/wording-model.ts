/**
 * How a text is worded, held against how each target is asked for: naive Bayes over single characters and pairs.
 * It sees what a comparison of words does not: slips, halves of words, words cut wrongly, turns of phrase.
 */
export interface WordingModel {
  /**
   * Reads a text; the function that comes back tells how much more likely the text is from somebody who asks for a
   * target than from anybody: 0 is chance, some 2 a clear hint. Texts of any length compare.
   */
  compare(text: string): (target: number) => number;
}

/** Builds the model from the wordings of each target, a slice at a time. */
export function* learnWordings(wordings: readonly (readonly string[])[]): Generator<undefined, WordingModel> {
  const background = new Uint32Array(BUCKETS);
  const sizes = new Uint32Array(wordings.length);
  let all = 0;
  for (const [target, texts] of wordings.entries()) {
    let size = 0;
    for (const text of texts) {
      for (const gram of gramsOf(text)) {
        const bucket = bucketOf(gram);
        background[bucket] = (background[bucket] ?? 0) + 1;
        size += 1;
      }
    }
    sizes[target] = size;
    all += size;
    if (target % SLICE === 0) yield;
  }
  const chanceOf = (gram: number) => (background[bucketOf(gram)] ?? 0) / all;
  const tables: GramTable[] = [];
  return {
    compare(text) {
      const features = gramsOf(text)
        .map((gram) => ({ gram, chance: chanceOf(gram) }))
        .filter(({ chance }) => chance > 0);
      return (target) => {
        const table = (tables[target] ??= countGrams(wordings[target] ?? []));
        return likelihood(features, table, sizes[target] ?? 0);
      };
    },
  };
}

interface Feature {
  readonly gram: number;
  /** How often it is found in wordings of any kind. */
  readonly chance: number;
}

/** The mean of the logarithms, but growing with the length: the more there is, the less it is chance. */
function likelihood(features: readonly Feature[], table: GramTable, size: number): number {
  // What each feature adds where the target never says it; most do not.
  let sum = 0 - features.length * Math.log1p(size / PRIOR);
  for (const { gram, chance } of features) {
    const count = countOf(table, gram);
    if (count > 0) sum += Math.log1p(count / (PRIOR * chance));
  }
  return sum / Math.sqrt(features.length + SHORT_TEXT);
}

/** How often each gram occurs; counted when a target is first compared with, since most never are. */
interface GramTable {
  /** Ascending, each once. */
  readonly grams: Uint32Array;
  readonly counts: Uint32Array;
}

function countGrams(texts: readonly string[]): GramTable {
  const all = Uint32Array.from(texts.flatMap(gramsOf)).sort();
  const grams = new Uint32Array(new Set(all));
  const counts = new Uint32Array(grams.length);
  let position = -1;
  for (const gram of all) {
    if (gram !== grams[position]) position += 1;
    counts[position] = (counts[position] ?? 0) + 1;
  }
  return { grams, counts };
}

function countOf({ grams, counts }: GramTable, gram: number): number {
  let low = 0;
  let high = grams.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((grams[middle] ?? 0) < gram) low = middle + 1;
    else high = middle;
  }
  return grams[low] === gram ? (counts[low] ?? 0) : 0;
}

/** So many characters of the average wording are mixed into each target's: who asks has more words than it lists. */
const PRIOR = 20;
/** Keeps two lucky characters from looking like certainty. */
const SHORT_TEXT = 5;
/** Targets between two pauses. */
const SLICE = 200;
const BUCKETS = 1 << 16;

/** Each character, and each pair with its neighbour; the ends of the text are neighbours too. */
function gramsOf(text: string): number[] {
  const grams: number[] = [];
  let before = EDGE;
  for (let position = 0; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    grams.push(code, before * PAIR + code);
    before = code;
  }
  if (before !== EDGE) grams.push(before * PAIR + EDGE);
  return grams;
}

const EDGE = 1;
const PAIR = 0x1_0000;

/** Few enough to be small, enough that collisions are rare. */
function bucketOf(gram: number): number {
  const mixed = Math.imul((gram % PAIR) ^ Math.imul(Math.floor(gram / PAIR), 0x9e37_79b1), 0x85eb_ca6b);
  return (mixed >>> 16) & (BUCKETS - 1);
}
