import type { Clock } from '../../../core/clock.js';
import type { ConsentSettlement, ConsentUse } from '../consent-ledger.js';
import { idOfDelivery } from '../delivery-record.js';
import type { DeliveryChange } from '../delivery-store.js';
import type { Delivery } from '../delivery.js';
import type { Notice, NoticeHold } from '../notice.js';
import {
  personalChannels,
  type NoticePlatform,
  type PersonalChannel,
  type PersonalMessage,
  type PersonalOutcome,
} from '../notice-platform-port.js';
import type { ConsentDesk } from './consent-desk.js';
import type { DeliveryLog } from './delivery-log.js';
import { closeChannel, isBeyondRepeat, judgeOutcome, type Verdict } from './judge-outcome.js';
import type { MadeMessage, MessageMaker } from './message-maker.js';
import type { NoticeEngineWatcher } from './notice-engine-watcher.js';
import type { NoticeTally } from './notice-tally.js';
import { pictureHold } from './picture-uploads.js';
import type { SubscriptionKinds } from './subscription-kinds.js';

export interface DeliverySenderParts {
  platform: Pick<NoticePlatform, 'admit' | 'send'>;
  log: Pick<DeliveryLog, 'write'>;
  consents: Pick<ConsentDesk, 'take' | 'settle'>;
  subscriptions: Pick<SubscriptionKinds, 'isLongTerm'>;
  tally: Pick<NoticeTally, 'refused' | 'unreachable'>;
  watcher: Pick<NoticeEngineWatcher, 'attempted'>;
  clock: Clock;
  /** For how long a row is this worker's while it is sent, in milliseconds. */
  leaseMs: number;
}

/** A notice while it is being sent, as its rows see it. */
export interface NoticeRun {
  readonly notice: Notice;
  readonly maker: Pick<MessageMaker, 'make'>;
  /** Aborted once the notice is paused or cancelled, or this worker stops. */
  readonly signal: AbortSignal;
  /** The platform says that the whole notice has to wait. */
  hold(hold: Pick<NoticeHold, 'cause' | 'reason' | 'until'>): Promise<void>;
  /** Of the content; several in a row are no accident. */
  judged(outcome: PersonalOutcome): Promise<void>;
}

/** Sends claimed rows: each attempt is on record before the platform is asked, and its outcome before it is let go. */
export class DeliverySender {
  readonly #parts: DeliverySenderParts;

  constructor(parts: DeliverySenderParts) {
    this.#parts = parts;
  }

  /** One attempt by the row's next channel. Rejects only when nothing could be kept. */
  async send(run: NoticeRun, row: Delivery): Promise<void> {
    const now = this.#parts.clock.now();
    const channel = personalChannels.find((one) => one === row.channel);
    if (!channel || run.signal.aborted) return this.release(row);
    if (isBeyondRepeat(row, now))
      return this.#write(row, { state: 'unknown', reason: row.reason ?? 'not_repeatable' });
    const made = await this.#make(run, row, channel);
    if (!made) return this.release(row);
    if (made.kind === 'unfit')
      return this.#write(row, closeChannel(row, channel, made.reason, new Date(now)));
    if (run.notice.training) return this.#write(row, { state: 'rehearsed', channel });
    const use = await this.#useOf(run.notice, row, channel);
    if (use && !(await this.#parts.consents.take(use)))
      return this.#write(row, closeChannel(row, channel, 'no_consent', new Date(now)));
    await this.#attempt(run, row, made.message, use);
  }

  /** Back among those that wait, untouched. */
  async release(row: Delivery): Promise<void> {
    const { reason, maybeSentAt } = row;
    await this.#parts.log.write({
      delivery: row,
      state: 'waiting',
      at: row.updatedAt,
      dueAt: row.updatedAt,
      ...(reason !== undefined && { reason }),
      ...(maybeSentAt && { maybeSentAt }),
    });
  }

  async #attempt(
    run: NoticeRun,
    row: Delivery,
    message: PersonalMessage,
    use: ConsentUse | null,
  ): Promise<void> {
    const { platform, watcher, clock } = this.#parts;
    const { channel } = message;
    const begunAt = await this.#begin(run, row, channel);
    if (!begunAt) {
      if (use) await this.#parts.consents.settle(use, 'given_back');
      return;
    }
    const outcome = await platform.send(row.accountId, row.openid, message);
    const verdict = judgeOutcome(row, channel, outcome, begunAt, new Date(clock.now()));
    if (use && verdict.consent) await this.#settle(use, verdict.consent);
    await this.#write(row, verdict.change);
    watcher.attempted(row.accountId, channel, verdict.change.state);
    await this.#follow(run, row, outcome, verdict);
  }

  /** Null: the row is let go of, and nothing is to be sent. */
  async #begin({ signal }: NoticeRun, row: Delivery, channel: PersonalChannel): Promise<Date | null> {
    const { platform, log, clock, leaseMs } = this.#parts;
    const isAdmitted = await platform.admit(row.accountId, channel, signal).then(
      () => !signal.aborted,
      () => false,
    );
    if (!isAdmitted) {
      await this.release(row);
      return null;
    }
    const now = new Date(clock.now());
    const maybeSentAt = channel === 'template' ? (row.maybeSentAt ?? now) : undefined;
    const leaseUntil = new Date(now.getTime() + leaseMs);
    const isHeld = await log.write({
      delivery: row,
      state: 'sending',
      channel,
      leaseUntil,
      at: now,
      ...(maybeSentAt && { maybeSentAt }),
    });
    return isHeld ? now : null;
  }

  /** Null: its picture could not be handed over, and the notice waits. */
  async #make(run: NoticeRun, row: Delivery, channel: PersonalChannel): Promise<MadeMessage | null> {
    try {
      return await run.maker.make(row, channel);
    } catch (error) {
      const hold = pictureHold(error, this.#parts.clock.now());
      if (!hold) throw error;
      await run.hold(hold);
      return null;
    }
  }

  async #useOf({ content }: Notice, row: Delivery, channel: PersonalChannel): Promise<ConsentUse | null> {
    if (channel !== 'subscription' || !content.subscription) return null;
    const { templateId } = content.subscription;
    const { accountId, openid } = row;
    const isLongTerm = await this.#parts.subscriptions.isLongTerm(accountId, templateId);
    return { accountId, openid, templateId, isLongTerm, delivery: idOfDelivery(row) };
  }

  /** The message is sent, whatever becomes of the ledger: the platform corrects it (43101). */
  async #settle(use: ConsentUse, as: ConsentSettlement): Promise<void> {
    await this.#parts.consents.settle(use, as).catch(() => undefined);
  }

  async #follow(run: NoticeRun, row: Delivery, outcome: PersonalOutcome, verdict: Verdict): Promise<void> {
    if (outcome.kind !== 'accepted' && row.channel)
      this.#parts.tally.refused(row.accountId, row.channel, outcome.reason);
    if (outcome.kind === 'unreachable')
      this.#parts.tally.unreachable(row.accountId, row.openid, outcome.reason);
    if (verdict.hold) await run.hold(verdict.hold);
    await run.judged(outcome);
  }

  async #write(row: Delivery, change: Omit<DeliveryChange, 'delivery' | 'at'>): Promise<void> {
    await this.#parts.log.write({ ...change, delivery: row, at: new Date(this.#parts.clock.now()) });
  }
}
