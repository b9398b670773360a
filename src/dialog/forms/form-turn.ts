import type { Reply } from '../../core/messages.js';
import { textReply } from '../answer.js';
import type { DialogState, FormDraft, FormFrame, MenuFrame } from '../dialog-state.js';
import type { JsonRecord } from '../request.js';
import type { Decision, Turn, Visit } from '../turn.js';
import type { CompiledForm } from './compile-form.js';
import type { FormStep } from './form-model.js';

/** A form at work: who fills in which, and how far it has come. */
export interface FormTalk {
  readonly visit: Visit;
  readonly form: CompiledForm;
  readonly frame: FormFrame;
  /** Said above what comes next. */
  readonly said?: string;
  /** How the form came to be opened; absent once it is open. */
  readonly why?: Decision;
}

/** Where a form stands next: what is asked, and whether a personal field may come in. */
export interface FormPlace {
  stage: FormFrame['stage'];
  step?: FormStep;
}

/** The frame at another place, with nothing counted and nothing shown yet. */
export function moveTo(frame: FormFrame, { stage, step }: FormPlace): FormFrame {
  const { step: _step, misses: _misses, isPrivate: _isPrivate, isLost: _isLost, ...rest } = frame;
  const { shown: _shown, shownFrom: _shownFrom, ...kept } = rest;
  return {
    ...kept,
    stage,
    ...(step && { step: step.key }),
    ...(step?.personal === true && { isPrivate: true }),
  };
}

/** Says what was to be said, and asks `prompt` below it, with the form open. */
export function formTurn({ visit, frame, said = '', why }: FormTalk, prompt: string): Turn {
  const { release, now, drafts } = visit;
  return {
    replies: [textReply(paragraphs(said, prompt))],
    state: stateOf(visit, { ...frame, until: now + release.cursorMs }, drafts),
    decision: { step: 'form', ...why, form: frame.form },
  };
}

/** Says something with the form closed; the citizen is again where the form was opened. */
export function closingTurn(
  { visit, frame, why }: Omit<FormTalk, 'form'>,
  replies: readonly Reply[],
  drafts: readonly FormDraft[] = visit.drafts,
): Turn {
  const { release, now } = visit;
  const back = frame.back && { ...frame.back, until: now + release.cursorMs };
  return {
    replies,
    state: stateOf(visit, back, drafts),
    decision: { step: 'form', ...why, form: frame.form },
  };
}

/** The drafts with this form's among them, if anything was filled in. `at` is when it was last worked on. */
export function keepDraft(
  drafts: readonly FormDraft[],
  form: CompiledForm,
  frame: FormFrame,
  at: number,
): readonly FormDraft[] {
  const others = drafts.filter(({ form: id }) => id !== form.id);
  if (!isWorthKeeping(form, frame)) return others;
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

/** Whether a draft of it is kept. */
export function isWorthKeeping({ draftDays }: CompiledForm, { answers }: FormFrame): boolean {
  return draftDays > 0 && Object.values(answers).some((answer) => answer !== null);
}

/** The replies with a text at their end, in one message with the last one where that is a text, too. */
export function addText(replies: readonly Reply[], text: string): Reply[] {
  const last = replies.at(-1);
  if (last?.kind !== 'text') return [...replies, textReply(text)];
  return [...replies.slice(0, -1), textReply(`${last.text}\n\n${text}`)];
}

/** The template, with each fact that it names in braces; what is not known stays as it is. */
export function fillIn(template: string, facts: JsonRecord): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : whole;
  });
}

/** Texts one below the other, with a line between; the empty ones are left out. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
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
