import { foldForKeywords } from '../../../text/keyword-index.js';
import { parseChoice } from '../../../text/numerals.js';
import { formPhrases } from '../form-phrases.js';
import type { FixedOption } from '../form-model.js';
import type { Understood } from '../understand-answer.js';

/** One of the options: its number, its label, one of its words, or a sentence in which only its words occur. */
export function understandChoice(options: readonly FixedOption[], raw: string): Understood {
  const chosen = byNumber(options, raw) ?? findByWords(options, foldForKeywords(raw));
  return chosen === undefined ? { fault: formPhrases.notChoice(options.length) } : { answer: chosen.value };
}

/** The option that a folded text is, or the only one whose words occur in it. */
export function findByWords<Option extends Worded>(
  options: readonly Option[],
  text: string,
): Option | undefined {
  const wordsOf = ({ label, words }: Option) =>
    [label, ...words].map(foldForKeywords).filter((word) => word !== '');
  const whole = options.find((option) => wordsOf(option).includes(text));
  if (whole !== undefined) return whole;
  const [only, ...others] = options.filter((option) => wordsOf(option).some((word) => text.includes(word)));
  return others.length === 0 ? only : undefined;
}

export function understandConfirm(raw: string): Understood {
  const text = foldForKeywords(raw);
  const number = parseChoice(raw)?.join();
  if (YES.has(text) || number === '1') return { answer: true };
  if (NO.has(text) || number === '2') return { answer: false };
  return { fault: formPhrases.notYesOrNo };
}

type Worded = Pick<FixedOption, 'label' | 'words'>;

function byNumber(options: readonly FixedOption[], raw: string): FixedOption | undefined {
  const choice = parseChoice(raw);
  const [number] = choice ?? [];
  return choice?.length === 1 && number !== undefined ? options[number - 1] : undefined;
}

const YES: ReadonlySet<string> = new Set([
  '是',
  '是的',
  '对',
  '对的',
  '好',
  '好的',
  '可以',
  '确认',
  '嗯',
  'yes',
  'y',
]);
const NO: ReadonlySet<string> = new Set([
  '否',
  '不',
  '不是',
  '不对',
  '不要',
  '不用',
  '不可以',
  '没有',
  'no',
  'n',
]);
