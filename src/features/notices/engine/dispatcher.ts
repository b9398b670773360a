import { BackgroundLoop } from '../../../core/background-loop.js';
import type { Clock } from '../../../core/clock.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import { templateRepeatMs } from '../../../core/outbound-messenger.js';
import type { DeliveryStore } from '../delivery-store.js';
import type { MassSender } from '../mass/mass-sender.js';
import type { NoticeStore } from '../notice-store.js';
import type { Notice } from '../notice.js';
import { AccountLane } from './account-lane.js';
import type { DeliverySender } from './delivery-sender.js';
import { MessageMaker } from './message-maker.js';
import type { NoticeEngineWatcher } from './notice-engine-watcher.js';
import type { NoticeTally } from './notice-tally.js';
import type { PictureUploads } from './picture-uploads.js';
import { SendingNotice } from './sending-notice.js';

export interface DispatcherParts {
  notices: Pick<NoticeStore, 'listSending' | 'listUnsettled' | 'settle' | 'hold' | 'finish'>;
  /** Lets scheduled notices begin whose time has come, and held ones go on. */
  starter: { startDue(): Promise<unknown> };
  deliveries: Pick<DeliveryStore, 'claim' | 'abandonExpired' | 'cancelWaiting' | 'hasUnfinished'>;
  sender: DeliverySender;
  mass: Pick<MassSender, 'advance' | 'settleTold' | 'callOff'>;
  pictures: PictureUploads;
  tally: Pick<NoticeTally, 'flush'>;
  cipher: FieldCipher;
  watcher: NoticeEngineWatcher;
  clock: Clock;
  newId: () => string;
  /** Rows of an account under way at the same time; each needs a connection to the platform for a part of that. */
  concurrency?: number;
  /** For how long claimed rows are this worker's, in milliseconds. */
  leaseMs: number;
}

/** A pause, a cancellation, or a notice that another node has let begin, is felt within that time. */
const roundMs = 500;
/** Measured: with fewer, connections lie idle while outcomes are written down. */
const usualConcurrency = 128;

/**
 * Sends notices. Any number of workers may run, on any number of nodes: they share out the rows by claims. Each round
 * looks at what is to be sent; in between, every account's lane goes on by itself.
 */
export class NoticeDispatcher {
  readonly #parts: DispatcherParts;
  readonly #loop: BackgroundLoop;
  readonly #lanes = new Map<string, AccountLane>();
  readonly #runs = new Map<string, SendingNotice>();
  readonly #massRuns = new Map<string, Promise<void>>();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#loop = new BackgroundLoop({
      work: () => this.#round(),
      pauseMs: roundMs,
      onFailure: (error) => parts.watcher.failed('round', error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Something may have begun, been paused or cancelled. */
  nudge(): void {
    this.#loop.nudge();
  }

  /** Finishes what is under way, then stops. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    for (const run of this.#runs.values()) run.end();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
    await Promise.all(this.#massRuns.values());
    this.#runs.clear();
    await this.#parts.tally.flush().catch((error: unknown) => this.#parts.watcher.failed('tally', error));
  }

  async #round(): Promise<void> {
    const { notices, mass, tally, starter } = this.#parts;
    await starter.startDue();
    const sending = await notices.listSending();
    this.#takeUp(sending);
    for (const notice of sending) await this.#sweep(notice);
    for (const notice of await notices.listUnsettled()) await this.#callOff(notice);
    await mass.settleTold();
    await tally.flush();
  }

  /** Ends the runs of notices that are no longer sent, begins those of new ones. */
  #takeUp(sending: readonly Notice[]): void {
    const wanted = new Map(sending.map((notice) => [keyOf(notice), notice]));
    for (const [key, run] of this.#runs) {
      // A run that ended by itself, and whose notice is sent all the same, begins anew.
      if (wanted.has(key) && !run.signal.aborted) continue;
      run.end();
      this.#runs.delete(key);
    }
    for (const [key, notice] of wanted) if (!this.#runs.has(key)) this.#runs.set(key, this.#open(notice));
    const accounts = new Set([...this.#lanes.keys(), ...sending.map(({ accountId }) => accountId)]);
    for (const accountId of accounts) this.#updateLane(accountId, wanted);
    for (const [key, { channels }] of wanted) if (channels.includes('mass')) this.#advanceMass(key);
  }

  #updateLane(accountId: string, wanted: ReadonlyMap<string, Notice>): void {
    const runs = [...wanted.keys()].flatMap((key) => this.#runs.get(key) ?? []);
    const lane = this.#lanes.get(accountId) ?? this.#openLane();
    this.#lanes.set(accountId, lane);
    lane.update(runs.filter(({ notice }) => notice.accountId === accountId));
  }

  #open(notice: Notice): SendingNotice {
    const { cipher, pictures } = this.#parts;
    return new SendingNotice(notice, new MessageMaker(notice, cipher, pictures), this.#parts);
  }

  #openLane(): AccountLane {
    const { concurrency = usualConcurrency } = this.#parts;
    // The round that follows finds out whether something is finished.
    return new AccountLane({ ...this.#parts, concurrency, onIdle: () => this.nudge() });
  }

  /** Beside the lane, so that neither waits for the other. */
  #advanceMass(key: string): void {
    const run = this.#runs.get(key);
    if (!run || this.#massRuns.has(key)) return;
    const advance = this.#parts.mass
      .advance(run)
      .catch((error: unknown) => this.#parts.watcher.failed('mass', error))
      .finally(() => this.#massRuns.delete(key));
    this.#massRuns.set(key, advance);
  }

  async #sweep(notice: Notice): Promise<void> {
    const { notices, deliveries, watcher, clock } = this.#parts;
    const now = clock.now();
    const { unknown, again } = await deliveries.abandonExpired(
      notice,
      new Date(now),
      new Date(now - templateRepeatMs),
    );
    if (unknown + again > 0) watcher.abandoned(unknown + again);
    if (await deliveries.hasUnfinished(notice)) return;
    const { accountId, id } = notice;
    if (await notices.finish({ accountId, id }, new Date(now))) watcher.finished(accountId, id);
  }

  /** A cancelled notice is settled once nothing of it waits or is being sent. */
  async #callOff(notice: Notice): Promise<void> {
    const { notices, deliveries, mass, clock } = this.#parts;
    const now = new Date(clock.now());
    await mass.callOff(notice);
    await deliveries.cancelWaiting(notice, now);
    // Nothing is repeated any more: what is in doubt stays so.
    await deliveries.abandonExpired(notice, now, now);
    if (!(await deliveries.hasUnfinished(notice))) await notices.settle(notice);
  }
}

function keyOf({ id, preparation }: Notice): string {
  return `${id}:${preparation}`;
}
