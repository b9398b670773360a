import { readWords, type ReadWord } from '../../text/read-words.js';
import { foldWording, isThing, type Search } from './compile-search.js';

/** Longer messages tell a story, in which things stand side by side by chance. */
const LONGEST_JOINED = 100;
/** What says that things are asked about one by one. */
const EACH = /都|各|分别|一起|一并|一同|两[个样本张件]|同时|一趟|一次|一样/;
/** What may stand between two things that are named in one breath. */
const BETWEEN = /^(?:[和跟与及同、,\s的我他她]|还有|以及|我的|他的|她的)$/u;
const MOST_BETWEEN = 3;

/**
 * Where two things are named in one breath and the same is asked of each (身份证和驾驶证都丢了): the message with the
 * first alone, and with the second alone. One pair of questions for each two neighbours.
 */
export function splitJoined(search: Search, words: string): (readonly [string, string])[] {
  if (words.length > LONGEST_JOINED || !EACH.test(words)) return [];
  const pieces = readWords(foldWording(words), search.vocabulary);
  const join = (kept: readonly ReadWord[]) => kept.map(({ text }) => text).join('');
  return findJoined(search, pieces).map(({ first, second }) => [
    join([...pieces.slice(0, first + 1), ...pieces.slice(second + 1)]),
    join([...pieces.slice(0, first), ...pieces.slice(second)]),
  ]);
}

/** The positions of two different things with at most a conjunction between them. */
function findJoined(search: Search, pieces: readonly ReadWord[]): { first: number; second: number }[] {
  const subjects = pieces.map((piece) => subjectOf(search, piece));
  return subjects.flatMap((subject, first) => {
    if (subject === undefined) return [];
    const second = subjects.findIndex((other, at) => at > first && other !== undefined);
    const between = pieces.slice(first + 1, second);
    const isJoined =
      second !== -1 &&
      subjects[second] !== subject &&
      between.length <= MOST_BETWEEN &&
      between.every(({ text }) => BETWEEN.test(text));
    return isJoined ? [{ first, second }] : [];
  });
}

/** What the content is about, if a word names it, in its standard form. */
function subjectOf({ standards, subjects, substances }: Search, { words }: ReadWord): string | undefined {
  return words
    .map((word) => standards.get(word) ?? word)
    .find((word) => subjects.has(word) && isThing(word, substances));
}
