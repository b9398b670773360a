import type { OrdinaryWord } from './ordinary-words.js';
import type { Vocabulary } from './vocabulary.js';
import { OF_BORDER_INSIDE_WORD, OF_NOTHING, valueOfOrdinary } from './word-values.js';

/**
 * The words of a vocabulary in a folded text that is spelled right, in order: what `readWords` reads when it has
 * nothing to repair. All texts of a release are read so, hundreds of thousands, hence the plain loops.
 *
 * @param ordinary the text, cut by `cutOrdinaryWords`.
 */
export function readExactly(
  text: string,
  ordinary: readonly OrdinaryWord[],
  vocabulary: Vocabulary,
): string[] {
  const steps = findBestWay(text, placeWords(ordinary), vocabulary);
  const read: string[] = [];
  for (let left = text.length; left > 0;) {
    const { word, length } = steps[left] ?? NOTHING;
    if (word !== undefined) read.push(word);
    left -= length;
  }
  return read;
}

interface Step {
  /** Absent: what is passed is no word of the vocabulary. */
  readonly word: string | undefined;
  readonly length: number;
}

const NOTHING: Step = { word: undefined, length: 1 };

/** For each place of the text the ordinary word that begins there. */
function placeWords(ordinary: readonly OrdinaryWord[]): (string | undefined)[] {
  const wordAt: (string | undefined)[] = [];
  for (const { text } of ordinary) {
    wordAt.push(text);
    for (let inside = 1; inside < text.length; inside += 1) wordAt.push(undefined);
  }
  return wordAt;
}

/** For each number of characters that may be left, from 0 on, the step that leads on best. */
function findBestWay(
  text: string,
  ordinaryAt: readonly (string | undefined)[],
  vocabulary: Vocabulary,
): Step[] {
  const { length } = text;
  const costAt = (place: number) =>
    place === length || ordinaryAt[place] !== undefined ? 0 : OF_BORDER_INSIDE_WORD;
  // Of what is left of the text.
  const values = [0];
  const valueFrom = (place: number) => values[length - place] ?? 0;
  const steps = [NOTHING];
  for (let start = length - 1; start >= 0; start -= 1) {
    let best = valueFrom(start + 1) + OF_NOTHING;
    let step = NOTHING;
    const ordinary = ordinaryAt[start];
    if (ordinary !== undefined) {
      const isKnown = vocabulary.has(ordinary);
      const value = valueOfOrdinary(ordinary, isKnown) + valueFrom(start + ordinary.length);
      if (value > best) {
        best = value;
        step = { word: isKnown ? ordinary : undefined, length: ordinary.length };
      }
    }
    const longest = vocabulary.longestFrom(text.charCodeAt(start), text.charCodeAt(start + 1));
    for (let end = start + 2; end <= Math.min(length, start + longest); end += 1) {
      const value = (end - start) ** 2 + costAt(start) + costAt(end) + valueFrom(end);
      if (value <= best) continue;
      const word = text.slice(start, end);
      if (!vocabulary.has(word)) continue;
      best = value;
      step = { word, length: end - start };
    }
    values.push(best);
    steps.push(step);
  }
  return steps;
}
