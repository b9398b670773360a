import { maskIdNumber, maskPersonalNumbers, maskPhone, maskWords } from '../../core/mask-personal.js';
import type { FormAnswer } from '../dialog-state.js';
import { formPhrases } from './form-phrases.js';
import type { FormStep, StepOf } from './form-model.js';

/** An answer as the citizen may see it again: nothing personal in full, wherever it was written. */
export function showAnswer(step: FormStep, answer: FormAnswer | undefined): string {
  if (answer === undefined || answer === null) return formPhrases.skipped;
  if (typeof answer === 'object' && 'value' in answer) return answer.label;
  if (typeof answer === 'object')
    return step.personal || 'mediaId' in answer ? formPhrases.received : placeOf(answer);
  if (step.type === 'phone') return maskPhone(String(answer));
  if (step.type === 'idNumber') return maskIdNumber(String(answer));
  if (step.personal) return step.type === 'text' ? maskWords(String(answer)) : formPhrases.filledIn;
  if (step.type === 'choice') return labelOf(step, answer) ?? String(answer);
  if (typeof answer === 'boolean') return answer ? formPhrases.yes : formPhrases.no;
  return maskPersonalNumbers(String(answer));
}

/** How one of the fixed options is shown. */
export function labelOf({ options }: StepOf<'choice'>, answer: FormAnswer): string | undefined {
  return 'ask' in options ? undefined : options.find(({ value }) => value === answer)?.label;
}

function placeOf({ label }: { label: string }): string {
  return label === '' ? formPhrases.received : label;
}
