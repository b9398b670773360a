import type { FormFrame } from '../dialog-state.js';
import type { Decision, Turn, Visit } from '../turn.js';
import { personalSteps, type CompiledForm } from './compile-form.js';
import type { FormStep } from './form-model.js';
import { formPhrases } from './form-phrases.js';
import { formTurn, moveTo, type FormPlace } from './form-turn.js';
import { showAnswer } from './show-answer.js';
import { isStillGood } from './understand-answer.js';

/** Goes to what is missing first: an answer, the consent, at last the review. `said` stands above the question. */
export function proceed(visit: Visit, form: CompiledForm, frame: FormFrame, said = '', why?: Decision): Turn {
  return goTo(visit, form, frame, nextPlace(form, frame), said, why);
}

/** Asks what belongs to a place. */
export function goTo(
  visit: Visit,
  form: CompiledForm,
  frame: FormFrame,
  place: FormPlace,
  said = '',
  why?: Decision,
): Turn {
  const moved = moveTo(frame, place);
  return formTurn(visit, moved, paragraphs(said, promptOf(form, moved)), why);
}

/** What is missing first. Nothing personal is asked, and nothing personal is submitted, without consent. */
export function nextPlace(form: CompiledForm, frame: FormFrame): FormPlace {
  const agreed = hasAgreed(form, frame);
  for (const step of form.steps) {
    const answer = answerTo(frame, step);
    if (step.personal && !agreed && answer !== null) return { stage: 'consent' };
    if (answer === undefined) return { stage: 'ask', step };
  }
  return { stage: 'review' };
}

/** The place before this one; null: there is none. Steps that were refused are passed over. */
export function placeBefore(form: CompiledForm, frame: FormFrame): FormPlace | null {
  if (frame.stage === 'ask' && nextPlace(form, frame).stage === 'review') return { stage: 'review' };
  const askable = form.steps.filter(
    (step) => !step.personal || hasAgreed(form, frame) || step.key === frame.step,
  );
  const step = askable.at(indexOfPlace(askable, form, frame) - 1);
  return indexOfPlace(askable, form, frame) > 0 && step !== undefined ? { stage: 'ask', step } : null;
}

/** What is asked where the form stands, with the keys that work there. */
export function promptOf(form: CompiledForm, frame: FormFrame): string {
  switch (frame.stage) {
    case 'resume':
      return `${formPhrases.resume(form.title)}\n\n${formPhrases.resumeKeys}`;
    case 'consent':
      return paragraphs(noticeOf(form), formPhrases.askConsent, formPhrases.keys);
    case 'review':
      return paragraphs(reviewOf(form, frame), formPhrases.reviewKeys);
    case 'ask':
      break;
  }
  const step = stepAt(form, frame);
  return step === undefined ? '' : questionOf(form, frame, step);
}

/** The step that is being asked; undefined elsewhere. */
export function stepAt({ steps }: CompiledForm, { stage, step }: FormFrame): FormStep | undefined {
  return stage === 'ask' ? steps.find(({ key }) => key === step) : undefined;
}

/** The form as it is now, with those answers of an earlier version that still answer it. */
export function renew(form: CompiledForm, frame: FormFrame, now: number): FormFrame {
  const answers = form.steps.flatMap((step) => {
    const answer = answerTo(frame, step);
    return answer !== undefined && isStillGood(step, answer, now) ? [[step.key, answer] as const] : [];
  });
  return { ...frame, version: form.version, answers: Object.fromEntries(answers) };
}

/** Texts one below the other, with a line between; the empty ones are left out. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

function hasAgreed({ notice }: CompiledForm, { consent }: FormFrame): boolean {
  return consent?.agreed === true && consent.notice === notice;
}

function answerTo({ answers }: FormFrame, { key }: FormStep) {
  return Object.hasOwn(answers, key) ? answers[key] : undefined;
}

function indexOfPlace(askable: readonly FormStep[], form: CompiledForm, frame: FormFrame): number {
  if (frame.stage === 'ask') return askable.findIndex(({ key }) => key === frame.step);
  if (frame.stage === 'review') return askable.length;
  if (frame.stage === 'resume') return 0;
  const firstPersonal = form.steps.findIndex(({ personal }) => personal);
  return form.steps.slice(0, firstPersonal).length;
}

function questionOf(form: CompiledForm, frame: FormFrame, step: FormStep): string {
  const answer = answerTo(frame, step);
  const progress = formPhrases.progress(form.steps.indexOf(step) + 1, form.steps.length);
  const lines = [
    `${progress}${step.question}`,
    ...(answer === undefined || answer === null ? [] : [formPhrases.current(showAnswer(step, answer))]),
    ...optionsOf(step).map((option, index) => `【${index + 1}】${option}`),
  ];
  return paragraphs(lines.join('\n'), step.optional ? formPhrases.keysOptional : formPhrases.keys);
}

function optionsOf(step: FormStep): string[] {
  if (step.type === 'confirm') return [formPhrases.yes, formPhrases.no];
  return step.type === 'choice' ? step.options.map(({ label }) => label) : [];
}

function noticeOf(form: CompiledForm): string {
  const { privacy } = form;
  if (privacy === undefined) return '';
  const { collector, purpose, retentionDays: days, rights } = privacy;
  const fields = personalSteps(form)
    .map(({ label }) => label)
    .join('、');
  return formPhrases.notice({ collector, purpose, fields, days, rights });
}

function reviewOf(form: CompiledForm, frame: FormFrame): string {
  const lines = form.steps.map(
    (step, index) => `【${index + 1}】${step.label}：${showAnswer(step, answerTo(frame, step))}`,
  );
  return [formPhrases.review(form.title), ...lines].join('\n');
}
