import type { UnansweredStream } from '../conversations/unanswered-reader.js';

/** Is told what the collector does, to count and to log it. */
export interface InsightsWatcher {
  /** So many messages of the journal were counted into the groups. */
  collected(stream: UnansweredStream, messages: number): void;
  collectFailed(error: unknown): void;
}
