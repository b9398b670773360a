import type { FormFrame } from '../dialog-state.js';
import type { Step } from '../request.js';
import { askOptions, askOnAnswer, hasRequest } from './form-request.js';
import { answerTo, isAnswered, stepsOf, withAnswer, withoutOffered } from './form-places.js';
import { isLive, type FormStep, type LiveStep } from './form-model.js';
import type { FormTalk } from './form-turn.js';
import { isStillGood } from './understand-answer.js';

/**
 * Brings a form up to date that was set aside, or whose answers were given to another one: those that do not answer
 * it any more are dropped, and what follows on the others is done anew. Then goes on with `next`.
 */
export function renewForm(talk: FormTalk, next: (talk: FormTalk) => Step): Step {
  const { visit, form, frame } = talk;
  // What was brought along is brought anew; until then nobody knows which of the answers are to it.
  const { brought: _, ...bare } = frame;
  const current: FormFrame = { ...bare, version: form.version };
  const renewed = form.steps.reduce((kept, step) => {
    const answer = answerTo(kept, step);
    const isGood = answer === undefined || isStillGood(step, answer, visit.now);
    return isGood ? kept : withoutOffered(form, kept, step);
  }, current);
  return renewSteps({ ...talk, frame: renewed }, form.steps, (last) => next(withKnownAnswers(last)));
}

function withKnownAnswers(talk: FormTalk): FormTalk {
  const { form, frame } = talk;
  const known = stepsOf(form, frame).flatMap((step) => {
    const answer = answerTo(frame, step);
    return answer === undefined ? [] : [[step.key, answer] as const];
  });
  return { ...talk, frame: { ...frame, answers: Object.fromEntries(known) } };
}

/** One after the other: what a step offers depends on the answers before. */
function renewSteps(talk: FormTalk, steps: readonly FormStep[], next: (talk: FormTalk) => Step): Step {
  const index = steps.findIndex((step) => isAnsweredByService(talk, step));
  const step = steps[index];
  if (step === undefined) return next(talk);
  const goOn = (renewed: FormTalk) => renewSteps(renewed, steps.slice(index + 1), next);
  if (hasRequest(step)) {
    return askOnAnswer(talk, step, { done: goOn, refused: (refused) => goOn(drop(refused, step)) });
  }
  return isLive(step) ? renewLive(talk, step, goOn) : goOn(talk);
}

function renewLive(talk: FormTalk, step: LiveStep, goOn: (talk: FormTalk) => Step): Step {
  const answer = answerTo(talk.frame, step);
  return askOptions(talk, step, (offer) => {
    const options = offer !== undefined && 'options' in offer ? offer.options : [];
    const option = options.find(
      ({ value }) =>
        typeof answer === 'object' && answer !== null && 'value' in answer && value === answer.value,
    );
    if (option === undefined || option.disabled !== undefined || option.opens !== undefined)
      return goOn(drop(talk, step));
    const { value, label } = option;
    return goOn({ ...talk, frame: withAnswer(talk.form, talk.frame, step, { value, label }) });
  });
}

function isAnsweredByService({ frame }: FormTalk, step: FormStep): boolean {
  return isAnswered(frame, step) && (isLive(step) || hasRequest(step));
}

function drop(talk: FormTalk, step: FormStep): FormTalk {
  return { ...talk, frame: withoutOffered(talk.form, talk.frame, step) };
}
