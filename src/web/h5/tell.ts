import { shallowRef } from 'vue';
import { createUseAction } from '../shared/create-use-action.js';
import { ApiError, sayError } from '../shared/api-error.js';
import { isPersonFault } from './person-faults.js';

/** What is said over the page at the moment; empty: nothing. The library's own toast calls itself a dialog. */
export const said = shallowRef('');
let timer = 0;

function say(message: string, forMs: number): void {
  said.value = message;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => (said.value = ''), forMs);
}

/** Short words over the page. */
export const tell = {
  done: (message: string) => say(message, 2_500),
  /** What was said last is over. */
  nothingMore: () => say('', 0),
  failed: (error: unknown): void => {
    // The page is being left for the sign-in, or the form shows it.
    if (error instanceof ApiError && (error.code === 'sign_in_required' || isPersonFault(error))) return;
    say(sayError(error), 4_000);
  },
};

/** A question over the page, until it is answered. */
export interface Question {
  title: string;
  message: string;
  /** What the button says that does it. */
  yes: string;
  answer(isSure: boolean): void;
}

export const question = shallowRef<Question>();

/** Asks before something that cannot be taken back. */
export function isSure(title: string, message: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (sure: boolean) => {
      question.value = undefined;
      resolve(sure);
    };
    question.value = { title, message, yes, answer };
  });
}

/** Something that a button does: once at a time, and a failure is told. */
export const useAction = createUseAction(tell.failed);
