import type { CitizenInput } from '../../core/messages.js';
import type { FormFrame } from '../dialog-state.js';
import type { Turn, Visit } from '../turn.js';
import { formPhrases } from './form-phrases.js';
import { addText, keepDraft } from './form-turn.js';

/** Closes the open form, its draft kept as of `at`: the citizen went elsewhere, or let its time pass. */
export function setFormAside(visit: Visit, frame: FormFrame, at: number): Visit {
  const form = visit.release.forms.byId.get(frame.form);
  const drafts = form === undefined ? visit.drafts : keepDraft(visit.drafts, form, frame, at);
  return { ...visit, form: null, drafts };
}

/**
 * The turn that followed on `input` where a form was open: marked private if a personal field was asked, and with a
 * reminder of the form if it was set aside.
 */
export function afterForm({ release }: Visit, frame: FormFrame, input: CitizenInput, turn: Turn): Turn {
  const isPrivate = frame.isPrivate === true && isContent(input);
  const marked: Turn = isPrivate ? { ...turn, isPrivate } : turn;
  const form = release.forms.byId.get(frame.form);
  const wasSetAside =
    turn.state.frame?.kind !== 'form' &&
    turn.state.drafts?.some((draft) => draft.form === frame.form) === true &&
    !UNDISTURBED.has(turn.decision.step);
  if (!wasSetAside || form === undefined) return marked;
  const reminder = formPhrases.setAside(form.title, form.words[0] ?? form.title);
  return { ...marked, replies: addText(turn.replies, reminder) };
}

/** The form itself has said what there is to say; an emergency gets nothing else; silence stays silence. */
const UNDISTURBED: ReadonlySet<Turn['decision']['step']> = new Set(['form', 'emergency', 'silent']);

/** Something that the citizen said or sent, and no event of the platform. */
function isContent({ kind }: CitizenInput): boolean {
  return (
    kind !== 'follow' && kind !== 'unfollow' && kind !== 'scan' && kind !== 'click' && kind !== 'notification'
  );
}
