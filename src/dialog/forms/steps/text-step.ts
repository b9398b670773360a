import { formPhrases } from '../form-phrases.js';
import type { StepOf } from '../form-model.js';
import type { Understood } from '../understand-answer.js';

/** The words as they were written, without what cannot be seen and without blanks around them. */
export function understandText(step: StepOf<'text'>, raw: string): Understood {
  const text = raw.replace(UNSEEN, '').replace(/\r\n?/g, '\n').trim();
  const length = countCharacters(text);
  if (length < step.min) return { fault: formPhrases.tooShort(step.min) };
  if (length > step.max) return { fault: formPhrases.tooLong(step.max, length) };
  return { answer: text };
}

/** Control characters other than tab and line ends, and lone surrogates. */
const UNSEEN = /(?![\t\n\r])\p{Cc}|\p{Cs}/gu;

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A text of the platform has at most 2,048 bytes, so this stays cheap. */
function countCharacters(text: string): number {
  return [...characters.segment(text)].length;
}
