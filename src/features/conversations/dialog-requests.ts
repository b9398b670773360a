import { OperationalError, UserError, describeError } from '../../core/errors.js';
import type { CitizenMessage } from '../../core/messages.js';
import { withinTime } from '../../core/with-deadline.js';
import {
  isAsking,
  type DialogRequest,
  type JsonRecord,
  type RequestOutcome,
  type Step,
} from '../../dialog/request.js';
import type { Turn } from '../../dialog/turn.js';

/** The message on whose behalf a service is asked; `key` makes the request idempotent within (accountId, openid). */
export type Asker = Pick<CitizenMessage, 'accountId' | 'openid' | 'key' | 'sentAt'>;

/**
 * Carries out one kind of request. A repeat with the same key changes nothing and has the same outcome.
 * A UserError becomes a refusal, with its message for the citizen; anything else means: not available now.
 */
export type RequestHandler = (asker: Asker, payload: JsonRecord) => Promise<JsonRecord>;

/** Handlers by the name of the request. */
export type RequestHandlers = ReadonlyMap<string, RequestHandler>;

/** Longer than any service takes; within the patience of the platform, which sends a message three times. */
const requestMs = 5_000;
/** More requests than this in one step mean a dialog that goes round in circles. */
const maxRequests = 20;

/** Carries out what the dialog asks for until it answers. @throws OperationalError `dialog_asks_for_ever` */
export async function settleStep(
  first: Step,
  asker: Asker,
  handlers: RequestHandlers,
  onFailure: (request: string, error: unknown) => void,
): Promise<Turn> {
  let step = first;
  for (let asked = 0; isAsking(step); asked += 1) {
    if (asked >= maxRequests)
      throw new OperationalError('dialog_asks_for_ever', `stuck at ${step.request.name}`);
    step = step.resume(await carryOut(step.request, asker, handlers, onFailure));
  }
  return step;
}

async function carryOut(
  { name, payload, required }: DialogRequest,
  asker: Asker,
  handlers: RequestHandlers,
  onFailure: (request: string, error: unknown) => void,
): Promise<RequestOutcome> {
  try {
    const handler = handlers.get(name);
    if (!handler) throw new OperationalError('unknown_request', `no service takes ${name}`);
    return { kind: 'done', facts: await withinTime(handler(asker, payload), requestMs) };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'refused', code: error.code, sentence: error.message };
    onFailure(name, error);
    if (!required) return { kind: 'unavailable' };
    throw new OperationalError('service_unavailable', `${name}: ${describeError(error)}`, { cause: error });
  }
}
