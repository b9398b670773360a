import { foldForKeywords } from '../../text/keyword-index.js';
import { parseChoice } from '../../text/numerals.js';
import type { FormFrame } from '../dialog-state.js';
import type { Turn } from '../turn.js';
import type { LiveOption, LiveStep } from './form-model.js';
import { formPhrases } from './form-phrases.js';
import { optionLine, questionOf } from './form-prompt.js';
import { formTurn, type FormTalk } from './form-turn.js';
import { findByWords } from './steps/choice-step.js';

/** What a citizen chose from a list: an option, the next part of the list, or what is no longer offered. */
export type Picked = { option: LiveOption } | 'more' | 'gone';

/** Asks a live step with its options, or with a part of them where there are many. */
export function showOptions(
  talk: FormTalk,
  step: LiveStep,
  options: readonly LiveOption[],
  from = talk.frame.shownFrom ?? 0,
): Turn {
  const first = from < options.length ? from : 0;
  const part = partFrom(options, first);
  const { shownFrom: _, ...kept } = talk.frame;
  const frame: FormFrame = {
    ...kept,
    shown: part.map(({ value }) => value),
    ...(first > 0 && { shownFrom: first }),
  };
  const titles = part.map(describe);
  if (part.length < options.length)
    titles.push(first + part.length < options.length ? formPhrases.more : formPhrases.backToFirst);
  const lines = titles.map((title, index) => optionLine(index + 1, title));
  return formTurn({ ...talk, frame }, questionOf(talk.form, frame, step, lines));
}

/** Asks with the part of the list that follows on the one that was seen; on the last one follows the first. */
export function showMore(talk: FormTalk, step: LiveStep, options: readonly LiveOption[]): Turn {
  const { shown = [], shownFrom = 0 } = talk.frame;
  return showOptions(talk, step, options, shownFrom + shown.length);
}

/** What `words` choose; a number stands for what the citizen saw under it. Undefined: nothing. */
export function pickOption(
  frame: FormFrame,
  options: readonly LiveOption[],
  words: string,
): Picked | undefined {
  const { shown = [] } = frame;
  const text = foldForKeywords(words);
  const choice = parseChoice(words);
  const number = choice?.length === 1 ? choice[0] : undefined;
  const wantsMore = number === shown.length + 1 || MORE_WORDS.has(text);
  if (wantsMore && hasMore(frame, options)) return 'more';
  const value = number === undefined ? undefined : shown[number - 1];
  const option =
    value === undefined ? findByWords(options, text) : options.find((option) => option.value === value);
  if (option !== undefined) return { option };
  return value === undefined ? undefined : 'gone';
}

/** The highest number that the list takes. */
export function highestNumber(frame: FormFrame, options: readonly LiveOption[]): number {
  const { shown = [] } = frame;
  return hasMore(frame, options) ? shown.length + 1 : Math.max(shown.length, 1);
}

function hasMore({ shown = [] }: FormFrame, options: readonly LiveOption[]): boolean {
  return shown.length > 0 && shown.length < options.length;
}

/** As much as is read at a glance: a digit for each, and in one message with the question. */
const MOST_OPTIONS = 9;
/** In bytes of UTF-8. */
const LONGEST_LIST = 900;

function partFrom(options: readonly LiveOption[], first: number): readonly LiveOption[] {
  let bytes = 0;
  const part = options.slice(first, first + MOST_OPTIONS);
  const tooMuch = part.findIndex((option, index) => {
    bytes += Buffer.byteLength(describe(option));
    return index > 0 && bytes > LONGEST_LIST;
  });
  return tooMuch < 0 ? part : part.slice(0, tooMuch);
}

const MORE_WORDS: ReadonlySet<string> = new Set(['更多', '下一页', '还有吗', '还有呢', '回到开头']);

function describe({ label, note, disabled }: LiveOption): string {
  const behind = disabled ?? note;
  return behind === undefined ? label : formPhrases.noted(label, behind);
}
