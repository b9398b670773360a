import type { CitizenMessage } from '../../../core/messages.js';
import type { ConversationPort, ConversationResponse } from '../../conversations/conversation-port.js';
import type { PlatformReports } from './platform-reports.js';

/**
 * Stands between the platform's door and the conversations: reports about messages are kept here, a hundred thousand
 * within minutes, and no chat need know of them. Everything else passes.
 */
export class ReportingConversations implements ConversationPort {
  readonly #conversations: ConversationPort;
  readonly #reports: Pick<PlatformReports, 'take'>;
  readonly #onFailure: (error: unknown) => void;

  constructor(
    conversations: ConversationPort,
    reports: Pick<PlatformReports, 'take'>,
    onFailure: (error: unknown) => void,
  ) {
    this.#conversations = conversations;
    this.#reports = reports;
    this.#onFailure = onFailure;
  }

  async respond(message: CitizenMessage): Promise<ConversationResponse> {
    if (message.input.kind !== 'notification') return this.#conversations.respond(message);
    try {
      const taken = await this.#reports.take(message);
      return taken === 'report'
        ? { kind: 'answer', reply: null }
        : await this.#conversations.respond(message);
    } catch (error) {
      this.#onFailure(error);
      return { kind: 'unavailable' };
    }
  }
}
