import { shallowRef, type ShallowRef } from 'vue';
import { sayError } from '../../../shared/api-error.js';

/** What came of a code, for the counter to read. */
export interface CheckInOutcome {
  /** Counts on, so that the same outcome twice is seen to be another one. */
  number: number;
  isDone: boolean;
  /** In large letters. */
  title: string;
  detail: string;
}

export interface CheckInQueue {
  /** The newest first; only the last few. */
  readonly outcomes: Readonly<ShallowRef<readonly CheckInOutcome[]>>;
  /** Codes that have no answer yet. */
  readonly waiting: Readonly<ShallowRef<number>>;
  /** Takes what was typed or scanned; nothing is lost, however fast they come. */
  submit(code: string): void;
}

const shownOutcomes = 6;

/**
 * Checks codes in one after the other, in the order in which they came.
 * @param checkIn rejects where nobody is checked in.
 * @param onSettled when no code waits any more.
 */
export function createCheckInQueue<Visit>(parts: {
  checkIn: (code: string) => Promise<Visit>;
  describe: (visit: Visit) => Pick<CheckInOutcome, 'title' | 'detail'>;
  onSettled: () => void;
}): CheckInQueue {
  const outcomes = shallowRef<readonly CheckInOutcome[]>([]);
  const waiting = shallowRef(0);
  let number = 0;
  let last = Promise.resolve();

  async function settle(code: string): Promise<void> {
    const outcome = await parts
      .checkIn(code)
      .then((visit) => ({ isDone: true, ...parts.describe(visit) }))
      .catch((error: unknown) => ({ isDone: false, title: sayError(error), detail: `输入的是 ${code}` }));
    number += 1;
    outcomes.value = [{ number, ...outcome }, ...outcomes.value].slice(0, shownOutcomes);
    waiting.value -= 1;
    if (waiting.value === 0) parts.onSettled();
  }

  return {
    outcomes,
    waiting,
    submit(typed) {
      const code = typed.replaceAll(/\s/g, '');
      if (code === '') return;
      waiting.value += 1;
      last = last.then(() => settle(code));
    },
  };
}
