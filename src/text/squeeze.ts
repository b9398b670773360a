/** A text without what stands between its words. */
export interface Squeezed {
  /** Letters and digits of any script, nothing else. */
  readonly text: string;
  /** Offsets into `text` where something was left out, ascending; neither the beginning nor the end. */
  readonly breaks: readonly number[];
}

/**
 * Takes spaces, punctuation and emoji out of a normalised text, so that 救 命 and 救🆘命 read 救命.
 * A text without any of these costs one look at each character and is returned as it is.
 */
export function squeeze(normalText: string): Squeezed {
  if (NOTHING_BETWEEN.test(normalText)) return { text: normalText, breaks: NO_BREAKS };
  const words = normalText.split(BETWEEN).filter((word) => word !== '');
  const breaks: number[] = [];
  let length = 0;
  for (const word of words) {
    if (length > 0) breaks.push(length);
    length += word.length;
  }
  return { text: words.join(''), breaks };
}

const NO_BREAKS: readonly number[] = [];
const NOTHING_BETWEEN = /^[a-z0-9\u4e00-\u9fff]*$/;
const BETWEEN = /[^\p{L}\p{N}]+/u;
