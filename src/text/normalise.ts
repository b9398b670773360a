/**
 * One form for everything that people type, so that it can be compared: full width becomes half width,
 * circled and other presentation forms become plain ones (NFKC), upper case becomes lower case, white space
 * is folded to single spaces, and what cannot be seen is dropped, as are punctuation and emoji around the text.
 * A text of nothing but punctuation and emoji keeps them: `#` and `?` are commands.
 * Idempotent. Total: takes any string, lone surrogates included. Linear time.
 */
export function normaliseText(raw: string): string {
  if (ALREADY_NORMAL.test(raw)) return raw;
  const folded = raw
    .replace(UNSEEN, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(WHITE_SPACE, ' ')
    .trim();
  const words = folded.replace(SURROUNDINGS, '');
  return words === '' ? folded : words;
}

/** What most messages are made of; spares them the slow way. */
const ALREADY_NORMAL = /^[a-z0-9\u4e00-\u9fff]+$/;

/** Control, zero-width and variation characters, lone surrogates, and the box of a keycap emoji (1️⃣). */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\u20e3]|(?!\s)\p{Cc}/gu;

const WHITE_SPACE = /\s+/g;

/** Punctuation, emoji and `~` at both ends. The look-behind keeps long runs inside a text from costing n². */
const SURROUNDINGS = /^[\s\p{P}\p{So}\p{Sk}~]+|(?<![\s\p{P}\p{So}\p{Sk}~])[\s\p{P}\p{So}\p{Sk}~]+$/gu;
