import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditEntry } from '../../audit/audit-event.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { changesBetween } from '../../audit/changes-between.js';
import {
  badOrder,
  noSuch,
  serviceInUse,
  unknownService,
  unknownVenue,
  venueInUse,
  versionConflict,
  wouldCloseBooked,
} from './offer-errors.js';
import { scheduleId, type OfferItem, type OfferKind, type OfferValues } from './offer-item.js';
import type { OfferStore } from './offer-store.js';
import type { SlotPlanner, WholeOffer } from './slot-planner.js';
import { toWorkCalendar } from './work-calendar.js';

export interface OfferServiceParts {
  store: OfferStore;
  planner: Pick<SlotPlanner, 'catchUp' | 'countHarmed'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

interface Edit {
  accountId: string;
  /** The version that it was changed from; 0: it is new. */
  baseVersion: number;
  /** Said by whoever has been told that booked places close by it. */
  closesBooked?: boolean | undefined;
  actor: Actor;
}

/** Something new or changed. Closures are made and lifted, never changed. */
export type OfferChange = {
  [Kind in Exclude<OfferKind, 'closure'>]: Edit & { kind: Kind; value: OfferValues[Kind] };
}[Exclude<OfferKind, 'closure'>];

export interface OfferRemoval extends Edit {
  kind: 'service' | 'venue' | 'schedule';
  id: string;
}

/** What staff set up to be booked. Every change is on record, and the slots follow it. */
export class OfferService {
  readonly #parts: OfferServiceParts;

  constructor(parts: OfferServiceParts) {
    this.#parts = parts;
  }

  list<Kind extends OfferKind>(accountId: string, kind: Kind): Promise<OfferItem<Kind>[]> {
    return this.#parts.store.list(accountId, kind);
  }

  /** @throws UserError `no_such_…` */
  async find<Kind extends OfferKind>(accountId: string, kind: Kind, id: string): Promise<OfferItem<Kind>> {
    const found = await this.#parts.store.find(accountId, kind, id);
    if (!found) throw noSuch(kind);
    return found;
  }

  /**
   * Keeps something new or changed. Whether booked places close by it is looked up just before: who books in between is
   * told as everybody else whose slot closes.
   *
   * @throws UserError `version_conflict` · `no_such_service` · `no_such_venue` · `would_close_booked`
   */
  async put(change: OfferChange): Promise<OfferItem> {
    const { accountId, kind, value, baseVersion, actor } = change;
    const { store, transactions, planner } = this.#parts;
    if (!change.closesBooked) await this.#refuseHarm(accountId, (offer) => withChange(offer, change));
    const id = idOf(change);
    const saved = await transactions.run(async (tx) => {
      await store.advance(tx, accountId);
      const before = await store.find(accountId, kind, id, tx);
      if ((before?.version ?? 0) !== baseVersion) throw versionConflict(before);
      await this.#requireReferences(change, tx);
      const item = {
        accountId,
        kind,
        id,
        value,
        version: baseVersion + 1,
        position: before?.position ?? (await store.list(accountId, kind, tx)).length,
        ...this.#stamp(actor),
      };
      await store.put(tx, item);
      const changes = changesBetween({ ...before?.value }, { ...value });
      await this.#record(tx, item, actor, { action: `appointment-${kind}.save`, changes });
      return item;
    });
    await planner.catchUp(accountId);
    return saved;
  }

  /** @throws UserError `no_such_…` · `version_conflict` · `service_in_use` · `venue_in_use` · `would_close_booked` */
  async remove(removal: OfferRemoval): Promise<void> {
    const { accountId, kind, id, baseVersion, actor } = removal;
    const { store, transactions, planner } = this.#parts;
    if (!removal.closesBooked) await this.#refuseHarm(accountId, (offer) => without(offer, removal));
    await transactions.run(async (tx) => {
      await store.advance(tx, accountId);
      const item = await store.find(accountId, kind, id, tx);
      if (!item) throw noSuch(kind);
      if (item.version !== baseVersion) throw versionConflict(item);
      await this.#refuseInUse(removal, tx);
      await store.remove(tx, item);
      const changes = changesBetween({ ...item.value }, {});
      await this.#record(tx, item, actor, { action: `appointment-${kind}.remove`, changes });
    });
    await planner.catchUp(accountId);
  }

