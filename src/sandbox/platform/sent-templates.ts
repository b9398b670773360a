import { templateRules } from './platform-limits.js';

/** By which the platform recognises that the same template message is asked for again. */
export class SentTemplates {
  readonly #sent = new Map<string, { messageId: bigint; until: number }>();

  /** The message that was sent under this id to this citizen within the last ten minutes. */
  find(openid: string, clientMsgId: string, now: number): bigint | undefined {
    const sent = this.#sent.get(`${openid} ${clientMsgId}`);
    return sent && sent.until > now ? sent.messageId : undefined;
  }

  note(openid: string, clientMsgId: string, messageId: bigint, now: number): void {
    // In the order in which they were sent: the first that is still valid ends the search.
    for (const [key, { until }] of this.#sent) {
      if (until > now) break;
      this.#sent.delete(key);
    }
    this.#sent.set(`${openid} ${clientMsgId}`, { messageId, until: now + templateRules.repeatMs });
  }
}
