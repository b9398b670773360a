import { normaliseText } from '../../text/normalise.js';
import { simplify } from '../../text/simplify.js';
import { squeeze } from '../../text/squeeze.js';

/** A phrase: one of the words of each part, the parts in their order with at most `GAP` characters between them. */
export interface Phrase {
  /** The words that the phrase begins with. */
  readonly first: readonly string[];
  readonly rest: readonly (readonly string[])[];
}

/** A phrase as clerks write it: `拿|拎…刀|斧` begins with 拿 or 拎, and 刀 or 斧 follows. */
export function parsePhrase(written: string): Phrase {
  const [first = [], ...rest] = written
    .split('…')
    .map((part) => part.split('|').map(foldWord).filter(Boolean));
  return { first, rest };
}

/** Whether a word of the phrase has no visible character, so that it can never be met. */
export function hasEmptyWord(written: string): boolean {
  return written.split(/[…|]/).some((word) => foldWord(word) === '');
}

/** The most characters between two parts of a phrase. */
const GAP = 8;

/** A word in the form in which messages are searched. */
function foldWord(word: string): string {
  return squeeze(simplify(normaliseText(word))).text;
}

/** Where the rest of a phrase ends whose first part ends at `end`; undefined where it does not follow. */
export function endOfRest(text: string, end: number, rest: Phrase['rest']): number | undefined {
  let reached = end;
  for (const words of rest) {
    const next = endOfNearest(text.slice(reached, reached + GAP + LONGEST_WORD), words);
    if (next === undefined) return undefined;
    reached += next;
  }
  return reached;
}

const LONGEST_WORD = 12;

function endOfNearest(text: string, words: readonly string[]): number | undefined {
  let nearest = Infinity;
  let end = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at === -1 || at > GAP || at > nearest || (at === nearest && at + word.length < end)) continue;
    nearest = at;
    end = at + word.length;
  }
  return end === 0 ? undefined : end;
}