  /** The order in which citizens see them. @throws UserError `bad_order` unless every id comes, once */
  async arrange(order: {
    accountId: string;
    kind: 'service' | 'venue';
    ids: readonly string[];
    actor: Actor;
  }): Promise<void> {
    const { accountId, kind, ids, actor } = order;
    const { store, transactions } = this.#parts;
    await transactions.run(async (tx) => {
      await store.advance(tx, accountId);
      const before = (await store.list(accountId, kind, tx)).map(({ id }) => id);
      if (before.toSorted().join() !== ids.toSorted().join()) throw badOrder();
      await store.arrange(tx, accountId, kind, ids);
      const object = { accountId, kind, id: kind };
      const changes = changesBetween({ order: before }, { order: ids });
      await this.#record(tx, object, actor, { action: `appointment-${kind}.arrange`, changes });
    });
  }

  async #refuseHarm(accountId: string, change: (offer: WholeOffer) => WholeOffer): Promise<void> {
    const count = await this.#parts.planner.countHarmed(accountId, change);
    if (count > 0) throw wouldCloseBooked(count);
  }

  async #requireReferences({ accountId, kind, value }: OfferChange, tx: Transaction): Promise<void> {
    if (kind !== 'schedule') return;
    const { store } = this.#parts;
    if (!(await store.find(accountId, 'service', value.service, tx))) throw unknownService();
    if (!(await store.find(accountId, 'venue', value.venue, tx))) throw unknownVenue();
  }

  async #refuseInUse({ accountId, kind, id }: OfferRemoval, tx: Transaction): Promise<void> {
    if (kind === 'schedule') return;
    const schedules = await this.#parts.store.list(accountId, 'schedule', tx);
    if (!schedules.some(({ value }) => value[kind] === id)) return;
    throw kind === 'service' ? serviceInUse() : venueInUse();
  }

  #stamp(actor: Actor): Pick<OfferItem, 'updatedAt' | 'updatedBy'> {
    return { updatedAt: new Date(this.#parts.clock.now()), updatedBy: actor.by };
  }

  #record(
    tx: Transaction,
    { accountId, kind, id }: Pick<OfferItem, 'accountId' | 'kind' | 'id'>,
    actor: Actor,
    what: Pick<AuditEntry, 'action' | 'changes'>,
  ): Promise<void> {
    const object = { kind: `appointment-${kind}`, id };
    return this.#parts.audit.append(tx, { ...actor, accountId, object, ...what });
  }
}

function idOf(change: OfferChange): string {
  switch (change.kind) {
    case 'service':
    case 'venue':
      return change.value.id;
    case 'schedule':
      return scheduleId(change.value);
    case 'calendar':
      return String(change.value.year);
  }
}

function withChange(offer: WholeOffer, change: OfferChange): WholeOffer {
  switch (change.kind) {
    case 'service':
    case 'venue':
      return offer;
    case 'schedule': {
      const others = offer.schedules.filter((one) => scheduleId(one) !== scheduleId(change.value));
      return { ...offer, schedules: [...others, change.value] };
    }
    case 'calendar': {
      const others = [...offer.calendar.values()].filter(
        ({ day }) => !day.startsWith(`${change.value.year}-`),
      );
      return { ...offer, calendar: toWorkCalendar([{ days: others }, change.value]) };
    }
  }
}

function without(offer: WholeOffer, { kind, id }: OfferRemoval): WholeOffer {
  if (kind !== 'schedule') return offer;
  return { ...offer, schedules: offer.schedules.filter((schedule) => scheduleId(schedule) !== id) };
}
