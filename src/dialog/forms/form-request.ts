import type { FormFrame } from '../dialog-state.js';
import type { Asking, DialogRequest, JsonRecord, RequestOutcome, Step } from '../request.js';
import type { CompiledForm } from './compile-form.js';
import { bringAlong } from './bring-along.js';
import { answerTo, hasAgreed, stepsOf, valueOf } from './form-places.js';
import { liveOptionsSchema, type FormStep, type LiveOption, type LiveStep } from './form-model.js';
import { formPhrases } from './form-phrases.js';
import { paragraphs, type FormTalk } from './form-turn.js';

/** What a form asks of a service, in the shape of `submissionSchema`; nothing personal without consent. */
export function requestOf(
  name: string,
  { form, frame }: Pick<FormTalk, 'form' | 'frame'>,
  required: boolean,
): DialogRequest {
  const { consent, about, facts } = frame;
  const payload: JsonRecord = {
    form: form.id,
    values: valuesOf(form, frame),
    ...(facts && { facts }),
    ...(consent?.agreed === true && { consent: { notice: consent.notice, at: consent.at } }),
    ...(about && { about }),
  };
  return { name, payload, required };
}

/** What can be chosen now, or the sentence that says why nothing can; undefined: the service does not answer. */
export type Offer = { options: readonly LiveOption[] } | { nothing: string } | undefined;

/** Asks the service of a live step what can be chosen now. */
export function askOptions(
  talk: Pick<FormTalk, 'form' | 'frame'>,
  step: LiveStep,
  resume: (offer: Offer) => Step,
): Asking {
  return {
    request: requestOf(step.options.ask, talk, false),
    resume: (outcome) => resume(readOffer(outcome)),
  };
}

export interface Continuations {
  /** The form with the hidden values, and with what the service says to it. */
  done: (talk: FormTalk) => Step;
  /** The form with the sentence that says why not. */
  refused: (talk: FormTalk) => Step;
}

/** Makes the request that follows on the answer to a step. */
export function askOnAnswer(talk: FormTalk, step: RequestingStep, { done, refused }: Continuations): Asking {
  const refuse = (why: string) => refused({ ...talk, said: paragraphs(talk.said ?? '', why) });
  return {
    request: requestOf(step.onAnswer, talk, true),
    resume: (outcome) => {
      if (outcome.kind === 'refused') return refuse(outcome.sentence);
      const { steps, ...facts } = outcome.kind === 'done' ? outcome.facts : {};
      const frame = outcome.kind === 'done' ? bringAlong(talk, step, steps) : undefined;
      return frame === undefined
        ? refuse(formPhrases.notDoneNow)
        : done(withFacts({ ...talk, frame }, facts));
    },
  };
}

/** Whether something is asked of a service as soon as the step is answered. */
export function hasRequest(step: FormStep): step is RequestingStep {
  return step.onAnswer !== undefined;
}

type RequestingStep = FormStep & { onAnswer: string };

function valuesOf(form: CompiledForm, frame: FormFrame): JsonRecord {
  const agreed = hasAgreed(form, frame);
  const given = stepsOf(form, frame).flatMap((step) => {
    const answer = answerTo(frame, step);
    if (answer === undefined || answer === null || (step.personal && !agreed)) return [];
    return [[step.key, valueOf(answer)] as const];
  });
  return Object.fromEntries(given);
}

function readOffer(outcome: RequestOutcome): Offer {
  if (outcome.kind === 'refused') return { nothing: outcome.sentence };
  if (outcome.kind === 'unavailable') return undefined;
  const facts = liveOptionsSchema.safeParse(outcome.facts).data;
  if (facts === undefined) return undefined;
  const { options, sentence = formPhrases.nothingToChoose } = facts;
  return options.length === 0 ? { nothing: sentence } : { options };
}

function withFacts(talk: FormTalk, { said, ...facts }: JsonRecord): FormTalk {
  const hidden = Object.entries(facts).flatMap(([key, fact]) =>
    typeof fact === 'string' || typeof fact === 'number' || typeof fact === 'boolean'
      ? [[key, fact] as const]
      : [],
  );
  return {
    ...talk,
    frame: { ...talk.frame, facts: { ...talk.frame.facts, ...Object.fromEntries(hidden) } },
    said: paragraphs(talk.said ?? '', typeof said === 'string' ? said : ''),
  };
}
