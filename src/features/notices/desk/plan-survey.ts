import { canonicalJson } from '../../../core/canonical-json.js';
import { timeOfDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import { UserError } from '../../../core/errors.js';
import type { SensitiveWords } from '../../../dialog/sensitive/sensitive-words.js';
import type { AudienceReader } from '../../audience/audience-reader.js';
import type { SegmentRules } from '../../audience/segment.js';
import type { RecipientList } from '../lists/recipient-list.js';
import type { NoticePlatform, PlatformTemplate } from '../notice-platform-port.js';
import type { NoticeStore } from '../notice-store.js';
import type { NoticeAudience, NoticePlan, NoticeState } from '../notice.js';
import { NoticeWriter } from '../notice-writer.js';
import { checkContent } from './check-content.js';
import { findingSentences } from './finding-sentences.js';
import { errorAt, warningAt, type NoticeFinding } from './notice-finding.js';
import type { NoticeStarter } from './notice-starter.js';
import { costOf, checkQuota, type ChannelCost } from './plan-cost.js';

export interface PlanSurveyParts {
  notices: Pick<NoticeStore, 'list'>;
  audience: Pick<AudienceReader, 'count' | 'placeholders'>;
  /** @throws UserError `bad_rules` */
  requireRules(accountId: string, rules: SegmentRules): Promise<void>;
  lists: { find(accountId: string, listId: string): Promise<RecipientList | null> };
  pictures: { has(accountId: string, pictureId: string): Promise<boolean> };
  templates: TemplateReader;
  platform: Pick<NoticePlatform, 'readQuota'>;
  /** Of the content that is live; undefined: none is. */
  sensitiveWords(accountId: string): SensitiveWords | undefined;
  starter: Pick<NoticeStarter, 'silenceOf'>;
  clock: Clock;
}

/** The account's templates; null: the platform could not be asked. */
export interface TemplateReader {
  list(accountId: string, kind: 'template' | 'subscription'): Promise<readonly PlatformTemplate[] | null>;
}

/** What a plan would do, and what is wrong with it. */
export interface PlanSurveyed {
  findings: NoticeFinding[];
  /** Null: cannot be told, because of the findings. */
  recipients: number | null;
  cost: ChannelCost[];
  placeholders: string[];
}

const dayMs = 86_400_000;
const underWay: readonly NoticeState[] = ['scheduled', 'sending', 'paused', 'finished'];
/** More than an account sends in a day. */
const recentNotices = 50;

/** Looks at a plan before anything of it is kept or sent. */
export class PlanSurvey {
  readonly #parts: PlanSurveyParts;

  constructor(parts: PlanSurveyParts) {
    this.#parts = parts;
  }

  async check(accountId: string, plan: NoticePlan): Promise<NoticeFinding[]> {
    return (await this.survey(accountId, plan)).findings;
  }

  async survey(accountId: string, plan: NoticePlan): Promise<PlanSurveyed> {
    const { templates, pictures, platform } = this.#parts;
    const { content, channels } = plan;
    const list = await this.#findList(accountId, plan.audience);
    const placeholders = this.#placeholdersOf(plan.audience, list);
    const picture = content.body?.kind === 'picture' ? content.body.pictureId : undefined;
    const [size, template, subscription, hasPicture] = await Promise.all([
      this.#sizeUp(accountId, plan.audience, list),
      content.template ? templates.list(accountId, 'template') : [],
      content.subscription ? templates.list(accountId, 'subscription') : [],
      picture === undefined || pictures.has(accountId, picture),
    ]);
    const cost = await costOf(platform, accountId, channels, size.recipients ?? 0);
    const findings = [
      ...size.findings,
      ...checkContent(plan, {
        placeholders: new Set(placeholders),
        templates: { template, subscription },
        sensitive: this.#parts.sensitiveWords(accountId),
        hasPicture,
      }),
      ...missingValues(plan, list),
      ...(size.recipients ? checkQuota(cost, size.recipients) : []),
      ...(await this.#checkTime(accountId, plan)),
      ...(await this.#checkRepetition(accountId, plan)),
    ];
    return { findings, recipients: size.recipients, cost, placeholders };
  }

  async #findList(accountId: string, audience: NoticeAudience): Promise<RecipientList | null> {
    return audience.kind === 'list' ? this.#parts.lists.find(accountId, audience.listId) : null;
  }

  #placeholdersOf(plan: NoticeAudience, list: RecipientList | null): string[] {
    const known = this.#parts.audience.placeholders(rulesOf(plan));
    return [...new Set([...(list?.columns ?? []), ...known])];
  }

  async #sizeUp(
    accountId: string,
    audience: NoticeAudience,
    list: RecipientList | null,
  ): Promise<{ recipients: number | null; findings: NoticeFinding[] }> {
    if (audience.kind === 'list') {
      const fault = faultOf(list);
      if (fault) return { recipients: null, findings: [fault] };
      return sized(list?.usable ?? 0);
    }
    const rules = rulesOf(audience);
    try {
      if (audience.kind === 'segment') await this.#parts.requireRules(accountId, rules);
      return sized(await this.#parts.audience.count(accountId, rules));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const message = findingSentences.audience_invalid(error.message);
      return { recipients: null, findings: [errorAt('audience', 'audience_invalid', message)] };
    }
  }

  async #checkTime(accountId: string, { kind, sendAt }: NoticePlan): Promise<NoticeFinding[]> {
    if (kind === 'emergency') {
      const message = findingSentences.emergency_scheduled();
      return sendAt ? [errorAt('sendAt', 'emergency_scheduled', message)] : [];
    }
    const now = new Date(this.#parts.clock.now());
    const isPast = sendAt !== null && sendAt <= now;
    const until = await this.#parts.starter.silenceOf({ accountId, kind }, isPast || !sendAt ? now : sendAt);
    const findings: NoticeFinding[] = [];
    if (isPast) findings.push(warningAt('sendAt', 'time_past', findingSentences.time_past()));
    if (until) {
      const time = timeOfDay(until.getTime());
      const say = sendAt && !isPast ? findingSentences.quiet_hours : findingSentences.quiet_hours_now;
      findings.push(warningAt('sendAt', 'quiet_hours', say(time)));
    }
    return findings;
  }

  async #checkRepetition(accountId: string, plan: NoticePlan): Promise<NoticeFinding[]> {
    if (plan.training) return [];
    const { notices, clock } = this.#parts;
    const since = clock.now() - dayMs;
    const recent = await notices.list(accountId, { limit: recentNotices, states: underWay });
    const same = recent.find(
      (notice) =>
        !notice.training &&
        (notice.startedAt?.getTime() ?? Infinity) >= since &&
        whatAndWhom(notice) === whatAndWhom(plan),
    );
    return same ? [warningAt('content', 'duplicate', findingSentences.duplicate(same.title))] : [];
  }
}

