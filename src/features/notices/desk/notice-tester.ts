import type { Actor } from '../../../core/actor.js';
import { notFound } from '../../../core/refusals.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import type { AudienceReader } from '../../audience/audience-reader.js';
import type { PictureStore } from '../settings/picture-store.js';
import type { NoticePlatform, PersonalMessage } from '../notice-platform-port.js';
import type { NoticeChannel, NoticePlan } from '../notice.js';
import { NoticeWriter } from '../notice-writer.js';
import { exampleOf } from '../template-fields.js';
import { channelUntestable } from './desk-errors.js';

export interface NoticeTesterParts {
  audience: Pick<AudienceReader, 'findMany'>;
  pictures: Pick<PictureStore, 'read'>;
  platform: Pick<NoticePlatform, 'admit' | 'send' | 'uploadPicture'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  newId: () => string;
}

export interface NoticeTest {
  accountId: string;
  actor: Actor;
  plan: NoticePlan;
  openid: string;
  channel: NoticeChannel;
}

export interface NoticeTestResult {
  /** `rehearsed`: the plan is a training, nothing was sent. */
  outcome: 'accepted' | 'refused' | 'unknown' | 'rehearsed';
  reason: string | null;
}

const patienceMs = 10_000;

/** Sends a plan's message to one phone, for its author to look at. */
export class NoticeTester {
  readonly #parts: NoticeTesterParts;

  constructor(parts: NoticeTesterParts) {
    this.#parts = parts;
  }

  /**
   * What this citizen has no value for is filled with an example. On record before the platform is asked.
   *
   * @throws UserError `channel_untestable`, `not_found` for a picture; OperationalError when the platform cannot be
   *   handed the picture.
   */
  async test(request: NoticeTest): Promise<NoticeTestResult> {
    const { accountId, actor, plan, openid, channel } = request;
    const { transactions, audit, platform } = this.#parts;
    if (channel === 'mass') throw channelUntestable();
    const message = await this.#write(request, channel);
    await transactions.run((tx) =>
      audit.append(tx, {
        ...actor,
        accountId,
        action: 'notice.test',
        object: { kind: 'citizen', id: `…${openid.slice(-6)}` },
        changes: Object.entries({ title: plan.title, channel, training: plan.training }).map(
          ([path, after]) => ({ path, after }),
        ),
      }),
    );
    if ('unfit' in message) return { outcome: 'refused', reason: message.unfit };
    if (plan.training) return { outcome: 'rehearsed', reason: null };
    await platform.admit(accountId, channel, AbortSignal.timeout(patienceMs));
    const outcome = await platform.send(accountId, openid, message);
    if (outcome.kind === 'accepted') return { outcome: 'accepted', reason: null };
    return { outcome: outcome.kind === 'unknown' ? 'unknown' : 'refused', reason: outcome.reason };
  }

  async #write(
    { accountId, plan, openid }: NoticeTest,
    channel: PersonalMessage['channel'],
  ): Promise<PersonalMessage | { unfit: string }> {
    const { content } = plan;
    const [known] = await this.#parts.audience.findMany(accountId, [openid]);
    const writer = new NoticeWriter(content);
    const written = writer.write(channel, { ...examplesFor(plan, channel), ...known?.values });
    switch (written.kind) {
      case 'unfit':
        return { unfit: written.reason };
      case 'template': {
        const { template } = written;
        return channel === 'subscription'
          ? { channel, template }
          : { channel: 'template', template, clientMsgId: `t-${this.#parts.newId()}` };
      }
      case 'body': {
        const { body } = written;
        if (body.kind === 'text') return { channel: 'customer_service', medium: body };
        const mediaId = await this.#upload(accountId, body.pictureId, plan.training);
        return { channel: 'customer_service', medium: { kind: 'picture', mediaId } };
      }
    }
  }

  async #upload(accountId: string, pictureId: string, isTraining: boolean): Promise<string> {
    const { pictures, platform } = this.#parts;
    const picture = await pictures.read(accountId, pictureId);
    if (!picture) throw notFound();
    if (isTraining) return '';
    return platform.uploadPicture(accountId, picture);
  }
}

/** For every placeholder something that its field takes. */
function examplesFor({ content }: NoticePlan, channel: PersonalMessage['channel']): Record<string, string> {
  const fields = channel === 'customer_service' ? undefined : content[channel]?.values;
  const examples = new NoticeWriter(content).placeholders(channel).map((name) => {
    const keyword = Object.keys(fields ?? {}).find((one) => fields?.[one]?.includes(name));
    return [name, keyword === undefined ? `〔${name}〕` : exampleOf(keyword)] as const;
  });
  return Object.fromEntries(examples);
}
