import { createBreather } from '../../core/breather.js';
import type { Clock } from '../../core/clock.js';
import type { Transaction } from '../../core/transaction-runner.js';
import { emptyChain, findLinkFault, sealEvent, type LinkFault } from './audit-chain.js';
import type { AuditEntry, AuditEvent, ChainHead } from './audit-event.js';
import type { AuditSelection, AuditStore } from './audit-store.js';

export interface AuditPage {
  /** The newest first. */
  events: AuditEvent[];
  /** Ask on with `before` set to this; null: there is no more. */
  next: number | null;
}

export type Verification =
  | { intact: true; events: number; hash: string }
  /**
   * `seq`: the first place where the chain does not hold. `cut_off`: events are missing at its end; `beyond_end`:
   * the record of where it ends has been removed or moved back.
   */
  | { intact: false; seq: number; fault: LinkFault | 'cut_off' | 'beyond_end' };

/**
 * Who did what, when and from where. Every mutation by staff appends here, in its own transaction.
 * Each account has a chain of events, each of which carries the hash of the one before: whoever alters or removes
 * one in the database leaves a break. (Whoever rewrites the whole chain leaves none; exports kept elsewhere show it.)
 */
export class AuditTrail {
  readonly #store: AuditStore;
  readonly #clock: Clock;

  constructor(parts: { store: AuditStore; clock: Clock }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
  }

  /** Best done last in a transaction: until it ends, nobody else appends to the chain of this account. */
  async append(tx: Transaction, entry: AuditEntry): Promise<void> {
    const head = (await this.#store.findHead(entry.accountId, tx)) ?? emptyChain;
    await this.#store.append(tx, sealEvent(entry, head, new Date(this.#clock.now())));
  }

  /** @param before the `next` of the page before. */
  async list(selection: AuditSelection, limit: number, before?: number): Promise<AuditPage> {
    const found = await this.#store.list(selection, limit + 1, before);
    const events = found.slice(0, limit);
    return { events, next: found.length > limit ? (events.at(-1)?.seq ?? null) : null };
  }

  /** All events of the selection, the oldest first, as they are read. */
  export(selection: AuditSelection): AsyncIterable<AuditEvent> {
    return this.#store.stream(selection);
  }

  /** Walks the chain from its beginning to where it ended when this was asked. */
  async verify(accountId: string): Promise<Verification> {
    const end = await this.#findEnd(accountId);
    const breathe = createBreather();
    let last: ChainHead = emptyChain;
    for await (const event of this.#store.stream({ accountId })) {
      if (event.seq > end.seq) {
        const isNew = event.seq <= (await this.#findEnd(accountId)).seq;
        if (isNew) break;
        return { intact: false, seq: event.seq, fault: 'beyond_end' };
      }
      const fault = findLinkFault(event, last);
      if (fault) return { intact: false, seq: last.seq + 1, fault };
      last = event;
      await breathe();
    }
    if (last.hash !== end.hash) return { intact: false, seq: last.seq + 1, fault: 'cut_off' };
    return { intact: true, events: last.seq, hash: last.hash };
  }

  async #findEnd(accountId: string): Promise<ChainHead> {
    return (await this.#store.findHead(accountId)) ?? emptyChain;
  }
}
