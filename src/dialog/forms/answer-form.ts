import type { CitizenInput } from '../../core/messages.js';
import { foldForKeywords } from '../../text/keyword-index.js';
import { normaliseText } from '../../text/normalise.js';
import { parseChoice } from '../../text/numerals.js';
import { repliesAt, textReply } from '../answer.js';
import { findCommand, type Command } from '../commands.js';
import type { FormAnswer, FormFrame } from '../dialog-state.js';
import type { Step } from '../request.js';
import type { Turn, Visit } from '../turn.js';
import type { CompiledForm } from './compile-form.js';
import { goTo, paragraphs, placeBefore, proceed, promptOf, renew, stepAt } from './form-flow.js';
import type { FormStep } from './form-model.js';
import { formPhrases } from './form-phrases.js';
import { addText, closingTurn, formTurn, holdsAnswers, keepDraft } from './form-turn.js';
import { startForm } from './open-form.js';
import { submitForm } from './submit-form.js';
import { understandAnswer, wordsOf } from './understand-answer.js';

/**
 * Answers an input that goes into the open form, which alone owns it: only `#` and 取消 have a meaning of their own
 * everywhere in it.
 */
export function answerForm(visit: Visit, frame: FormFrame, input: CitizenInput): Step {
  const form = visit.release.forms.byId.get(frame.form);
  if (form === undefined) return closeUnknown(visit, frame);
  const words = wordsOf(input);
  const command = words === undefined ? undefined : commandIn(words);
  const talk: Talk = { visit, form, frame, input, words, command };
  if (command === 'cancel') return leave(talk);
  if (frame.isLost === true) return startForm(visit, form, undefined, formPhrases.lost);
  if (frame.version !== form.version && frame.stage !== 'resume') return goOn(talk);
  if (command === 'back') return stepBack(talk);
  if (command === 'handoff' && hasMissedOften(frame)) return handOff(talk);
  switch (frame.stage) {
    case 'resume':
      return answerResume(talk);
    case 'consent':
      return answerConsent(talk);
    case 'review':
      return answerReview(talk);
    case 'ask':
      break;
  }
  const step = stepAt(form, frame);
  return step === undefined ? proceed(visit, form, frame) : answerStep(talk, step);
}

/** One input, and the form that it goes into. */
interface Talk {
  visit: Visit;
  form: CompiledForm;
  frame: FormFrame;
  input: CitizenInput;
  /** What was said; undefined for a picture, a place and the like. */
  words: string | undefined;
  command: Command | undefined;
}

/** After so many answers in a row that could not be used, the citizen is offered a way out. */
const PATIENCE = 3;

/** As the dialog outside understands it: `0` is the main menu. */
function commandIn(words: string): Command | undefined {
  const text = normaliseText(words);
  return findCommand(text) ?? (text === '0' ? 'mainMenu' : undefined);
}

function hasMissedOften({ misses = 0 }: FormFrame): boolean {
  return misses >= PATIENCE;
}

function closeUnknown(visit: Visit, frame: FormFrame): Turn {
  const text = paragraphs(formPhrases.gone, formPhrases.afterLeaving);
  return closingTurn(visit, frame, [textReply(text)], visit.drafts);
}

function leave({ visit, form, frame }: Talk, because = ''): Turn {
  const drafts = keepDraft(visit.drafts, form, frame, visit.now);
  const { title, draftDays, words } = form;
  const left = holdsAnswers(frame)
    ? formPhrases.left(title, draftDays, words[0] ?? title)
    : formPhrases.leftEmpty(title);
  const text = paragraphs(because, left, formPhrases.afterLeaving);
  return closingTurn(visit, frame, [textReply(text)], drafts);
}

function handOff({ visit, form, frame }: Talk): Turn {
  const { release, now, drafts } = visit;
  const answer = release.replies.get(release.content.settings.handoff)?.answer;
  const text = holdsAnswers(frame)
    ? formPhrases.setAside(form.title, form.words[0] ?? form.title)
    : formPhrases.leftEmpty(form.title);
  const replies = addText(answer === undefined ? [] : repliesAt(answer, now), text);
  return closingTurn(visit, frame, replies, keepDraft(drafts, form, frame, now));
}

/** Goes on with the answers so far; says so if the form has changed since they were given. */
function goOn({ visit, form, frame }: Talk): Turn {
  if (frame.version === form.version) return proceed(visit, form, frame);
  return proceed(visit, form, renew(form, frame, visit.now), formPhrases.changed(form.title));
}

function stepBack({ visit, form, frame }: Talk): Turn {
  const before = placeBefore(form, frame);
  if (before === null)
    return formTurn(visit, frame, paragraphs(formPhrases.firstStep, promptOf(form, frame)));
  return goTo(visit, form, frame, before);
}

