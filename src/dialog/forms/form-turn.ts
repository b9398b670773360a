import type { Reply } from '../../core/messages.js';
import { textReply } from '../answer.js';
import type { DialogState, FormDraft, FormFrame, MenuFrame } from '../dialog-state.js';
import type { Decision, Turn, Visit } from '../turn.js';
import type { CompiledForm } from './compile-form.js';
import type { FormStep } from './form-model.js';

/** Where a form stands next: what is asked, and whether a personal field may come in. */
export interface FormPlace {
  stage: FormFrame['stage'];
  step?: FormStep;
}

/** The frame at another place, with nothing counted yet. */
export function moveTo(frame: FormFrame, { stage, step }: FormPlace): FormFrame {
  const { step: _step, misses: _misses, isPrivate: _isPrivate, isLost: _isLost, ...kept } = frame;
  return {
    ...kept,
    stage,
    ...(step && { step: step.key }),
    ...(step?.personal === true && { isPrivate: true }),
  };
}

/** Says something with the form open. */
export function formTurn(visit: Visit, frame: FormFrame, text: string, why?: Decision): Turn {
  const { release, now, drafts } = visit;
  return {
    replies: [textReply(text)],
    state: stateOf(visit, { ...frame, until: now + release.cursorMs }, drafts),
    decision: { step: 'form', ...why, form: frame.form },
  };
}

/** Says something with the form closed; the citizen is again where the form was opened. */
export function closingTurn(
  visit: Visit,
  { form, back }: FormFrame,
  replies: readonly Reply[],
  drafts: readonly FormDraft[],
): Turn {
  const { release, now } = visit;
  const frame = back && { ...back, until: now + release.cursorMs };
  return { replies, state: stateOf(visit, frame, drafts), decision: { step: 'form', form } };
}

/** The drafts with this form's among them, if anything was filled in. `at` is when it was last worked on. */
export function keepDraft(
  drafts: readonly FormDraft[],
  form: CompiledForm,
  frame: FormFrame,
  at: number,
): readonly FormDraft[] {
  const others = drafts.filter(({ form: id }) => id !== form.id);
  if (!holdsAnswers(frame)) return others;
  const { version, answers, consent, about } = frame;
  const draft: FormDraft = {
    form: form.id,
    version,
    answers,
    ...(consent && { consent }),
    ...(about && { about }),
    until: at + form.draftDays * DAY_MS,
  };
  return [draft, ...others].slice(0, MOST_DRAFTS);
}

export function holdsAnswers({ answers }: FormFrame): boolean {
  return Object.values(answers).some((answer) => answer !== null);
}

/** The replies with a text at their end, in one message with the last one where that is a text, too. */
export function addText(replies: readonly Reply[], text: string): Reply[] {
  const last = replies.at(-1);
  if (last?.kind !== 'text') return [...replies, textReply(text)];
  return [...replies.slice(0, -1), textReply(`${last.text}\n\n${text}`)];
}

const DAY_MS = 86_400_000;
/** The state is stored with every message. */
const MOST_DRAFTS = 2;

function stateOf(
  { last }: Visit,
  frame: FormFrame | MenuFrame | null,
  drafts: readonly FormDraft[],
): DialogState {
  return { frame, ...(last !== null && { last }), ...(drafts.length > 0 && { drafts }) };
}
