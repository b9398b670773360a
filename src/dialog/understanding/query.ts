import { splitClauses } from '../../text/clauses.js';
import { isOnlyFiller } from '../../text/filler.js';
import { foldForKeywords } from '../../text/keyword-index.js';
import { normaliseText } from '../../text/normalise.js';
import { simplify } from '../../text/simplify.js';

/** What a citizen wrote, in the forms in which the steps compare it. */
export interface Query {
  /** Normalised and in simplified characters. */
  readonly text: string;
  /** The same, folded as keywords are. */
  readonly words: string;
}

export function readQuery(raw: string): Query {
  const text = simplify(normaliseText(raw));
  return { text, words: foldForKeywords(text) };
}

/** The clauses of a message, folded, without greetings; the message itself where it has no parts. */
export function clausesOf({ text, words }: Query): readonly string[] {
  const clauses = splitClauses(text)
    .filter((clause) => !isOnlyFiller(clause))
    .map(foldForKeywords);
  return clauses.length > 0 ? clauses : [words];
}
