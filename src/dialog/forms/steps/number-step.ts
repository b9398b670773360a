import { parseChoice } from '../../../text/numerals.js';
import { formPhrases } from '../form-phrases.js';
import type { StepOf } from '../form-model.js';
import type { Understood } from '../understand-answer.js';

/** A number in digits or in Chinese numerals, with thousands separators and a measure word or without. */
export function understandNumber(step: StepOf<'number'>, raw: string): Understood {
  const number = parseNumber(raw);
  if (number === undefined) return { fault: formPhrases.notNumber };
  if (step.integer && !Number.isInteger(number)) return { fault: formPhrases.notInteger };
  if (number < step.min || number > step.max) return { fault: formPhrases.outOfRange(step.min, step.max) };
  return { answer: number };
}

function parseNumber(raw: string): number | undefined {
  const text = raw.normalize('NFKC').trim();
  const digits = WRITTEN_IN_DIGITS.exec(text)?.[1]?.replaceAll(',', '');
  if (digits !== undefined) return Number(digits);
  const choice = parseChoice(text.replace(/[个人位岁元次份张台辆]$/u, ''));
  return choice?.length === 1 ? choice[0] : undefined;
}

/** At most twelve digits: beyond, a number stops being exact, and nobody means it. */
const WRITTEN_IN_DIGITS =
  /^([-−]?(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.\d{1,6})?)\s*[个人位岁元次份张台辆]?[。.]?$/u;
