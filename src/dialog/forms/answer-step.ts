import type { CitizenInput } from '../../core/messages.js';
import { foldForKeywords } from '../../text/keyword-index.js';
import type { Command } from '../commands.js';
import type { FormAnswer, FormFrame } from '../dialog-state.js';
import { askFirst, type Step } from '../request.js';
import { askHere, keepAnswer, showOffer } from './form-flow.js';
import { isLive, type FixedOption, type FormStep, type LiveOption, type LiveStep } from './form-model.js';
import { formPhrases } from './form-phrases.js';
import { stepAt } from './form-places.js';
import { askOptions, requestOf } from './form-request.js';
import { paragraphs, type FormTalk } from './form-turn.js';
import { changeForm } from './open-form.js';
import { highestNumber, pickOption, showMore, showOptions } from './option-list.js';
import { understandAnswer } from './understand-answer.js';

/** One input, and the form that it goes into. */
export interface Talk extends FormTalk {
  readonly input: CitizenInput;
  /** What was said; undefined for a picture, a place and the like. */
  readonly words: string | undefined;
  readonly command: Command | undefined;
  /** Of a live step: what can be chosen now, once it is known. */
  readonly options?: readonly LiveOption[];
}

/** Takes the answer to the step that is being asked, or says what to do instead. */
export function answerStep(talk: Talk, step: FormStep): Step {
  if (!isLive(step)) return answerFixed(talk, step);
  return askOptions(talk, step, (offer) =>
    offer !== undefined && 'options' in offer
      ? answerLive({ ...talk, options: offer.options }, step, offer.options)
      : showOffer(talk, step, offer),
  );
}

/** Asks again, and offers a way out once it has been tried often enough. */
export function miss(talk: Talk, sentence: string): Step {
  const frame = { ...talk.frame, misses: Math.min((talk.frame.misses ?? 0) + 1, PATIENCE) };
  const said = paragraphs(sentence, hasMissedOften(frame) ? formPhrases.stuck : '');
  return sayAgain({ ...talk, frame }, said);
}

export function hasMissedOften({ misses = 0 }: FormFrame): boolean {
  return misses >= PATIENCE;
}

/** What is said to those who look for the way out of the form, or for help with it. */
export function wayOut({ form, frame, command }: Talk): string | undefined {
  if (command === 'mainMenu' || command === 'handoff') return formPhrases.howToLeave(form.title);
  return command === 'help' ? (stepAt(form, frame)?.help ?? formPhrases.howToLeave(form.title)) : undefined;
}

/** The step, after what its steps have done was undone: the form is left for good. */
export function undoFirst(talk: FormTalk, next: Step): Step {
  const { leave } = talk.form;
  if (leave === undefined || talk.frame.facts === undefined) return next;
  // What cannot be undone now lapses by itself; nobody has to wait for it.
  return askFirst(requestOf(leave, talk, false), next);
}

/** After so many answers in a row that could not be used, the citizen is offered a way out. */
const PATIENCE = 3;

function answerFixed(talk: Talk, step: FormStep): Step {
  const { visit, input, command } = talk;
  if (isSkip(talk) && step.optional) return keepAnswer(talk, step, null);
  const understood = understandAnswer(step, input, visit.now);
  const isAnswer = 'answer' in understood && !(step.type === 'text' && command !== undefined);
  if (isAnswer) return choose(talk, step, understood.answer, fixedOption(step, understood.answer));
  const fault = 'fault' in understood ? paragraphs(understood.fault, step.help ?? '') : (step.help ?? '');
  return askBetter(talk, fault);
}

function answerLive(talk: Talk, step: LiveStep, options: readonly LiveOption[]): Step {
  const { frame, words } = talk;
  if (isSkip(talk) && step.optional) return keepAnswer(talk, step, null);
  const picked = words === undefined ? undefined : pickOption(frame, options, words);
  if (picked === 'more') return showMore(talk, step, options);
  if (picked === 'gone') return sayAgain(talk, formPhrases.noLongerThere);
  if (picked === undefined) {
    const fault =
      words === undefined ? formPhrases.wantsWords : formPhrases.notChoice(highestNumber(frame, options));
    return askBetter(talk, paragraphs(step.fault ?? fault, step.help ?? ''));
  }
  const { value, label, disabled } = picked.option;
  if (disabled !== undefined) return sayAgain(talk, formPhrases.notToBeHad(label, disabled));
  return choose(talk, step, { value, label }, picked.option);
}

/** Keeps the answer, unless what was chosen leads to another form. */
function choose(talk: Talk, step: FormStep, answer: FormAnswer, option: FixedOption | undefined): Step {
  const other = option?.opens === undefined ? undefined : talk.visit.release.forms.byId.get(option.opens);
  if (other === undefined) return keepAnswer(talk, step, answer);
  const frame = { ...talk.frame, answers: { ...talk.frame.answers, [step.key]: answer } };
  return undoFirst(talk, changeForm({ ...talk, frame }, other));
}

function fixedOption(step: FormStep, answer: FormAnswer): FixedOption | undefined {
  if (step.type !== 'choice' || 'ask' in step.options) return undefined;
  return step.options.find(({ value }) => value === answer);
}

function askBetter(talk: Talk, fault: string): Step {
  const out = wayOut(talk);
  if (out !== undefined) return sayAgain(talk, out);
  return miss(talk, isSkip(talk) ? formPhrases.cannotSkip : fault);
}

function isSkip({ words }: Talk): boolean {
  return words !== undefined && SKIP.has(foldForKeywords(words));
}

function sayAgain(talk: Talk, said: string): Step {
  const { form, frame, options } = talk;
  const step = stepAt(form, frame);
  const again = { ...talk, said };
  return options !== undefined && step !== undefined && isLive(step)
    ? showOptions(again, step, options)
    : askHere(again, step);
}

const SKIP: ReadonlySet<string> = new Set(['跳过', '不填', '略过', '没有', '无']);
