import type { CitizenInput } from '../core/messages.js';
import { parseChoice } from '../text/numerals.js';
import { answerFeedback } from './answer-feedback.js';
import { answerDigitByDigit, answerListed, refuseChoice } from './answer-choice.js';
import { answerWhole } from './understanding/answer-keyword.js';
import { readQuery, type Query } from './understanding/query.js';
import { understand } from './understanding/understand.js';
import { textReply } from './answer.js';
import { parseButtonKey } from './button-key.js';
import { findCommand, type Command } from './commands.js';
import { initialState, type DialogState, type Pace } from './dialog-state.js';
import { answerEmergency, askWhetherInDanger } from './emergency/answer-emergency.js';
import { countMessage, refuseHaste } from './pace.js';
import { phrases } from './phrases.js';
import { answerForm } from './forms/answer-form.js';
import { afterForm, setFormAside } from './forms/form-around.js';
import type { Release } from './release.js';
import { changeTurn, type Step } from './request.js';
import { giveReply, nearestList, openPlace, openTarget, showListOf, stay } from './turn.js';
import type { Decision, Turn, Visit } from './turn.js';

export type { Decision, Turn } from './turn.js';

/**
 * One step of the dialog: what a citizen did, answered from a release, and where that leaves the citizen; or what is
 * to be asked of a service first.
 * Pure and total: no clock, no I/O, never throws, whatever the text and the state.
 * `now` is in milliseconds since the epoch, UTC.
 */
export function stepDialog(
  release: Release,
  state: DialogState,
  input: CitizenInput,
  now: number,
  { messagesPerMinute }: DialogLimits = NO_LIMITS,
): Step {
  const visit = beginVisit(release, state, now);
  const pace = messagesPerMinute === 0 ? undefined : countMessage(state.pace, input, now);
  const tooFast = pace && refuseHaste(state, pace, messagesPerMinute);
  const step = changeTurn(answerInput(visit, state, input, tooFast), (turn) => turn.awaits ?? turn);
  const { frame } = state;
  if (frame?.kind !== 'form' && pace === undefined && state.pace === undefined) return step;
  return changeTurn(step, (turn) =>
    withPace(frame?.kind === 'form' ? afterForm(visit, frame, input, turn) : turn, pace),
  );
}

export interface DialogLimits {
  /** Messages of one citizen that are answered within a minute, emergencies not counted; 0: all. */
  messagesPerMinute: number;
}

const NO_LIMITS: DialogLimits = { messagesPerMinute: 0 };

function withPace(turn: Turn, pace: Pace | undefined): Turn {
  if (pace !== undefined) return { ...turn, state: { ...turn.state, pace } };
  const { pace: _, ...state } = turn.state;
  return { ...turn, state };
}

/** After a day nobody remembers which answer was meant. */
const JUDGED_WITHIN_MS = 86_400_000;

function beginVisit(release: Release, { frame, last, drafts = [], doubt }: DialogState, now: number): Visit {
  const visit: Visit = {
    release,
    frame: null,
    form: null,
    drafts: drafts.filter(({ until }) => now < until),
    last: last && now < last.at + JUDGED_WITHIN_MS ? last : null,
    doubt: doubt && now < doubt.until ? doubt : null,
    now,
  };
  if (frame?.kind === 'form') {
    if (now < frame.until) return { ...visit, frame: frame.back, form: frame };
    const aside = setFormAside(visit, frame, frame.until);
    return { ...aside, drafts: aside.drafts.filter(({ until }) => now < until) };
  }
  return frame !== null && now < frame.until ? { ...visit, frame } : visit;
}

function answerInput(visit: Visit, state: DialogState, input: CitizenInput, tooFast: Turn | undefined): Step {
  switch (input.kind) {
    case 'text':
      return answerText(visit, input.text, input, tooFast);
    case 'voice':
      return input.recognition
        ? answerText(visit, input.recognition, input, tooFast)
        : (tooFast ?? answerMedia(visit, input));
    case 'image':
    case 'video':
    case 'link':
    case 'location':
      return tooFast ?? answerMedia(visit, input);
    case 'follow':
      return greet({ ...outsideForms(visit), frame: null }, input.scene);
    case 'scan':
      return openScene(outsideForms(visit), input.scene);
    case 'click':
      return pressButton(outsideForms(visit), input.key);
    case 'unfollow':
      return { replies: [], state: initialState, decision: { step: 'silent' } };
    case 'notification':
      break;
  }
  return { replies: [], state, decision: { step: 'silent' } };
}

/** Whoever presses a button or scans a code wants something else than the form that is open. */
function outsideForms(visit: Visit): Visit {
  return visit.form === null ? visit : setFormAside(visit, visit.form, visit.now);
}

