import type { CitizenMessage } from '../../core/messages.js';
import type { SendOutcome } from '../../core/outbound-messenger.js';
import type { ConversationResponse } from './conversation-port.js';
import type { RunResult } from './conversation-runner.js';

/** Is told what happens in the conversations, to count and to log it; never changes anything. */
export interface ConversationWatcher {
  /** The channel got its response, `milliseconds` after the message came in. */
  responded(message: CitizenMessage, outcome: ConversationResponse['kind'], milliseconds: number): void;
  /** The message is in the journal, with its answer. */
  answered(message: CitizenMessage, result: RunResult): void;
  /** A re-send joined the message that is still under way. */
  coalesced(message: CitizenMessage): void;
  failed(message: CitizenMessage, error: unknown): void;
  /** A service that the dialog asked could not carry out what was asked. */
  requestFailed(request: string, error: unknown): void;
  committed(batchSize: number): void;
  retried(reason: string): void;
}

/** Is told what happens to the entries of the outbox. */
export interface OutboxWatcher {
  attempted(outcome: SendOutcome): void;
  /** Senders died and left this many entries `unknown`: a person must look at them. */
  abandoned(entries: number): void;
  outboxFailed(error: unknown): void;
}
