import { UserError } from '../../../core/errors.js';
import type { RecipientFacts } from '../../audience/audience-reader.js';
import type { ChannelPlan, ChannelPlanner } from '../channel-planner.js';
import type { NoticeStore } from '../notice-store.js';
import type { NoticeBody, NoticeChannel, NoticePlan } from '../notice.js';
import { NoticeWriter } from '../notice-writer.js';
import type { RecipientReader } from '../recipient-reader.js';
import type { PlanSurvey, PlanSurveyed, TemplateReader } from './plan-survey.js';

export interface NoticeForecasterParts {
  survey: Pick<PlanSurvey, 'survey'>;
  recipients: RecipientReader;
  planner: ChannelPlanner;
  templates: TemplateReader;
  notices: Pick<NoticeStore, 'list'>;
}

/** A template filled in, as it would be shown. */
export interface NoticeCard {
  title: string;
  fields: { name: string; value: string }[];
  url: string | null;
}

/** What one of the recipients would get. */
export interface NoticeSample {
  /** The end of the openid. */
  citizen: string;
  /** Null: nothing, `reason` says why. */
  channel: NoticeChannel | null;
  reason: string | null;
  body: NoticeBody | null;
  card: NoticeCard | null;
}

export interface NoticeForecast extends PlanSurveyed {
  samples: NoticeSample[];
  /** At the rate of the last notice by the same channel; null: there was none. */
  seconds: number | null;
}

const sampleSize = 5;
const shownEnd = 6;
/** Among which the rate of the last one is looked for. */
const lastNotices = 20;

/** Tells what a plan would do, before anything of it is kept or sent. */
export class NoticeForecaster {
  readonly #parts: NoticeForecasterParts;

  constructor(parts: NoticeForecasterParts) {
    this.#parts = parts;
  }

  async forecast(accountId: string, plan: NoticePlan): Promise<NoticeForecast> {
    const surveyed = await this.#parts.survey.survey(accountId, plan);
    const { recipients } = surveyed;
    const samples = recipients ? await this.#readSamples(accountId, plan) : [];
    const seconds = recipients ? await this.#estimate(accountId, plan, recipients) : null;
    return { ...surveyed, samples, seconds };
  }

  async #readSamples(accountId: string, plan: NoticePlan): Promise<NoticeSample[]> {
    const { recipients, planner } = this.#parts;
    const notice = { ...plan, accountId };
    try {
      const found = await recipients.list(notice, { after: null, limit: sampleSize });
      const plans = await planner.plan(notice, found);
      const writer = new NoticeWriter(plan.content);
      return await Promise.all(
        found.map((facts, index) => this.#describe(accountId, facts, plans[index], writer)),
      );
    } catch (error) {
      // What the rules refuse stands among the findings.
      if (error instanceof UserError) return [];
      throw error;
    }
  }

  /** By the first channel that is open and has something to say. */
  async #describe(
    accountId: string,
    { openid, values }: RecipientFacts,
    plan: ChannelPlan | undefined,
    writer: NoticeWriter,
  ): Promise<NoticeSample> {
    const nothing = { citizen: `…${openid.slice(-shownEnd)}`, channel: null, body: null, card: null };
    let reason = plan?.passed[0]?.reason ?? null;
    for (const channel of plan?.open ?? []) {
      const written = writer.write(channel, channel === 'mass' ? {} : values);
      if (written.kind === 'unfit') reason = written.reason;
      else if (written.kind === 'body') return { ...nothing, channel, reason: null, body: written.body };
      else {
        const card = await this.#draw(accountId, channel, written.template);
        return { ...nothing, channel, reason: null, card };
      }
    }
    return { ...nothing, reason };
  }

  async #draw(
    accountId: string,
    channel: NoticeChannel,
    { templateId, data, url }: { templateId: string; data: Readonly<Record<string, string>>; url?: string },
  ): Promise<NoticeCard> {
    const kind = channel === 'subscription' ? 'subscription' : 'template';
    const template = (await this.#parts.templates.list(accountId, kind))?.find(({ id }) => id === templateId);
    const fields = template?.fields ?? Object.keys(data).map((keyword) => ({ keyword, name: keyword }));
    return {
      title: template?.title ?? '',
      fields: fields.map(({ keyword, name }) => ({ name, value: data[keyword] ?? '' })),
      url: url ?? null,
    };
  }

  async #estimate(accountId: string, { channels }: NoticePlan, recipients: number): Promise<number | null> {
    const ended = await this.#parts.notices.list(accountId, { limit: lastNotices, states: ['finished'] });
    const like = ended.find((notice) => !notice.training && notice.channels[0] === channels[0]);
    if (!like?.startedAt || !like.endedAt || !like.size) return null;
    const seconds = Math.max(1, (like.endedAt.getTime() - like.startedAt.getTime()) / 1_000);
    return Math.max(1, Math.ceil((recipients * seconds) / Math.max(1, like.size.recipients)));
  }
}
