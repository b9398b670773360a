import { randomUUID } from 'node:crypto';
import type {
  OutboxEntry,
  OutboxProgress,
  Promised,
  Remainder,
} from '../../../src/features/conversations/outbox.js';
import type {
  ClaimedEntry,
  MessageRef,
  OutboxStore,
  Settlement,
} from '../../../src/features/conversations/outbox-store.js';

type Kept = OutboxEntry & { id: string; claim?: string };

/** The outbox in memory; the contract test holds it to the real one. */
export class OutboxStoreFake implements OutboxStore {
  readonly entries: Kept[] = [];

  add(entry: Promised | Remainder): void {
    this.entries.push({
      ...structuredClone(entry),
      id: randomUUID(),
      state: 'waiting',
      partsSent: 0,
      attempts: 0,
    });
  }

  async promise(entry: Promised): Promise<boolean> {
    if (this.#promiseOf(entry)) return false;
    this.add(entry);
    return true;
  }

  async hasPromise(message: MessageRef): Promise<boolean> {
    return this.#promiseOf(message) !== undefined;
  }

  async makeDue(message: MessageRef, now: Date): Promise<void> {
    const promise = this.#promiseOf(message);
    if (promise?.state === 'waiting' && promise.claim === undefined) promise.notBefore = now;
  }

  async claimDue(now: Date, hiddenUntil: Date): Promise<ClaimedEntry | null> {
    const due = this.entries
      .filter((entry) => entry.state === 'waiting' && entry.notBefore <= now && !this.#isBehindPromise(entry))
      .sort((a, b) => a.notBefore.getTime() - b.notBefore.getTime());
    const entry = due[0];
    if (!entry) return null;
    const claim = randomUUID();
    Object.assign(entry, { notBefore: hiddenUntil, claim, attempts: entry.attempts + 1 });
    return { ...structuredClone(entry), claim };
  }

  async beginPart(claimed: ClaimedEntry, leaseUntil: Date): Promise<boolean> {
    const entry = this.#held(claimed);
    if (entry?.state !== 'waiting') return false;
    Object.assign(entry, { state: 'sending', leaseUntil });
    return true;
  }

  async settle(
    claimed: ClaimedEntry,
    { state, partsSent, reason, notBefore }: Pick<OutboxProgress, 'state' | 'partsSent'> & Settlement,
  ): Promise<void> {
    const entry = this.#held(claimed);
    if (!entry) return;
    Object.assign(entry, { state, partsSent, ...(reason && { reason }), ...(notBefore && { notBefore }) });
    delete entry.leaseUntil;
  }

  async abandonExpired(now: Date): Promise<number> {
    const expired = this.entries.filter(
      ({ state, leaseUntil }) => state === 'sending' && leaseUntil && leaseUntil <= now,
    );
    for (const entry of expired) entry.state = 'unknown';
    return expired.length;
  }

  #held({ id, claim }: ClaimedEntry): Kept | undefined {
    return this.entries.find((entry) => entry.id === id && entry.claim === claim);
  }

  #promiseOf({ accountId, openid, key }: MessageRef): Kept | undefined {
    return this.entries.find(
      (one) =>
        one.kind === 'promise' && one.accountId === accountId && one.openid === openid && one.key === key,
    );
  }

  #isBehindPromise(entry: Kept): boolean {
    const promise = entry.kind === 'remainder' ? this.#promiseOf(entry) : undefined;
    return promise !== undefined && (promise.state === 'waiting' || promise.state === 'sending');
  }
}