function answerResume(talk: Talk): Turn {
  const { visit, form, words = '' } = talk;
  const text = foldForKeywords(words);
  const number = parseChoice(words)?.join();
  if (number === '1' || GO_ON.has(text)) return goOn(talk);
  if (number === '2' || BEGIN_ANEW.has(text)) return startForm(visit, form);
  return miss(talk, formPhrases.resumeFault);
}

function answerConsent(talk: Talk): Turn {
  const { visit, form, frame, words = '' } = talk;
  const text = foldForKeywords(words);
  const consent = { notice: form.notice, agreed: AGREE.has(text), at: visit.now };
  if (consent.agreed) return proceed(visit, form, { ...frame, consent });
  if (!DISAGREE.has(text)) return miss(talk, wayOut(talk) ?? '');
  const { consent: _consent, ...withoutConsent } = frame;
  const personal = form.steps.filter((step) => step.personal);
  const answers = { ...frame.answers, ...Object.fromEntries(personal.map(({ key }) => [key, null])) };
  if (personal.some(({ optional }) => !optional)) {
    const kept = Object.entries(frame.answers).filter(([key]) => !personal.some((step) => step.key === key));
    const bare = { ...withoutConsent, answers: Object.fromEntries(kept) };
    return leave({ ...talk, frame: bare }, formPhrases.refusedRequired);
  }
  return proceed(visit, form, { ...frame, answers, consent }, formPhrases.refusedOptional);
}

function answerReview(talk: Talk): Step {
  const { visit, form, frame, words = '' } = talk;
  if (SUBMIT.has(foldForKeywords(words))) return submitForm(visit, form, frame);
  const [number, ...more] = parseChoice(words) ?? [];
  if (number === undefined || more.length > 0 || number === 0)
    return miss(talk, wayOut(talk) ?? formPhrases.reviewFault);
  const step = form.steps[number - 1];
  if (step === undefined) return miss(talk, formPhrases.noSuchItem(number));
  // Refused before, so the consent has to come first.
  if (step.personal && frame.consent?.agreed !== true) return proceed(visit, form, without(frame, step));
  return goTo(visit, form, frame, { stage: 'ask', step });
}

function answerStep(talk: Talk, step: FormStep): Turn {
  const { visit, input, words, command } = talk;
  const isSkip = words !== undefined && SKIP.has(foldForKeywords(words));
  if (isSkip && step.optional) return keepAnswer(talk, step, null);
  const understood = understandAnswer(step, input, visit.now);
  const isAnswer = 'answer' in understood && !(step.type === 'text' && command !== undefined);
  if (isAnswer) return keepAnswer(talk, step, understood.answer);
  const out = wayOut(talk);
  if (out !== undefined) return sayAgain(talk, out);
  if (isSkip) return miss(talk, formPhrases.cannotSkip);
  return miss(
    talk,
    'fault' in understood ? paragraphs(understood.fault, step.help ?? '') : (step.help ?? ''),
  );
}

function keepAnswer({ visit, form, frame }: Talk, step: FormStep, answer: FormAnswer): Turn {
  return proceed(visit, form, { ...frame, answers: { ...frame.answers, [step.key]: answer } });
}

/** What is said to those who look for the way out of the form, or for help with it. */
function wayOut({ form, frame, command }: Talk): string | undefined {
  if (command === 'mainMenu' || command === 'handoff') return formPhrases.howToLeave(form.title);
  return command === 'help' ? (stepAt(form, frame)?.help ?? formPhrases.howToLeave(form.title)) : undefined;
}

function sayAgain({ visit, form, frame }: Talk, sentence: string): Turn {
  return formTurn(visit, frame, paragraphs(sentence, promptOf(form, frame)));
}

/** Asks again, and offers a way out once it has been tried often enough. */
function miss(talk: Talk, sentence: string): Turn {
  const frame = { ...talk.frame, misses: Math.min((talk.frame.misses ?? 0) + 1, PATIENCE) };
  const said = paragraphs(sentence, hasMissedOften(frame) ? formPhrases.stuck : '');
  return sayAgain({ ...talk, frame }, said);
}

function without(frame: FormFrame, { key }: FormStep): FormFrame {
  return {
    ...frame,
    answers: Object.fromEntries(Object.entries(frame.answers).filter(([own]) => own !== key)),
  };
}

const setOf = (...words: string[]): ReadonlySet<string> => new Set(words);

const SKIP = setOf('跳过', '不填', '略过', '没有', '无');
const GO_ON = setOf('接着', '接着填', '继续', '继续填', '是', '好', '好的');
const BEGIN_ANEW = setOf('重新', '重新填', '重填', '重来', '否', '不');
const AGREE = setOf('同意', '我同意', '同意的');
const DISAGREE = setOf('不同意', '我不同意', '拒绝', '不');
const SUBMIT = setOf('确认', '确认提交', '提交', '确定');