/** The order of precedence. A choice belongs to the list that was seen before it may be a keyword (12110). */
function answerText(visit: Visit, raw: string, input: CitizenInput, tooFast: Turn | undefined): Step {
  const query = readQuery(raw);
  const { text, words } = query;
  return (
    answerEmergency(visit, text, raw) ??
    tooFast ??
    answerOpenForm(visit, input) ??
    answerCommand(visit, text) ??
    answerFormWord(visit, words) ??
    answerFeedback(visit, text) ??
    answerChoice(visit, query) ??
    answerUnderstood(visit, query, raw) ??
    fallBack(visit)
  );
}

function answerUnderstood(visit: Visit, query: Query, raw: string): Turn | undefined {
  const understood = understand(visit, query);
  if (understood !== undefined && leavesNoDoubt(understood.decision)) return understood;
  return askWhetherInDanger(visit, query.text, raw) ?? understood;
}

/** Where a life may be at stake, what the search merely holds for probable is no reason not to ask. */
function leavesNoDoubt({ step, score = 1 }: Decision): boolean {
  return step !== 'suggest' && (step !== 'search' || score >= BEYOND_DOUBT);
}

const BEYOND_DOUBT = 0.88;

function answerOpenForm(visit: Visit, input: CitizenInput): Step | undefined {
  return visit.form === null ? undefined : answerForm(visit, visit.form, input);
}

/** A word of the program's own that opens a form: 留言. */
function answerFormWord(visit: Visit, words: string): Turn | undefined {
  const form = visit.release.forms.byWord.get(words);
  return form && openTarget(visit, { form: form.id }, { step: 'command', word: words });
}

function answerCommand(visit: Visit, text: string): Turn | undefined {
  const command = findCommand(text);
  return command && obey(visit, command, { step: 'command', word: text });
}

function obey(visit: Visit, command: Command, why: Decision): Turn {
  switch (command) {
    case 'mainMenu':
      return openPlace(visit, visit.release.root, why);
    case 'back':
      return openPlace(visit, nearestList(visit.release, visit.frame?.path.slice(0, -1) ?? []), why);
    case 'help':
    case 'handoff':
      return giveSetting(visit, command, why);
    case 'cancel':
      break;
  }
  return stay(visit, [textReply(phrases.nothingToCancel)], why);
}

function answerChoice(visit: Visit, query: Query): Turn | undefined {
  const choice = parseChoice(query.text);
  if (choice === null) return undefined;
  const spelled = choice.join('-');
  if (spelled === '0') return obey(visit, 'mainMenu', { step: 'command', word: spelled });
  return (
    answerListed(visit, choice) ??
    answerWhole(visit, query) ??
    answerWhole(visit, { text: spelled, words: spelled }) ??
    answerDigitByDigit(visit, choice) ??
    refuseChoice(visit, choice)
  );
}

function fallBack(visit: Visit): Turn {
  const { root, fallback } = visit.release;
  // Whoever now says 没用 does not mean an earlier answer.
  return openPlace({ ...visit, last: null }, root, { step: 'fallback' }, fallback);
}

function greet(visit: Visit, scene: string | undefined): Turn {
  const { root, scenes, welcome } = visit.release;
  const known = scene === undefined ? undefined : scenes.get(scene);
  if (scene === undefined || known === undefined) return openPlace(visit, root, { step: 'follow' }, welcome);
  const why: Decision = { step: 'follow', word: scene };
  return openTarget(visit, known.opens, why, known.welcome) ?? openPlace(visit, root, why, welcome);
}

function openScene(visit: Visit, scene: string): Turn {
  const { root, scenes } = visit.release;
  const why: Decision = { step: 'scan', word: scene };
  const opens = scenes.get(scene)?.opens;
  return (opens && openTarget(visit, opens, why)) ?? openPlace(visit, root, why);
}

/** A button may outlive what it led to: the platform shows a menu for hours after it was changed. */
function pressButton(visit: Visit, key: string): Turn {
  const why: Decision = { step: 'click', word: key };
  const opens = parseButtonKey(key);
  return (
    (opens && openTarget(visit, opens, why)) ??
    showListOf(visit, visit.release.root, phrases.contentUpdated, why)
  );
}

function answerMedia(visit: Visit, input: CitizenInput): Step {
  const setting = input.kind === 'location' ? 'location' : 'media';
  return answerOpenForm(visit, input) ?? giveSetting(visit, setting, { step: 'media' });
}

function giveSetting(visit: Visit, setting: 'help' | 'handoff' | 'media' | 'location', why: Decision): Turn {
  return giveReply(visit, visit.release.content.settings[setting], why) ?? fallBack(visit);
}
