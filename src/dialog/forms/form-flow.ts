import { textReply } from '../answer.js';
import type { FormAnswer } from '../dialog-state.js';
import type { Asking, RequestOutcome, Step } from '../request.js';
import type { Turn } from '../turn.js';
import { askOptions, askOnAnswer, hasRequest, requestOf, type Offer } from './form-request.js';
import { isLive, type FormStep, type LiveStep } from './form-model.js';
import { formPhrases } from './form-phrases.js';
import { nextPlace, stepsOf, withAnswer, withoutAnswer } from './form-places.js';
import { promptOf } from './form-prompt.js';
import {
  closingTurn,
  fillIn,
  formTurn,
  moveTo,
  paragraphs,
  type FormPlace,
  type FormTalk,
} from './form-turn.js';
import { showOptions } from './option-list.js';

/** Goes to what is missing first: an answer, the consent, at last the review, or the submission where there is none. */
export function proceed(talk: FormTalk): Step {
  const { form, frame } = talk;
  const place = nextPlace(form, frame);
  const isReviewed = form.reviewed && form.steps.length > 0;
  if (place.stage === 'review' && !isReviewed) return submitForm(talk);
  if (place.stage !== 'ask' || place.step === undefined || !isLive(place.step)) return goTo(talk, place);
  const { step } = place;
  const moved = { ...talk, frame: moveTo(frame, place) };
  return askOptions(moved, step, (offer) => answerAlone(moved, step, offer) ?? showOffer(moved, step, offer));
}

/** Asks what belongs to a place, though there be one option only. */
export function goTo(talk: FormTalk, place: FormPlace): Step {
  return askHere({ ...talk, frame: moveTo(talk.frame, place) }, place.step);
}

/** Asks again what is asked where the form stands; `step` is the one that is being asked. */
export function askHere(talk: FormTalk, step: FormStep | undefined): Step {
  if (step === undefined || !isLive(step)) return formTurn(talk, promptOf(talk.form, talk.frame));
  return askOptions(talk, step, (offer) => showOffer(talk, step, offer));
}

/** Asks a live step as far as its service knows what can be chosen. Where that is nothing, the form closes. */
export function showOffer(talk: FormTalk, step: LiveStep, offer: Offer): Turn {
  if (offer === undefined) return formTurn(talk, formPhrases.noOptionsNow);
  if ('options' in offer) return showOptions(talk, step, offer.options);
  return closeSaying(talk, paragraphs(talk.said ?? '', offer.nothing));
}

/** Takes an answer, does what follows on it, and goes on. */
export function keepAnswer(talk: FormTalk, step: FormStep, answer: FormAnswer): Step {
  const answered = { ...talk, frame: withAnswer(talk.form, talk.frame, step, answer) };
  if (!hasRequest(step) || answer === null) return proceed(answered);
  return askOnAnswer(answered, step, {
    done: proceed,
    refused: (refused) =>
      goTo({ ...refused, frame: withoutAnswer(refused.frame, step) }, { stage: 'ask', step }),
  });
}

/** Asks the form's service to take what was filled in. Accepted: the form closes; refused: mostly it stays open. */
export function submitForm(talk: FormTalk): Asking {
  return {
    request: requestOf(talk.form.submit, talk, true),
    resume: (outcome) => conclude(talk, outcome),
  };
}

/**
 * The only option there is, taken for the citizen and mentioned, if not in the review that comes next. Where something
 * is done about it at once, the citizen is asked.
 */
function answerAlone(talk: FormTalk, step: LiveStep, offer: Offer): Step | undefined {
  if (step.onAnswer !== undefined) return undefined;
  const [only, ...others] = offer !== undefined && 'options' in offer ? offer.options : [];
  if (only === undefined || others.length > 0 || only.disabled !== undefined || only.opens !== undefined)
    return undefined;
  const { value, label } = only;
  const frame = withAnswer(talk.form, talk.frame, step, { value, label });
  const isShownNext = nextPlace(talk.form, frame).stage === 'review';
  const mention = isShownNext ? '' : formPhrases.onlyOne(step.label, label);
  const said = paragraphs(talk.said ?? '', mention);
  return proceed({ ...talk, said, frame: { ...frame, onlyOne: [...(frame.onlyOne ?? []), step.key] } });
}

function conclude(talk: FormTalk, outcome: RequestOutcome): Step {
  const { form, frame } = talk;
  switch (outcome.kind) {
    case 'done':
      return closeSaying(talk, fillIn(form.done, outcome.facts));
    case 'refused':
      return takeRefusal(talk, outcome);
    case 'unavailable':
      break;
  }
  return frame.stage === 'review'
    ? formTurn({ ...talk, said: '' }, formPhrases.unavailable)
    : closeSaying(talk, formPhrases.notSubmittedNow);
}

function takeRefusal(talk: FormTalk, { code, sentence }: { code: string; sentence: string }): Step {
  const { form, frame } = talk;
  const step = stepsOf(form, frame).find(({ asksAgainOn }) => asksAgainOn.includes(code));
  const told = { ...talk, said: sentence };
  if (step !== undefined) return goTo({ ...told, frame: withoutAnswer(frame, step) }, { stage: 'ask', step });
  const staysOpen = frame.stage === 'review' && form.draftDays > 0;
  return staysOpen ? formTurn(told, formPhrases.refused) : closeSaying(talk, sentence);
}

function closeSaying(talk: FormTalk, sentence: string): Turn {
  return closingTurn(talk, [textReply(paragraphs(sentence, formPhrases.afterLeaving))]);
}
