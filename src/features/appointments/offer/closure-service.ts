import type { Actor } from '../../../core/actor.js';
import { businessDay, instantOf } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { changesBetween } from '../../audit/changes-between.js';
import type { Closure } from '../offer.js';
import type { SlotStore } from '../slot-store.js';
import { dayOver, noSuch, unknownService, unknownVenue } from './offer-errors.js';
import type { OfferItem } from './offer-item.js';
import type { OfferStore } from './offer-store.js';
import type { SlotPlanner } from './slot-planner.js';

export interface ClosureServiceParts {
  store: OfferStore;
  planner: Pick<SlotPlanner, 'catchUp' | 'findClosed'>;
  slots: Pick<SlotStore, 'close'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  /** There may be people to move out of closed slots. */
  onClosed: () => void;
  clock: Clock;
  newId: () => string;
}

/** Closes halls for a day or a part of it. Who stands in a closed slot is moved out afterwards, whatever happens. */
export class ClosureService {
  readonly #parts: ClosureServiceParts;

  constructor(parts: ClosureServiceParts) {
    this.#parts = parts;
  }

  /** Those of today and of the days ahead, the next first. */
  async list(accountId: string): Promise<OfferItem<'closure'>[]> {
    const today = businessDay(this.#parts.clock.now());
    const all = await this.#parts.store.list(accountId, 'closure');
    return all
      .filter(({ value }) => value.day >= today)
      .toSorted((a, b) => a.value.day.localeCompare(b.value.day));
  }

  /**
   * Closes at once: nobody gets into the slots any more.
   *
   * @returns the closure and how many places are taken in what it closes.
   * @throws UserError `no_such_venue` · `no_such_service` · `day_over`
   */
  async close(order: {
    accountId: string;
    closure: Closure;
    actor: Actor;
  }): Promise<{ item: OfferItem<'closure'>; taken: number }> {
    const { accountId, closure, actor } = order;
    const { store, planner, slots, transactions, audit, onClosed, clock, newId } = this.#parts;
    if (endOf(closure).getTime() <= clock.now()) throw dayOver();
    const id = newId();
    const done = await transactions.run(async (tx) => {
      await store.advance(tx, accountId);
      if (!(await store.find(accountId, 'venue', closure.venue, tx))) throw unknownVenue();
      if (closure.service !== undefined && !(await store.find(accountId, 'service', closure.service, tx)))
        throw unknownService();
      const item: OfferItem<'closure'> = {
        accountId,
        kind: 'closure',
        id,
        value: closure,
        version: 1,
        position: 0,
        updatedAt: new Date(clock.now()),
        updatedBy: actor.by,
      };
      await store.put(tx, item);
      const closed = await planner.findClosed(accountId, closure);
      await slots.close(tx, closed, closure.reason);
      await audit.append(tx, {
        ...actor,
        accountId,
        action: 'appointment-closure.close',
        object: { kind: 'appointment-closure', id },
        changes: changesBetween({}, { ...closure }),
        reason: closure.reason,
      });
      return { item, taken: closed.reduce((sum, { taken }) => sum + taken, 0) };
    });
    onClosed();
    await planner.catchUp(accountId);
    return done;
  }

  /**
   * Opens again what is not closed by anything else. Who was moved out stays out.
   * @throws UserError `no_such_closure`
   */
  async lift(order: { accountId: string; id: string; actor: Actor }): Promise<void> {
    const { accountId, id, actor } = order;
    const { store, planner, transactions, audit } = this.#parts;
    await transactions.run(async (tx) => {
      await store.advance(tx, accountId);
      const item = await store.find(accountId, 'closure', id, tx);
      if (!item) throw noSuch('closure');
      await store.remove(tx, item);
      await audit.append(tx, {
        ...actor,
        accountId,
        action: 'appointment-closure.lift',
        object: { kind: 'appointment-closure', id },
        changes: changesBetween({ ...item.value }, {}),
      });
    });
    await planner.catchUp(accountId);
  }
}

function endOf({ day, period }: Closure): Date {
  return instantOf(day, period?.to ?? '23:59');
}
