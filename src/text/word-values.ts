/** What a way through a text is worth; the one with the highest value is read. See `readWords`. */

/** Per square of the characters, so that one long word beats two short ones. */
const OF_ORDINARY_WORD = 0.5;
/** Of each character that belongs to no word. */
export const OF_NOTHING = -0.01;
/** A word that begins or ends within an ordinary word is probably none (本人|才, not 本|人才). */
export const OF_BORDER_INSIDE_WORD = -1.25;

/** Of a word that ordinary Chinese has, and the vocabulary perhaps too. */
export function valueOfOrdinary(word: string, isKnown: boolean): number {
  const square = word.length ** 2;
  if (isKnown) return square;
  return word.length > 1 && HAN.test(word) ? square * OF_ORDINARY_WORD : 0;
}

const HAN = /^\p{Script=Han}+$/u;
