import type { Release } from '../../src/dialog/release.js';
import type { Turn } from '../../src/dialog/step-dialog.js';
import type { LabelledMessage } from './labelled-message.js';

/** right: answered at once. offered: among the suggestions. wrong: answered otherwise. misled: only others offered. */
export type AnswerOutcome = 'right' | 'offered' | 'wrong' | 'misled' | 'refused';
/** doubtful: 110 was shown, and whether it is happening now was asked. */
export type AlarmOutcome = 'alarmed' | 'doubtful' | 'calm';

export interface Judgement {
  message: LabelledMessage;
  /** The step of the dialog that decided. */
  step: string;
  /** Ids of what was answered or offered, for the list of confusions. */
  got: string[];
  alarm: AlarmOutcome;
  /** How the answer was, where one is expected or must not be given; null for emergencies. */
  answer: AnswerOutcome | null;
}

export function judgeTurn(message: LabelledMessage, turn: Turn, release: Release): Judgement {
  const { step } = turn.decision;
  const alarm = alarmOf(step);
  const given = givenBy(turn, release);
  const answer =
    message.expect === 'emergency' || judgesNothing(message) ? null : answerOf(message, alarm, given);
  const got =
    alarm === 'calm' ? [...given.answered, ...given.offered].flatMap(([first]) => first ?? []) : [alarm];
  return { message, step, got, alarm, answer };
}

/** What was answered and what was offered; each by all ids that a label may use for it. */
interface Given {
  answered: string[][];
  offered: string[][];
}

function alarmOf(step: string): AlarmOutcome {
  if (step === 'emergency') return 'alarmed';
  return step === 'doubtful' ? 'doubtful' : 'calm';
}

function givenBy({ decision, state }: Turn, release: Release): Given {
  const { step, node, reply, form, also = [] } = decision;
  if (step === 'fallback') return { answered: [], offered: [] };
  const shown = state.frame?.kind === 'menu' ? state.frame.shown : [];
  const isOffering = step === 'suggest' || decision.offered === true;
  const offered = isOffering ? shown.map((choice) => idsOf(release, choice)) : [];
  const answered = [{ node, reply, form }, ...also].map((given) => idsOf(release, given));
  return { answered: step === 'suggest' ? [] : answered, offered };
}

function idsOf(
  release: Release,
  { node, reply, form }: { node?: string | undefined; reply?: string | undefined; form?: string | undefined },
): string[] {
  const replyOfNode = node === undefined ? undefined : release.places.get(node)?.reply;
  return [replyOfNode, node, reply, form].filter((id) => id !== undefined);
}

/** An innocent message without targets only has to raise no alarm. */
function judgesNothing({ expect, targets }: LabelledMessage): boolean {
  return expect === 'innocent' && targets.length === 0;
}

function answerOf(
  { targets, all }: LabelledMessage,
  alarm: AlarmOutcome,
  { answered, offered }: Given,
): AnswerOutcome {
  if (alarm !== 'calm') return 'wrong';
  const holds = (given: string[][]) => (target: string) => given.some((ids) => ids.includes(target));
  const enough = (given: string[][]) => (all ? targets.every(holds(given)) : targets.some(holds(given)));
  const isAsked = (ids: string[]) => targets.some((target) => ids.includes(target));
  // An answer that nobody asked for, beside one that was, is a wrong one.
  if (answered.length > 1 && !answered.every(isAsked)) return 'wrong';
  if (targets.length > 0 && enough(answered)) return 'right';
  if (targets.length > 0 && enough([...answered, ...offered])) return 'offered';
  if (answered.length > 0) return 'wrong';
  return offered.length > 0 ? 'misled' : 'refused';
}
