import type { CitizenInput } from '../core/messages.js';
import { foldForKeywords } from '../text/keyword-index.js';
import { normaliseText } from '../text/normalise.js';
import { parseChoice } from '../text/numerals.js';
import { answerDigitByDigit, answerListed, refuseChoice } from './answer-choice.js';
import { answerContains, answerWhole } from './answer-keyword.js';
import { textReply } from './answer.js';
import { parseButtonKey } from './button-key.js';
import { findCommand, type Command } from './commands.js';
import { initialState, type DialogState } from './dialog-state.js';
import { findEmergencyWord } from './emergency.js';
import { phrases } from './phrases.js';
import type { Release } from './release.js';
import type { Step } from './request.js';
import { giveReply, nearestList, openPlace, openTarget, showListOf, stay } from './turn.js';
import type { Decision, Turn, Visit } from './turn.js';

export type { Decision, Turn } from './turn.js';

/**
 * One step of the dialog: what a citizen did, answered from a release, and where that leaves the citizen; or what is
 * to be asked of a service first.
 * Pure and total: no clock, no I/O, never throws, whatever the text and the state.
 * `now` is in milliseconds since the epoch, UTC.
 */
export function stepDialog(release: Release, state: DialogState, input: CitizenInput, now: number): Step {
  const frame = state.frame !== null && now < state.frame.until ? state.frame : null;
  const visit: Visit = { release, frame, now };
  switch (input.kind) {
    case 'text':
      return answerText(visit, input.text);
    case 'voice':
      return input.recognition ? answerText(visit, input.recognition) : answerMedia(visit);
    case 'image':
    case 'video':
    case 'link':
      return answerMedia(visit);
    case 'location':
      return giveSetting(visit, 'location', { step: 'media' });
    case 'follow':
      return greet({ ...visit, frame: null }, input.scene);
    case 'scan':
      return openScene(visit, input.scene);
    case 'click':
      return pressButton(visit, input.key);
    case 'unfollow':
      return { replies: [], state: initialState, decision: { step: 'silent' } };
    case 'notification':
      break;
  }
  return { replies: [], state, decision: { step: 'silent' } };
}

/** The order of precedence. A choice belongs to the list that was seen before it may be a keyword (12110). */
function answerText(visit: Visit, raw: string): Turn {
  const text = normaliseText(raw);
  const words = foldForKeywords(text);
  return (
    answerEmergency(visit, words) ??
    answerCommand(visit, text) ??
    answerChoice(visit, text, words) ??
    answerWhole(visit, words) ??
    answerContains(visit, words) ??
    fallBack(visit)
  );
}

function answerEmergency(visit: Visit, words: string): Turn | undefined {
  const { emergency, content } = visit.release;
  const word = findEmergencyWord(emergency, words);
  return word === undefined
    ? undefined
    : giveReply(visit, content.emergency.reply, { step: 'emergency', word });
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

function answerChoice(visit: Visit, text: string, words: string): Turn | undefined {
  const choice = parseChoice(text);
  if (choice === null) return undefined;
  const spelled = choice.join('-');
  if (spelled === '0') return obey(visit, 'mainMenu', { step: 'command', word: spelled });
  return (
    answerListed(visit, choice) ??
    answerWhole(visit, words) ??
    answerWhole(visit, spelled) ??
    answerDigitByDigit(visit, choice) ??
    refuseChoice(visit, choice)
  );
}

function fallBack(visit: Visit): Turn {
  const { root, fallback } = visit.release;
  return openPlace(visit, root, { step: 'fallback' }, fallback);
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

function answerMedia(visit: Visit): Turn {
  return giveSetting(visit, 'media', { step: 'media' });
}

function giveSetting(visit: Visit, setting: 'help' | 'handoff' | 'media' | 'location', why: Decision): Turn {
  return giveReply(visit, visit.release.content.settings[setting], why) ?? fallBack(visit);
}
