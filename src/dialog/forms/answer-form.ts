import type { CitizenInput } from '../../core/messages.js';
import { foldForKeywords } from '../../text/keyword-index.js';
import { normaliseText } from '../../text/normalise.js';
import { parseChoice } from '../../text/numerals.js';
import { repliesAt, textReply } from '../answer.js';
import { findCommand, type Command } from '../commands.js';
import type { FormFrame } from '../dialog-state.js';
import type { Step } from '../request.js';
import type { Turn, Visit } from '../turn.js';
import { personalSteps } from './compile-form.js';
import { answerStep, hasMissedOften, miss, undoFirst, wayOut, type Talk } from './answer-step.js';
import { askHere, goTo, proceed, submitForm } from './form-flow.js';
import { formPhrases } from './form-phrases.js';
import { noticeOf, placeBefore, stepAt, stepsOf, withoutAnswer } from './form-places.js';
import { addText, closingTurn, isWorthKeeping, keepDraft, paragraphs } from './form-turn.js';
import { startForm } from './open-form.js';
import { renewForm } from './renew-form.js';
import { wordsOf } from './understand-answer.js';

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
  if (frame.isLost === true) return startForm(visit, form, { said: formPhrases.lost });
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
  return step === undefined ? proceed(talk) : answerStep(talk, step);
}

/** As the dialog outside understands it: `0` is the main menu. */
function commandIn(words: string): Command | undefined {
  const text = normaliseText(words);
  return findCommand(text) ?? (text === '0' ? 'mainMenu' : undefined);
}

function closeUnknown(visit: Visit, frame: FormFrame): Turn {
  const text = paragraphs(formPhrases.gone, formPhrases.afterLeaving);
  return closingTurn({ visit, frame }, [textReply(text)]);
}

function leave(talk: Talk, because = ''): Step {
  const { visit, form, frame } = talk;
  const text = paragraphs(because, howLeft(talk), formPhrases.afterLeaving);
  const drafts = keepDraft(visit.drafts, form, frame, visit.now);
  return undoFirst(talk, closingTurn(talk, [textReply(text)], drafts));
}

function howLeft({ form, frame }: Talk): string {
  const { title, draftDays, words, left } = form;
  if (left !== undefined) return left;
  return isWorthKeeping(form, frame)
    ? formPhrases.left(title, draftDays, words[0] ?? title)
    : formPhrases.leftEmpty(title);
}

function handOff(talk: Talk): Step {
  const { visit, form, frame } = talk;
  const { release, now, drafts } = visit;
  const answer = release.replies.get(release.content.settings.handoff)?.answer;
  const text = isWorthKeeping(form, frame)
    ? formPhrases.setAside(form.title, form.words[0] ?? form.title)
    : formPhrases.leftEmpty(form.title);
  const replies = addText(answer === undefined ? [] : repliesAt(answer, now), text);
  return undoFirst(talk, closingTurn(talk, replies, keepDraft(drafts, form, frame, now)));
}

/** Goes on with the answers so far; says so if the form has changed since they were given. */
function goOn(talk: Talk): Step {
  const { form, frame } = talk;
  const said = frame.version === form.version ? '' : formPhrases.changed(form.title);
  return renewForm({ ...talk, said }, proceed);
}

function stepBack(talk: Talk): Step {
  const { form, frame } = talk;
  const before = placeBefore(form, frame);
  if (before !== null) return goTo(talk, before);
  return askHere({ ...talk, said: formPhrases.firstStep }, stepAt(form, frame));
}

function answerResume(talk: Talk): Step {
  const { visit, form, words = '' } = talk;
  const text = foldForKeywords(words);
  const number = parseChoice(words)?.join();
  if (number === '1' || GO_ON.has(text)) return goOn(talk);
  if (number === '2' || BEGIN_ANEW.has(text)) return startForm(visit, form);
  return miss(talk, formPhrases.resumeFault);
}

function answerConsent(talk: Talk): Step {
  const { visit, form, frame, words = '' } = talk;
  const text = foldForKeywords(words);
  const consent = { notice: noticeOf(form, frame), agreed: AGREE.has(text), at: visit.now };
  if (consent.agreed) return proceed({ ...talk, frame: { ...frame, consent } });
  if (!DISAGREE.has(text)) return miss(talk, wayOut(talk) ?? '');
  const { consent: _consent, ...withoutConsent } = frame;
  const personal = personalSteps(stepsOf(form, frame));
  if (personal.some(({ optional }) => !optional)) {
    const bare = personal.reduce(withoutAnswer, withoutConsent);
    return leave({ ...talk, frame: bare }, formPhrases.refusedRequired);
  }
  const answers = { ...frame.answers, ...Object.fromEntries(personal.map(({ key }) => [key, null])) };
  return proceed({
    ...talk,
    frame: { ...withoutConsent, answers, consent },
    said: formPhrases.refusedOptional,
  });
}

function answerReview(talk: Talk): Step {
  const { form, frame, words = '' } = talk;
  if (SUBMIT.has(foldForKeywords(words))) return submitForm(talk);
  const [number, ...more] = parseChoice(words) ?? [];
  if (number === undefined || more.length > 0 || number === 0)
    return miss(talk, wayOut(talk) ?? formPhrases.reviewFault);
  const step = stepsOf(form, frame)[number - 1];
  if (step === undefined) return miss(talk, formPhrases.noSuchItem(number));
  // Refused before, so the consent has to come first.
  if (step.personal && frame.consent?.agreed !== true)
    return proceed({ ...talk, frame: withoutAnswer(frame, step) });
  return goTo(talk, { stage: 'ask', step });
}

const setOf = (...words: string[]): ReadonlySet<string> => new Set(words);

const GO_ON = setOf('接着', '接着填', '继续', '继续填', '是', '好', '好的');
const BEGIN_ANEW = setOf('重新', '重新填', '重填', '重来', '否', '不');
const AGREE = setOf('同意', '我同意', '同意的');
const DISAGREE = setOf('不同意', '我不同意', '拒绝', '不');
const SUBMIT = setOf('确认', '确认提交', '提交', '确定');
