import { textReply } from '../answer.js';
import type { FormFrame } from '../dialog-state.js';
import type { Asking, JsonRecord, RequestOutcome } from '../request.js';
import type { Turn, Visit } from '../turn.js';
import type { CompiledForm } from './compile-form.js';
import { paragraphs } from './form-flow.js';
import { formPhrases } from './form-phrases.js';
import { closingTurn, formTurn } from './form-turn.js';

/** Asks the form's service to take what was filled in. Accepted: the form closes; refused: it stays open. */
export function submitForm(visit: Visit, form: CompiledForm, frame: FormFrame): Asking {
  return {
    request: { name: form.submit, payload: submissionOf(frame), required: true },
    resume: (outcome) => conclude(visit, form, frame, outcome),
  };
}

/** In the shape of `submissionSchema`. */
function submissionOf({ form, answers, consent, about }: FormFrame): JsonRecord {
  const values = Object.entries(answers).filter(([, answer]) => answer !== null);
  return {
    form,
    values: Object.fromEntries(values),
    ...(consent?.agreed === true && { consent: { notice: consent.notice, at: consent.at } }),
    ...(about && { about }),
  };
}

function conclude(visit: Visit, form: CompiledForm, frame: FormFrame, outcome: RequestOutcome): Turn {
  switch (outcome.kind) {
    case 'done': {
      const text = paragraphs(fillIn(form.done, outcome.facts), formPhrases.afterLeaving);
      return closingTurn(visit, frame, [textReply(text)], visit.drafts);
    }
    case 'refused':
      return formTurn(visit, frame, paragraphs(outcome.sentence, formPhrases.refused));
    case 'unavailable':
      break;
  }
  return formTurn(visit, frame, formPhrases.unavailable);
}

function fillIn(template: string, facts: JsonRecord): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : whole;
  });
}
