import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatEntry, Delivery } from '../../api-types/sandbox.js';
import type { Logger } from '../../observability/logger.js';
import type { CitizenState } from '../account-state.js';
import type { SandboxTimings } from '../sandbox-options.js';
import { sandboxTexts } from '../sandbox-texts.js';
import type { World, WorldAccount } from '../world.js';
import { replyToChat } from './reply-to-chat.js';
import { readWebhookAnswer, type WebhookAnswer } from './webhook-answer.js';
import type { WebhookPost } from './webhook-post.js';

/** A message or event on its way to the webhook. */
export interface Parcel {
  account: WorldAccount;
  citizen: CitizenState;
  /** The entry of the chat that shows how the delivery fares. */
  entry: ChatEntry;
  xml: string;
  /** Articles that a reply may hold: 1 to a message, 8 to an event. Source: WeChat, since 2018-10-12. */
  articles: number;
  /** Whether the citizen is told when no good answer comes; not for what happens behind the chat. */
  tellsFailure: boolean;
}

export interface CourierOptions {
  world: World;
  post: WebhookPost;
  logger: Logger;
  timings: SandboxTimings;
}

type Outcome = { attempts: number; tookMs: number } & (WebhookAnswer | { kind: 'none'; problem: string });

/**
 * Carries what citizens do to the webhooks. Each parcel travels on its own: the platform does not wait for the
 * answer to one message before it delivers the next.
 */
export class Courier {
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #held = new Map<string, () => void>();
  readonly #last = new Map<string, { parcel: Parcel; outcome: Promise<Outcome> }>();
  readonly #options: CourierOptions;

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  send(parcel: Parcel): void {
    const outcome = this.#deliver(parcel);
    this.#last.set(parcel.citizen.openid, { parcel, outcome });
    this.#track(outcome);
  }

  /**
   * Delivers the citizen's last message once more, byte for byte, and notes whether the answer was the same.
   * Nothing new is said in the chat: the platform shows one answer to one message.
   * False when nothing was sent since the sandbox started.
   */
  repeatLast(citizen: CitizenState): boolean {
    const last = this.#last.get(citizen.openid);
    if (last) this.#track(this.#compare(last.parcel, last.outcome, this.#attempt(last.parcel)));
    return last !== undefined;
  }

  /** Resolves when no parcel is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #track(work: Promise<unknown>): void {
    const tracked = work
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'sandbox delivery failed'))
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #deliver(parcel: Parcel): Promise<Outcome> {
    const { slowMs, duplicateAll, outOfOrder } = parcel.account.misbehaviour;
    const overtaken = this.#held.get(parcel.citizen.openid);
    this.#update(parcel, { state: 'waiting' });
    if (outOfOrder && !overtaken) await this.#holdBack(parcel.citizen.openid);
    if (slowMs > 0) await sleep(slowMs, undefined, { ref: false });
    this.#update(parcel, { state: 'sending' });
    const duplicate = duplicateAll ? this.#attempt(parcel) : undefined;
    const outcome = await this.#attempt(parcel, (attempts) => this.#update(parcel, { attempts }));
    this.#conclude(parcel, outcome);
    overtaken?.();
    if (duplicate) this.#track(this.#compare(parcel, Promise.resolve(outcome), duplicate));
    return outcome;
  }

  /** Waits until the citizen's next parcel has overtaken this one, or none came. */
  async #holdBack(openid: string): Promise<void> {
    const overtaken = new AbortController();
    this.#held.set(openid, () => overtaken.abort());
    const timer = sleep(this.#options.timings.holdMs, undefined, { signal: overtaken.signal, ref: false });
    await timer.catch(() => undefined);
    this.#held.delete(openid);
  }

  async #attempt(parcel: Parcel, onAttempt?: (attempts: number) => void): Promise<Outcome> {
    const { account, citizen, xml, articles } = parcel;
    const startedAt = performance.now();
    const { attempts, response } = await this.#options.post.deliver(account.account, xml, onAttempt);
    const tookMs = Math.round(performance.now() - startedAt);
    if (response.kind === 'none') return { attempts, tookMs, ...response };
    const expected = {
      account: account.account,
      originalId: account.originalId,
      openid: citizen.openid,
      articles,
    };
    return { attempts, tookMs, ...readWebhookAnswer(response.body, expected) };
  }

  #conclude(parcel: Parcel, outcome: Outcome): void {
    const { attempts, tookMs } = outcome;
    switch (outcome.kind) {
      case 'reply':
        this.#update(parcel, { state: 'answered', attempts, tookMs });
        this.#options.world.say(parcel.account, parcel.citizen, replyToChat(outcome.reply));
        break;
      case 'silent':
        this.#update(parcel, { state: 'silent', attempts, tookMs });
        break;
      case 'malformed':
        this.#update(parcel, { state: 'failed', attempts, tookMs, problem: outcome.problem });
        this.#tellFailure(parcel, sandboxTexts.badAnswer);
        break;
      case 'none':
        this.#update(parcel, { state: 'failed', attempts, tookMs, problem: outcome.problem });
        this.#tellFailure(parcel, sandboxTexts.noAnswer);
        break;
    }
  }

  async #compare(parcel: Parcel, first: Promise<Outcome>, second: Promise<Outcome>): Promise<void> {
    const same = answerOf(await first) === answerOf(await second);
    this.#update(parcel, { duplicate: same ? 'same_answer' : 'other_answer' });
  }

  #tellFailure(parcel: Parcel, text: string): void {
    if (!parcel.tellsFailure) return;
    const { account, citizen } = parcel;
    this.#options.world.say(account, citizen, { from: 'platform', content: { kind: 'notice', text } });
  }

  #update(parcel: Parcel, change: Partial<Delivery>): void {
    const { account, citizen, entry } = parcel;
    entry.delivery = { ...(entry.delivery ?? notDelivered), ...change };
    this.#options.world.announceEntry(account, citizen, entry);
  }
}

const notDelivered: Delivery = {
  state: 'waiting',
  attempts: 0,
  tookMs: 0,
  duplicate: 'none',
  problem: null,
};

/** What makes two answers the same to the citizen. */
function answerOf(outcome: Outcome): string {
  return outcome.kind === 'reply' ? JSON.stringify(outcome.reply) : outcome.kind;
}
