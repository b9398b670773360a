import type { NoticePlatform } from '../notice-platform-port.js';
import { BriefMemory } from './brief-memory.js';

const keptMs = 10 * 60_000;

/** Which subscription templates are long-term ones. The platform's events do not say it, its list of templates does. */
export class SubscriptionKinds {
  readonly #platform: Pick<NoticePlatform, 'listSubscriptionTemplates'>;
  readonly #longTerm = new BriefMemory<ReadonlySet<string>>(keptMs);

  constructor(platform: Pick<NoticePlatform, 'listSubscriptionTemplates'>) {
    this.#platform = platform;
  }

  /** Where the platform does not answer, a template counts as one whose consents are for one message each. */
  async isLongTerm(accountId: string, templateId: string): Promise<boolean> {
    try {
      return (await this.#longTerm.get(accountId, () => this.#list(accountId))).has(templateId);
    } catch {
      return false;
    }
  }

  async #list(accountId: string): Promise<ReadonlySet<string>> {
    const templates = await this.#platform.listSubscriptionTemplates(accountId);
    return new Set(templates.filter(({ isLongTerm }) => isLongTerm).map(({ id }) => id));
  }
}
