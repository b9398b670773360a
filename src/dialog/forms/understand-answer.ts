import type { CitizenInput } from '../../core/messages.js';
import type { FormAnswer } from '../dialog-state.js';
import { formPhrases } from './form-phrases.js';
import { isLive, type FormStep } from './form-model.js';
import { labelOf } from './show-answer.js';
import { understandChoice, understandConfirm } from './steps/choice-step.js';
import { understandDate } from './steps/date-step.js';
import { understandIdNumber } from './steps/id-number-step.js';
import { understandNumber } from './steps/number-step.js';
import { understandPhone } from './steps/phone-step.js';
import { understandText } from './steps/text-step.js';

/**
 * What a citizen's input says to a step, or a sentence that says what to do instead; it repeats nothing of the input.
 */
export type Understood = { answer: FormAnswer } | { fault: string };

/** `now` in milliseconds since the epoch, UTC. */
export function understandAnswer(step: FormStep, input: CitizenInput, now: number): Understood {
  const understood = understand(step, input, now);
  if ('answer' in understood || step.fault === undefined) return understood;
  return { fault: step.fault };
}

/**
 * Whether an answer that was given to another version of a step, or another day, still answers it. Whether a live step
 * still has the option is for its service to say.
 */
export function isStillGood(step: FormStep, answer: FormAnswer, now: number): boolean {
  if (answer === null) return step.optional;
  if (isLive(step)) return typeof answer === 'object' && 'value' in answer;
  const understood = understand(step, asInput(step, answer), now);
  return 'answer' in understood && isSame(understood.answer, answer);
}

/** What a citizen said in words; undefined for everything else. */
export function wordsOf(input: CitizenInput): string | undefined {
  if (input.kind === 'text') return input.text;
  return input.kind === 'voice' ? input.recognition : undefined;
}

function understand(step: FormStep, input: CitizenInput, now: number): Understood {
  if (step.type === 'image') {
    if (input.kind !== 'image') return { fault: formPhrases.notImage };
    return { answer: { mediaId: input.mediaId, url: input.url } };
  }
  if (step.type === 'location') {
    if (input.kind !== 'location') return { fault: formPhrases.notLocation };
    const { latitude, longitude, label } = input;
    return { answer: { latitude, longitude, label } };
  }
  const words = wordsOf(input);
  if (words === undefined) return { fault: formPhrases.wantsWords };
  switch (step.type) {
    case 'text':
      return understandText(step, words);
    case 'number':
      return understandNumber(step, words);
    case 'date':
      return understandDate(step, words, now);
    case 'choice':
      return understandChoice('ask' in step.options ? [] : step.options, words);
    case 'phone':
      return understandPhone(words);
    case 'idNumber':
      return understandIdNumber(words, now);
    case 'confirm':
      break;
  }
  return understandConfirm(words);
}

/** The input that would have given the answer. */
function asInput(step: FormStep, answer: NonNullable<FormAnswer>): CitizenInput {
  if (typeof answer === 'object') {
    if ('value' in answer) return { kind: 'text', text: answer.label };
    return 'mediaId' in answer ? { kind: 'image', ...answer } : { kind: 'location', ...answer };
  }
  if (step.type === 'choice') return { kind: 'text', text: labelOf(step, answer) ?? '' };
  if (typeof answer === 'boolean') {
    return { kind: 'text', text: answer ? formPhrases.yes : formPhrases.no };
  }
  return { kind: 'text', text: String(answer) };
}

function isSame(one: FormAnswer, other: FormAnswer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