function rulesOf(audience: NoticeAudience): SegmentRules {
  return { conditions: audience.kind === 'segment' ? audience.conditions : [] };
}

function faultOf(list: RecipientList | null): NoticeFinding | undefined {
  if (!list) return errorAt('audience.listId', 'list_missing', findingSentences.list_missing());
  if (list.confirmed) return undefined;
  return errorAt('audience.listId', 'list_unconfirmed', findingSentences.list_unconfirmed());
}

function sized(recipients: number) {
  const isEmpty = recipients === 0;
  const findings = isEmpty ? [errorAt('audience', 'audience_empty', findingSentences.audience_empty())] : [];
  return { recipients, findings };
}

/** Columns of the list that are named in the content and are empty for some. */
function missingValues({ content, channels }: NoticePlan, list: RecipientList | null): NoticeFinding[] {
  if (!list) return [];
  const writer = new NoticeWriter(content);
  const named = new Set(channels.flatMap((channel) => writer.placeholders(channel)));
  return list.blanks
    .filter(({ column }) => named.has(column))
    .map(({ column, people }) =>
      warningAt('audience.listId', 'values_missing', findingSentences.values_missing(column, people)),
    );
}

function whatAndWhom({ content, audience }: NoticePlan): string {
  return canonicalJson({ content, audience });
}
