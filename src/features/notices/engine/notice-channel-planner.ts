import { businessDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import type { RecipientFacts } from '../../audience/audience-reader.js';
import type { OpenWindowReader } from '../../conversations/open-window-reader.js';
import type { ChannelPlan, ChannelPlanner } from '../channel-planner.js';
import type { ConsentLedger } from '../consent-ledger.js';
import type { PassedChannel } from '../delivery.js';
import type { MassCallStore, MassLedger } from '../mass-call-store.js';
import { massPerMonth } from '../mass-call.js';
import { NoticeWriter } from '../notice-writer.js';
import type { Notice, NoticeChannel } from '../notice.js';
import { BriefMemory } from './brief-memory.js';
import type { SubscriptionKinds } from './subscription-kinds.js';

export interface ChannelPlannerParts {
  windows: OpenWindowReader;
  consents: Pick<ConsentLedger, 'listFree'>;
  subscriptions: Pick<SubscriptionKinds, 'isLongTerm'>;
  massCalls: Pick<MassCallStore, 'countOf'>;
  clock: Clock;
}

/** As long as the pages of one preparation take. */
const keptMs = 10_000;

type Planned = Pick<Notice, 'accountId' | 'channels' | 'content'>;

/** What is known about all recipients of a page together. */
interface Ground {
  windows: ReadonlySet<string>;
  consents: ReadonlySet<string>;
  ledger: MassLedger;
}

/** Plans by what the account keeps itself; whether the platform agrees shows at sending. */
export class NoticeChannelPlanner implements ChannelPlanner {
  readonly #parts: ChannelPlannerParts;
  readonly #windows = new BriefMemory<ReadonlySet<string>>(keptMs);
  readonly #ledgers = new BriefMemory<MassLedger>(keptMs);

  constructor(parts: ChannelPlannerParts) {
    this.#parts = parts;
  }

  async plan(notice: Planned, recipients: readonly RecipientFacts[]): Promise<ChannelPlan[]> {
    const ground = await this.#survey(notice, recipients);
    const writer = new NoticeWriter(notice.content);
    return recipients.map((recipient) => {
      const open: NoticeChannel[] = [];
      const passed: PassedChannel[] = [];
      for (const channel of notice.channels) {
        const reason = hindrance(channel, notice, recipient, ground) ?? unfitness(channel, writer, recipient);
        if (reason === null) open.push(channel);
        else passed.push({ channel, reason });
      }
      return { open, passed };
    });
  }

  async #survey(notice: Planned, recipients: readonly RecipientFacts[]): Promise<Ground> {
    const { windows, massCalls, clock } = this.#parts;
    const { accountId, channels } = notice;
    const now = clock.now();
    const month = monthOf(now);
    const [open, consents, ledger] = await Promise.all([
      channels.includes('customer_service')
        ? this.#windows.get(accountId, () => windows.listOpen(accountId, new Date(now)))
        : nobody,
      this.#listConsenting(notice, recipients),
      channels.includes('mass')
        ? this.#ledgers.get(`${accountId} ${month}`, () => massCalls.countOf(accountId, month))
        : emptyLedger,
    ]);
    return { windows: open, consents, ledger };
  }

  async #listConsenting(
    { accountId, channels, content }: Planned,
    recipients: readonly RecipientFacts[],
  ): Promise<ReadonlySet<string>> {
    if (!channels.includes('subscription') || !content.subscription) return nobody;
    const { templateId } = content.subscription;
    const isLongTerm = await this.#parts.subscriptions.isLongTerm(accountId, templateId);
    const openids = recipients.map(({ openid }) => openid);
    return this.#parts.consents.listFree({ accountId, templateId, isLongTerm }, openids);
  }
}

/** `YYYY-MM` in Asia/Shanghai, by which WeChat counts mass messages. */
export function monthOf(now: number): string {
  return businessDay(now).slice(0, 7);
}

const nobody: ReadonlySet<string> = new Set();
const emptyLedger: MassLedger = new Map();

/** Why what is said by a channel cannot be said to a recipient; null: it can. */
function unfitness(channel: NoticeChannel, writer: NoticeWriter, { values }: RecipientFacts): string | null {
  const written = writer.write(channel, channel === 'mass' ? {} : values);
  return written.kind === 'unfit' ? written.reason : null;
}

/** Why a recipient cannot be reached by a channel; null: nothing is known against it. */
function hindrance(
  channel: NoticeChannel,
  { content }: Planned,
  { openid, subscribed, unreachable }: RecipientFacts,
  { windows, consents, ledger }: Ground,
): string | null {
  if (unreachable !== undefined) return `unreachable:${unreachable}`;
  // Whoever agreed to a template gets it without following, too.
  if (subscribed === false && channel !== 'subscription') return 'not_following';
  switch (channel) {
    case 'customer_service':
      if (!content.body) return 'no_content';
      return windows.has(openid) ? null : 'no_window';
    case 'subscription':
      if (!content.subscription) return 'no_content';
      return consents.has(openid) ? null : 'no_consent';
    case 'template':
      return content.template ? null : 'no_content';
    case 'mass':
      if (!content.body) return 'no_content';
      return (ledger.get(openid) ?? 0) < massPerMonth ? null : 'mass_quota';
  }
}
