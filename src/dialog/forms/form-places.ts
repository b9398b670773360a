import type { FormAnswer, FormFrame } from '../dialog-state.js';
import { nameNotice, type CompiledForm } from './compile-form.js';
import { isLive, type FormStep } from './form-model.js';
import type { FormPlace } from './form-turn.js';

/** The steps of a form as it stands: each with those that its request brought along behind it, while it is answered. */
export function stepsOf({ steps }: CompiledForm, frame: FormFrame): readonly FormStep[] {
  const { brought } = frame;
  if (brought === undefined) return steps;
  return steps.flatMap((step) => [step, ...(isAnswered(frame, step) ? broughtBy(frame, step) : [])]);
}

/** What the request of a step has brought along, whether it is still answered or not. */
export function broughtBy({ brought = {} }: FormFrame, { key }: FormStep): readonly FormStep[] {
  return (Object.hasOwn(brought, key) ? brought[key] : undefined) ?? [];
}

/** Which privacy notice holds for the form as it stands. */
export function noticeOf(form: CompiledForm, frame: FormFrame): string {
  return frame.brought === undefined ? form.notice : nameNotice(form, stepsOf(form, frame));
}

/** What is missing first. Nothing personal is asked, and nothing personal is submitted, without consent. */
export function nextPlace(form: CompiledForm, frame: FormFrame): FormPlace {
  const agreed = hasAgreed(form, frame);
  for (const step of stepsOf(form, frame)) {
    const answer = answerTo(frame, step);
    if (step.personal && !agreed && answer !== null) return { stage: 'consent' };
    if (answer === undefined) return { stage: 'ask', step };
  }
  return { stage: 'review' };
}

/**
 * The place before this one; null: there is none. Steps that were refused, and those that had one option only, are
 * passed over.
 */
export function placeBefore(form: CompiledForm, frame: FormFrame): FormPlace | null {
  if (frame.stage === 'ask' && nextPlace(form, frame).stage === 'review') return { stage: 'review' };
  const agreed = hasAgreed(form, frame);
  const askable = stepsOf(form, frame).filter(
    ({ key, personal }) =>
      key === frame.step || ((!personal || agreed) && frame.onlyOne?.includes(key) !== true),
  );
  const index = indexOfPlace(askable, form, frame);
  const step = askable[index - 1];
  return step === undefined ? null : { stage: 'ask', step };
}

/** The step that is being asked; undefined elsewhere. */
export function stepAt(form: CompiledForm, frame: FormFrame): FormStep | undefined {
  return frame.stage === 'ask' ? stepsOf(form, frame).find(({ key }) => key === frame.step) : undefined;
}

/** What was answered to a step; undefined: nothing yet. */
export function answerTo({ answers }: FormFrame, { key }: FormStep): FormAnswer | undefined {
  return Object.hasOwn(answers, key) ? answers[key] : undefined;
}

/** Whether a step was answered, and not passed over. */
export function isAnswered(frame: FormFrame, step: FormStep): boolean {
  const answer = answerTo(frame, step);
  return answer !== undefined && answer !== null;
}

/** The frame with an answer. Where it is another one than before, what later steps offered may be no more. */
export function withAnswer(
  form: CompiledForm,
  frame: FormFrame,
  step: FormStep,
  answer: FormAnswer,
): FormFrame {
  const before = answerTo(frame, step);
  const isSame = before !== undefined && valueOf(before) === valueOf(answer);
  const { answers, ...kept } = isSame ? frame : withoutOffered(form, frame, step);
  const onlyOne = kept.onlyOne?.filter((key) => key !== step.key);
  return { ...kept, ...(onlyOne && { onlyOne }), answers: { ...answers, [step.key]: answer } };
}

/** The frame as if the step had not been answered. */
export function withoutAnswer(frame: FormFrame, step: FormStep): FormFrame {
  const answers = Object.entries(frame.answers).filter(([key]) => key !== step.key);
  return { ...frame, answers: Object.fromEntries(answers) };
}

/** The frame as if the step, and what was offered because of it, had not been answered. */
export function withoutOffered(form: CompiledForm, frame: FormFrame, step: FormStep): FormFrame {
  const steps = stepsOf(form, frame);
  const position = steps.findIndex(({ key }) => key === step.key);
  const later = steps.slice(position + 1).filter(isLive);
  return later.reduce(withoutAnswer, withoutAnswer(frame, step));
}

export function hasAgreed(form: CompiledForm, frame: FormFrame): boolean {
  return frame.consent?.agreed === true && frame.consent.notice === noticeOf(form, frame);
}

/** An answer as services get it. */
export function valueOf(answer: FormAnswer): FormAnswer {
  return answer !== null && typeof answer === 'object' && 'value' in answer ? answer.value : answer;
}

function indexOfPlace(askable: readonly FormStep[], form: CompiledForm, frame: FormFrame): number {
  if (frame.stage === 'ask') return askable.findIndex(({ key }) => key === frame.step);
  if (frame.stage === 'review') return askable.length;
  if (frame.stage === 'resume') return 0;
  const steps = stepsOf(form, frame);
  const firstPersonal = steps.findIndex(({ personal }) => personal);
  return askable.filter((step) => steps.indexOf(step) < firstPersonal).length;
}
