import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatEntry } from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../observability/logger.js';
import type { CitizenState } from '../account-state.js';
import type { SandboxTimings } from '../sandbox-options.js';
import type { World, WorldAccount } from '../world.js';
import { buildEventXml, type MessageFields } from './message-xml.js';
import type { WebhookPost } from './webhook-post.js';

/** What became of something that the account sent. */
export interface Report {
  account: WorldAccount;
  /** FromUserName of the event. */
  openid: string;
  fields: MessageFields;
  /** The card of the chat that shows how the report fares. */
  about?: { citizen: CitizenState; entry: ChatEntry };
}

export interface ReportCounts {
  made: number;
  lost: number;
  delivered: number;
  /** The webhook gave no answer to four attempts. */
  failed: number;
}

export interface ReportDeskOptions {
  world: World;
  post: WebhookPost;
  clock: Clock;
  logger: Logger;
  random: () => number;
  timings: SandboxTimings;
}

/** Tells accounts by events what became of their messages, as their `misbehaviour.reports` asks. */
export class ReportDesk {
  readonly #options: ReportDeskOptions;
  readonly #counts = new WeakMap<WorldAccount, ReportCounts>();
  readonly #lanes = new Lanes(32);
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: ReportDeskOptions) {
    this.#options = options;
  }

  /** Resolves when the report has arrived, was given up, or is lost. `extraMs`: what it waits beside the delay set. */
  send(report: Report, extraMs = 0): Promise<void> {
    const counts = this.countsOf(report.account);
    const { loseEvery } = report.account.misbehaviour.reports;
    counts.made += 1;
    if (loseEvery > 0 && counts.made % loseEvery === 0) {
      counts.lost += 1;
      return Promise.resolve();
    }
    const work = this.#deliver(report, extraMs)
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'sandbox report failed'))
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
    return work;
  }

  countsOf(account: WorldAccount): ReportCounts {
    const counts = this.#counts.get(account) ?? { made: 0, lost: 0, delivered: 0, failed: 0 };
    this.#counts.set(account, counts);
    return counts;
  }

  clearCounts(account: WorldAccount): void {
    this.#counts.delete(account);
  }

  /** Resolves when no report is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #deliver(report: Report, extraMs: number): Promise<void> {
    const { misbehaviour } = report.account;
    const delay = extraMs + misbehaviour.reports.delayMs + misbehaviour.slowMs + this.#detour(report);
    if (delay > 0) await sleep(delay, undefined, { ref: false });
    await this.#lanes.run(async () => {
      const arrived = await this.#post(report);
      this.countsOf(report.account)[arrived ? 'delivered' : 'failed'] += 1;
      if (misbehaviour.duplicateAll) await this.#post(report);
    });
  }

  /** Where reports overtake one another, each takes its own while. */
  #detour({ account }: Report): number {
    const { random, timings } = this.#options;
    return account.misbehaviour.reports.outOfOrder ? random() * timings.holdMs : 0;
  }

  async #post({ account, openid, fields, about }: Report): Promise<boolean> {
    const { clock, post, world } = this.#options;
    const startedAt = performance.now();
    const xml = buildEventXml({ account, citizen: { openid }, now: clock.now(), fields });
    const { attempts, response } = await post.deliver(account.account, xml);
    const arrived = response.kind === 'body';
    if (!about || !account.atHand.has(about.citizen)) return arrived;
    about.entry.delivery = {
      state: arrived ? 'silent' : 'failed',
      attempts,
      tookMs: Math.round(performance.now() - startedAt),
      duplicate: 'none',
      problem: arrived ? null : response.problem,
    };
    world.announceEntry(account, about.citizen, about.entry);
    return arrived;
  }
}

interface Waiter {
  start: () => void;
  next: Waiter | null;
}

/** So much work at the same time, in the order asked: a hundred thousand reports must not open as many connections. */
class Lanes {
  #first: Waiter | null = null;
  #last: Waiter | null = null;

  constructor(private free: number) {}

  async run(work: () => Promise<void>): Promise<void> {
    if (this.free === 0) await new Promise<void>((start) => this.#queue({ start, next: null }));
    else this.free -= 1;
    try {
      await work();
    } finally {
      this.#passOn();
    }
  }

  #queue(waiter: Waiter): void {
    if (this.#last) this.#last.next = waiter;
    else this.#first = waiter;
    this.#last = waiter;
  }

  #passOn(): void {
    const next = this.#first;
    if (!next) {
      this.free += 1;
      return;
    }
    this.#first = next.next;
    if (!this.#first) this.#last = null;
    next.start();
  }
}
