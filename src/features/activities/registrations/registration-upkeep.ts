import { describeError } from '../../../core/errors.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { PlacesKey } from '../place-store.js';
import { activityOf, timeOfGroup } from './activity-of.js';
import type { Leaving } from './leaving.js';
import type { PlaceKeeper } from './place-keeper.js';
import type { RegistrationParts } from './registration-parts.js';
import { end, hasEnded, isLapsedOffer } from './registration-transitions.js';
import { tell } from './tell.js';

/** Records that one reading brings. */
const batchSize = 200;
/** How many reasons a report names. */
const reasonsShown = 5;

export interface ClosingReport {
  /** Registrations of cancelled activities that were closed. */
  closed: number;
  /** Those that could not be; they come again. */
  failed: number;
  /** Some of the reasons. */
  reasons: string[];
}

/**
 * What nobody asks for and has to be done all the same, for all accounts. Nothing depends on when it is done; cut off
 * at any point, it carries on from what it finds, and any number of nodes may do it at once.
 */
export class RegistrationUpkeep {
  readonly #parts: RegistrationParts;
  readonly #keeper: PlaceKeeper;
  readonly #leaving: Leaving;

  constructor(parts: RegistrationParts, helpers: { keeper: PlaceKeeper; leaving: Leaving }) {
    this.#parts = parts;
    this.#keeper = helpers.keeper;
    this.#leaving = helpers.leaving;
  }

  /** Ends offers that were not accepted, and waits for what has begun. @returns how many. */
  async endExpired(now: number, signal?: AbortSignal): Promise<number> {
    let ended = 0;
    for (;;) {
      const expired = await this.#parts.registrations.listExpired(now, batchSize);
      let endedNow = 0;
      for (const { accountId, registrationId, ...key } of expired) {
        if (signal?.aborted) return ended + endedNow;
        const isEnded = await this.#keeper.inLine({ accountId, ...key }, () =>
          this.#parts.transactions.run((tx) => this.#endOne(tx, accountId, registrationId, now)),
        );
        if (isEnded) endedNow += 1;
      }
      ended += endedNow;
      // None ended although some were read: another node is at it.
      if (expired.length < batchSize || endedNow === 0) return ended;
    }
  }

  /** Offers places that are free while people wait: where a quota grew. @returns how many. */
  async offerFree(signal?: AbortSignal): Promise<number> {
    let offered = 0;
    for (const key of await this.#parts.registrations.listWaitedFor()) {
      if (signal?.aborted) return offered;
      offered += await this.offerFreeOf(key, signal);
    }
    return offered;
  }

  /** Of one activity. @returns how many. */
  async offerFreeOf(key: PlacesKey, signal?: AbortSignal): Promise<number> {
    const { transactions, clock } = this.#parts;
    const offerNext = () =>
      this.#keeper.inLine(key, () =>
        transactions.run(async (tx) =>
          this.#keeper.offerNext(tx, await activityOf(this.#parts, key, tx), clock.now()),
        ),
      );
    let offered = 0;
    while (!signal?.aborted && (await offerNext())) offered += 1;
    return offered;
  }

  /** Closes whatever stands in activities that were cancelled; what was paid comes back in full. */
  async closeCancelled(signal?: AbortSignal): Promise<ClosingReport> {
    const report: ClosingReport = { closed: 0, failed: 0, reasons: [] };
    for (const key of await this.#parts.places.listUncleared(batchSize)) {
      if (signal?.aborted) break;
      await this.#closeActivity(key, report, signal);
    }
    return report;
  }

  async #closeActivity(key: PlacesKey, report: ClosingReport, signal?: AbortSignal): Promise<void> {
    const { registrations, places } = this.#parts;
    for (;;) {
      const standing = await registrations.listStanding(key, batchSize);
      if (standing.length === 0) return places.markCleared(key);
      let closed = 0;
      for (const { accountId, registrationId } of standing) {
        if (signal?.aborted) return;
        try {
          if (await this.#closeOne(key, accountId, registrationId)) closed += 1;
        } catch (error) {
          report.failed += 1;
          if (report.reasons.length < reasonsShown)
            report.reasons.push(`${registrationId}: ${describeError(error)}`);
        }
      }
      report.closed += closed;
      if (closed === 0) return;
    }
  }

  #closeOne(key: PlacesKey, accountId: string, registrationId: string): Promise<boolean> {
    const { registrations, transactions, clock } = this.#parts;
    return this.#keeper.inLine(key, () =>
      transactions.run(async (tx) => {
        const found = await registrations.find(accountId, registrationId, tx);
        if (found === null || found.state === 'arrived' || hasEnded(found)) return false;
        const activity = await activityOf(this.#parts, found, tx);
        const now = clock.now();
        const because = activity.cancelledBecause ?? '活动取消';
        await this.#leaving.leave(tx, found, activity, { state: 'closed', because, refund: 'all', now });
        await tell(this.#parts, tx, found, 'closed', now);
        return true;
      }),
    );
  }

  async #endOne(tx: Transaction, accountId: string, registrationId: string, now: number): Promise<boolean> {
    const { registrations } = this.#parts;
    const found = await registrations.find(accountId, registrationId, tx);
    if (found === null) return false;
    const activity = await activityOf(this.#parts, found, tx);
    if (isLapsedOffer(found, now)) {
      await this.#keeper.lapseOffer(tx, activity, found, now);
      return true;
    }
    if (found.state !== 'waiting') return false;
    const until = timeOfGroup(activity, found.groupId).startsAt;
    const isOver = until.getTime() <= now;
    // Begins later than it did when they began to wait.
    await registrations.replace(tx, found, isOver ? end(found, 'lapsed', now) : { ...found, until });
    return true;
  }
}
