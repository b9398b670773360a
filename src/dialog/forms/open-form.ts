import { repliesAt, type Answer } from '../answer.js';
import type { FormFrame } from '../dialog-state.js';
import type { Decision, Turn, Visit } from '../turn.js';
import type { CompiledForm } from './compile-form.js';
import { goTo, paragraphs, proceed } from './form-flow.js';
import { formPhrases } from './form-phrases.js';
import { addText } from './form-turn.js';

/**
 * Opens a form, or asks whether to go on with what was filled in before; `said` is said first.
 * Undefined where the program has no such form.
 */
export function openForm(visit: Visit, id: string, why: Decision, said?: Answer): Turn | undefined {
  const form = visit.release.forms.byId.get(id);
  if (form === undefined) return undefined;
  const turn = resumeDraft(visit, form, why) ?? startForm(visit, form, why);
  if (said === undefined) return turn;
  const text = turn.replies.map((reply) => (reply.kind === 'text' ? reply.text : '')).join('\n\n');
  return { ...turn, replies: addText(repliesAt(said, visit.now), text) };
}

/** Opens a form from its beginning; a draft of it is dropped. */
export function startForm(visit: Visit, form: CompiledForm, why?: Decision, said = ''): Turn {
  const about = form.aboutLastAnswer && visit.last !== null ? visit.last : undefined;
  const title = about && visit.release.replies.get(about.reply)?.title;
  const frame: FormFrame = {
    kind: 'form',
    form: form.id,
    version: form.version,
    stage: 'ask',
    answers: {},
    ...(about && { about: { reply: about.reply, release: about.release } }),
    back: visit.frame,
    until: visit.now,
  };
  const opening = paragraphs(said, form.intro ?? '', title === undefined ? '' : formPhrases.about(title));
  return proceed(withoutDraft(visit, form), form, frame, opening, why);
}

function resumeDraft(visit: Visit, form: CompiledForm, why: Decision): Turn | undefined {
  const draft = visit.drafts.find(({ form: id }) => id === form.id);
  if (draft === undefined) return undefined;
  const frame: FormFrame = { ...draft, kind: 'form', stage: 'resume', back: visit.frame };
  return goTo(withoutDraft(visit, form), form, frame, { stage: 'resume' }, '', why);
}

/** While a form is open, its answers are in the frame and nowhere else. */
function withoutDraft(visit: Visit, form: CompiledForm): Visit {
  return { ...visit, drafts: visit.drafts.filter(({ form: id }) => id !== form.id) };
}
