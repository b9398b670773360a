import { repliesAt, type Answer } from '../answer.js';
import type { FormAnswers, FormFrame } from '../dialog-state.js';
import { changeTurn, isAsking, type Step } from '../request.js';
import type { Decision, Turn, Visit } from '../turn.js';
import type { CompiledForm } from './compile-form.js';
import { goTo, proceed } from './form-flow.js';
import { formPhrases } from './form-phrases.js';
import { stepsOf } from './form-places.js';
import { addText, paragraphs, type FormTalk } from './form-turn.js';
import { renewForm } from './renew-form.js';

/**
 * Opens a form, or asks whether to go on with what was filled in before; `said` is said first.
 * Undefined where the program has no such form.
 */
export function openForm(visit: Visit, id: string, why: Decision, said?: Answer): Turn | undefined {
  const form = visit.release.forms.byId.get(id);
  if (form === undefined) return undefined;
  const opened = resumeDraft(visit, form, why) ?? startForm(visit, form, { why });
  const step = said === undefined ? opened : changeTurn(opened, (turn) => sayFirst(visit, said, turn));
  if (!isAsking(step)) return step;
  const { frame, drafts, last } = visit;
  return {
    replies: [],
    state: { frame, ...(last !== null && { last }), ...(drafts.length > 0 && { drafts }) },
    decision: { ...why, form: id },
    awaits: step,
  };
}

/** Opens a form from its beginning; a draft of it is dropped. */
export function startForm(visit: Visit, form: CompiledForm, { said = '', why }: Opening = {}): Step {
  const about = form.aboutLastAnswer && visit.last !== null ? visit.last : undefined;
  const title = about && visit.release.replies.get(about.reply)?.title;
  const fresh = freshFrame(visit, form, {});
  const frame: FormFrame = about
    ? { ...fresh, about: { reply: about.reply, release: about.release } }
    : fresh;
  const opening = paragraphs(said, form.intro ?? '', title === undefined ? '' : formPhrases.about(title));
  return proceed({ visit: withoutDraft(visit, form), form, frame, said: opening, ...(why && { why }) });
}

/** Goes on from one form to another, which gets the answers that it has a step for; nothing personal goes along. */
export function changeForm({ visit, form: from, frame }: FormTalk, form: CompiledForm, said = ''): Step {
  const personal = new Set(
    [...stepsOf(from, frame), ...form.steps].flatMap(({ key, personal: is }) => (is ? key : [])),
  );
  const along = Object.entries(frame.answers).filter(([key]) => !personal.has(key));
  const opened = freshFrame({ ...visit, frame: frame.back }, form, Object.fromEntries(along));
  return renewForm({ visit: withoutDraft(visit, form), form, frame: opened, said }, proceed);
}

interface Opening {
  /** Said first. */
  said?: string;
  why?: Decision;
}

function freshFrame(visit: Visit, form: CompiledForm, answers: FormAnswers): FormFrame {
  return {
    kind: 'form',
    form: form.id,
    version: form.version,
    stage: 'ask',
    answers,
    back: visit.frame,
    until: visit.now,
  };
}

function sayFirst(visit: Visit, said: Answer, turn: Turn): Turn {
  const text = turn.replies.map((reply) => (reply.kind === 'text' ? reply.text : '')).join('\n\n');
  return { ...turn, replies: addText(repliesAt(said, visit.now), text) };
}

function resumeDraft(visit: Visit, form: CompiledForm, why: Decision): Step | undefined {
  const draft = visit.drafts.find(({ form: id }) => id === form.id);
  if (draft === undefined) return undefined;
  const frame: FormFrame = { ...draft, kind: 'form', stage: 'resume', back: visit.frame };
  return goTo({ visit: withoutDraft(visit, form), form, frame, why }, { stage: 'resume' });
}

/** While a form is open, its answers are in the frame and nowhere else. */
function withoutDraft(visit: Visit, form: CompiledForm): Visit {
  return { ...visit, drafts: visit.drafts.filter(({ form: id }) => id !== form.id) };
}
