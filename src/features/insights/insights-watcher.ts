import type { UnansweredStream } from '../conversations/unanswered-reader.js';

/** Is told what is done with the journal, to count and to log it. */
export interface InsightsWatcher {
  /** So many messages of the journal were counted into the groups. */
  collected(stream: UnansweredStream, messages: number): void;
  collectFailed(error: unknown): void;
  /** Answers could not be counted; it will be tried again. */
  countFailed(error: unknown): void;
}
