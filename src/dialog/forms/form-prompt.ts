import type { FormFrame } from '../dialog-state.js';
import { personalSteps, type CompiledForm } from './compile-form.js';
import { answerTo, stepAt, stepsOf } from './form-places.js';
import type { FormStep } from './form-model.js';
import { formPhrases } from './form-phrases.js';
import { fillIn, paragraphs } from './form-turn.js';
import { showAnswer } from './show-answer.js';

/** What is asked where the form stands, with the keys that work there; of a live step, without its options. */
export function promptOf(form: CompiledForm, frame: FormFrame): string {
  switch (frame.stage) {
    case 'resume':
      return `${formPhrases.resume(form.title)}\n\n${formPhrases.resumeKeys}`;
    case 'consent':
      return paragraphs(privacyNotice(form, frame), formPhrases.askConsent, formPhrases.keys);
    case 'review':
      return paragraphs(reviewOf(form, frame), formPhrases.reviewKeys);
    case 'ask':
      break;
  }
  const step = stepAt(form, frame);
  return step === undefined ? '' : questionOf(form, frame, step, fixedOptionsOf(step));
}

/** The question of a step, above the lines of what can be chosen. */
export function questionOf(
  form: CompiledForm,
  frame: FormFrame,
  step: FormStep,
  options: readonly string[],
): string {
  const answer = answerTo(frame, step);
  const steps = stepsOf(form, frame);
  const progress = formPhrases.progress(steps.findIndex(({ key }) => key === step.key) + 1, steps.length);
  const lines = [
    `${progress}${step.question}`,
    ...(answer === undefined || answer === null ? [] : [formPhrases.current(showAnswer(step, answer))]),
    ...options,
  ];
  return paragraphs(lines.join('\n'), step.optional ? formPhrases.keysOptional : formPhrases.keys);
}

export function optionLine(number: number, shown: string): string {
  return `【${number}】${shown}`;
}

function fixedOptionsOf(step: FormStep): string[] {
  return labelsOf(step).map((label, index) => optionLine(index + 1, label));
}

function labelsOf(step: FormStep): string[] {
  if (step.type === 'confirm') return [formPhrases.yes, formPhrases.no];
  if (step.type !== 'choice' || 'ask' in step.options) return [];
  return step.options.map(({ label }) => label);
}

function privacyNotice(form: CompiledForm, frame: FormFrame): string {
  const { privacy } = form;
  if (privacy === undefined) return '';
  const { collector, purpose, retentionDays: days, rights } = privacy;
  const fields = personalSteps(stepsOf(form, frame))
    .map(({ label }) => label)
    .join('、');
  return formPhrases.notice({ collector, purpose, fields, days, rights });
}

function reviewOf(form: CompiledForm, frame: FormFrame): string {
  const lines = stepsOf(form, frame).map((step, index) =>
    optionLine(index + 1, `${step.label}：${showAnswer(step, answerTo(frame, step))}`),
  );
  const above = form.review && fillIn(form.review, frame.facts ?? {});
  return [above ?? formPhrases.review(form.title), ...lines].join('\n');
}
