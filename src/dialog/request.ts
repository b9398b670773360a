import type { Turn } from './turn.js';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonRecord = Readonly<Record<string, JsonValue>>;

/**
 * What a step of the dialog wants done, or wants to know, before it can answer. The engine only says so; whoever
 * runs it asks the feature's service, idempotent by the key of the citizen's message, and hands the outcome back.
 */
export interface DialogRequest {
  /** Feature and verb: `duty.alert`, `feedback.rate`. */
  name: string;
  payload: JsonRecord;
  /** True: without an outcome there is no answer, and the platform sends the message again. False: answer anyway. */
  required: boolean;
}

export type RequestOutcome =
  | { kind: 'done'; facts: JsonRecord }
  /** Against a rule of the business; the sentence is for the citizen. */
  | { kind: 'refused'; code: string; sentence: string }
  /** The service could not be reached; only for a request that is not required. */
  | { kind: 'unavailable' };

/** A step that waits for the outcome of a request. */
export interface Asking {
  readonly request: DialogRequest;
  readonly resume: (outcome: RequestOutcome) => Step;
}

/** What a message leads to: an answer, or a request first. */
export type Step = Turn | Asking;

/** Whether the step waits for something. */
export function isAsking(step: Step): step is Asking {
  return 'request' in step;
}

/** A step that is taken once a request was carried out, whatever came of it. */
export function askFirst(request: DialogRequest, next: Step): Asking {
  return { request, resume: () => next };
}

/** The step, whose turn in the end is what `change` makes of it. */
export function changeTurn(step: Asking, change: (turn: Turn) => Step): Asking;
export function changeTurn(step: Step, change: (turn: Turn) => Step): Step;
export function changeTurn(step: Step, change: (turn: Turn) => Step): Step {
  if (!isAsking(step)) return change(step);
  return { request: step.request, resume: (outcome) => changeTurn(step.resume(outcome), change) };
}
