import type { FormFrame } from '../dialog-state.js';
import type { JsonValue } from '../request.js';
import { broughtStepsSchema, type FormStep } from './form-model.js';
import { answerTo, broughtBy, withoutAnswer } from './form-places.js';
import type { FormTalk } from './form-turn.js';
import { isStillGood } from './understand-answer.js';

/**
 * The frame with the steps that the request of a step has brought, in place of those that it brought before. An answer
 * stays where the same is asked again. Undefined: what came can be asked of nobody.
 */
export function bringAlong(
  { form, frame, visit }: FormTalk,
  step: FormStep,
  given: JsonValue | undefined,
): FormFrame | undefined {
  const steps = broughtStepsSchema.safeParse(given ?? []).data;
  if (steps === undefined) return undefined;
  const { [step.key]: _, ...others } = frame.brought ?? {};
  const { brought: _brought, ...bare } = frame;
  const rest: FormFrame = Object.keys(others).length === 0 ? bare : { ...bare, brought: others };
  const taken = new Set([...form.steps, ...Object.values(others).flat()].map(({ key }) => key));
  if (steps.some(({ key, personal }) => taken.has(key) || (personal && form.privacy === undefined)))
    return undefined;
  const asked = new Set(steps.map((one) => JSON.stringify(one)));
  const gone = broughtBy(frame, step).filter((one) => !asked.has(JSON.stringify(one)));
  const kept = [...gone, ...steps.filter((one) => !stays(rest, one, visit.now))].reduce(withoutAnswer, rest);
  return steps.length === 0 ? kept : { ...kept, brought: { ...others, [step.key]: steps } };
}

function stays(frame: FormFrame, step: FormStep, now: number): boolean {
  const answer = answerTo(frame, step);
  return answer === undefined || isStillGood(step, answer, now);
}
