import type { CitizenInput } from '../../src/core/messages.js';
import type { Content } from '../../src/dialog/content-model.js';
import { initialState, type DialogState, type MenuFrame } from '../../src/dialog/dialog-state.js';
import type { Form } from '../../src/dialog/forms/form-model.js';
import { compileRelease, type Release } from '../../src/dialog/release.js';
import { isAsking, type DialogRequest, type RequestOutcome, type Step } from '../../src/dialog/request.js';
import { stepDialog, type Turn } from '../../src/dialog/step-dialog.js';
import { buildContent } from './content-builder.js';

export function buildRelease(
  content: Content = buildContent(),
  number = 1,
  forms: readonly Form[] = [],
): Release {
  return compileRelease({ accountId: 'test', number, hash: `hash-${number}`, content, forms });
}

/** The place in the menu; for a citizen who has no form open. */
export function menuOf({ frame }: DialogState): MenuFrame | null {
  if (frame?.kind === 'form') throw new Error(`the form ${frame.form} is open`);
  return frame;
}

export type Service = (request: DialogRequest) => RequestOutcome;

const willing: Service = () => ({ kind: 'done', facts: {} });

/** What a step answers when `service` carries out what it asks for. */
export function settle(step: Step, service: Service = willing): Turn {
  let current = step;
  while (isAsking(current)) current = current.resume(service(current.request));
  return current;
}

/** One citizen talking with one release after another, on a clock that only the test moves. */
export class Conversation {
  state: DialogState = initialState;
  now = Date.parse('2026-06-01T09:00:00+08:00');

  /** What the dialog asked for, in order. */
  readonly requests: DialogRequest[] = [];
  service: Service = willing;

  constructor(public release: Release = buildRelease()) {}

  say(text: string): Turn {
    return this.do({ kind: 'text', text });
  }

  do(input: CitizenInput): Turn {
    const turn = settle(stepDialog(this.release, this.state, input, this.now), (request) => {
      this.requests.push(request);
      return this.service(request);
    });
    this.state = turn.state;
    return turn;
  }

  pass(minutes: number): void {
    this.now += minutes * 60_000;
  }

  publish(content: Content): void {
    this.release = buildRelease(content, this.release.number + 1);
  }
}

/** The text of an answer that is one text. */
export function textOf({ replies }: Turn): string {
  const [reply, ...more] = replies;
  if (reply?.kind !== 'text' || more.length > 0) throw new Error(`not one text: ${JSON.stringify(replies)}`);
  return reply.text;
}
