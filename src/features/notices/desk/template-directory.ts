import type { Clock } from '../../../core/clock.js';
import { OperationalError, UserError } from '../../../core/errors.js';
import type { NoticePlatform, PlatformTemplate } from '../notice-platform-port.js';
import type { TemplateReader } from './plan-survey.js';

type Kind = 'template' | 'subscription';

interface Known {
  templates: readonly PlatformTemplate[];
  at: number;
}

/** An author who fills in a template asks every few seconds. */
const keptMs = 20_000;

/** The account's templates as the platform has them, asked again after a moment. */
export class TemplateDirectory implements TemplateReader {
  readonly #platform: Pick<NoticePlatform, 'listTemplates' | 'listSubscriptionTemplates'>;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(parts: {
    platform: Pick<NoticePlatform, 'listTemplates' | 'listSubscriptionTemplates'>;
    clock: Clock;
  }) {
    this.#platform = parts.platform;
    this.#clock = parts.clock;
  }

  async list(accountId: string, kind: Kind): Promise<readonly PlatformTemplate[] | null> {
    const key = `${kind} ${accountId}`;
    const now = this.#clock.now();
    const known = this.#known.get(key);
    if (known && now - known.at < keptMs) return known.templates;
    try {
      const templates = await this.#ask(accountId, kind);
      this.#known.set(key, { templates, at: now });
      return templates;
    } catch (error) {
      // Also for an account that has no access to the platform.
      if (error instanceof OperationalError || error instanceof UserError) return null;
      throw error;
    }
  }

  #ask(accountId: string, kind: Kind): Promise<PlatformTemplate[]> {
    return kind === 'template'
      ? this.#platform.listTemplates(accountId)
      : this.#platform.listSubscriptionTemplates(accountId);
  }
}
