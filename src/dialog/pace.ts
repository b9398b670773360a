import type { CitizenInput } from '../core/messages.js';
import { textReply } from './answer.js';
import type { DialogState, Pace } from './dialog-state.js';
import { phrases } from './phrases.js';
import type { Turn } from './turn.js';

/** Counts a message into the citizen's minute; what the platform reports of the citizen is not counted. */
export function countMessage(
  before: Pace | undefined,
  { kind }: CitizenInput,
  now: number,
): Pace | undefined {
  const isOpen = before !== undefined && now < before.since + MINUTE_MS && now >= before.since;
  if (!WRITTEN.has(kind)) return isOpen ? before : undefined;
  return isOpen ? { since: before.since, count: before.count + 1 } : { since: now, count: 1 };
}

/** The answer to a message above `perMinute`: one polite sentence, then silence. The place stays as it is. */
export function refuseHaste(state: DialogState, pace: Pace, perMinute: number): Turn | undefined {
  if (pace.count <= perMinute) return undefined;
  const replies = pace.count === perMinute + 1 ? [textReply(phrases.tooFast)] : [];
  return { replies, state, decision: { step: 'limited' } };
}

const MINUTE_MS = 60_000;

const WRITTEN: ReadonlySet<CitizenInput['kind']> = new Set([
  'text',
  'voice',
  'image',
  'video',
  'link',
  'location',
]);
