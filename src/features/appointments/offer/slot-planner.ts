import { addDays, businessDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import type { TransactionRunner } from '../../../core/transaction-runner.js';
import type { Schedule, Service } from '../offer.js';
import type { Slot } from '../slot.js';
import type { SlotPlan, SlotStore } from '../slot-store.js';
import type { OfferWatcher } from './offer-watcher.js';
import { offerTexts } from './offer-texts.js';
import type { OfferStore } from './offer-store.js';
import { closes, planSlots, type SlotRules } from './plan-slots.js';
import type { StoredOffer } from './stored-offer.js';

/** All that the slots of an account follow from. */
export interface WholeOffer extends Pick<SlotRules, 'calendar' | 'closures'> {
  services: readonly Service[];
  schedules: readonly Schedule[];
}

export interface SlotPlannerParts {
  store: Pick<OfferStore, 'findRevision' | 'relyOn'>;
  offer: StoredOffer;
  slots: Pick<SlotStore, 'list' | 'plan' | 'withdraw'>;
  transactions: TransactionRunner;
  watcher: Pick<OfferWatcher, 'planFailed'>;
  clock: Clock;
}

interface Comparison {
  /** New or not as they should be. */
  changed: SlotPlan[];
  /** Of no plan any more. */
  gone: Slot[];
  /** Places in which somebody stands and which the plan closes or has no more. */
  harmed: number;
}

/** Keeps the slots ahead as the offer wants them. */
export class SlotPlanner {
  readonly #parts: SlotPlannerParts;
  /** The run under way of each account: two at once would write the same slots. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(parts: SlotPlannerParts) {
    this.#parts = parts;
  }

  /** Makes, changes and withdraws slots until they fit the offer as it is then; changes nothing that fits. */
  plan(accountId: string): Promise<void> {
    const before = this.#running.get(accountId) ?? Promise.resolve();
    const run = before.catch(() => undefined).then(() => this.#planUntilSettled(accountId));
    this.#running.set(accountId, run);
    return run;
  }

  /** `plan` after a change that is already made: a failure is reported, and the next run makes up for it. */
  async catchUp(accountId: string): Promise<void> {
    await this.plan(accountId).catch((error: unknown) => this.#parts.watcher.planFailed(accountId, error));
  }

  /** How many places in which somebody stands would close if the offer were changed like this. */
  async countHarmed(accountId: string, change: (offer: WholeOffer) => WholeOffer): Promise<number> {
    const offer = change(await this.#read(accountId));
    return (await this.#compare(accountId, offer)).harmed;
  }

  /** The slots ahead that lie in what is closed. */
  async findClosed(accountId: string, closure: WholeOffer['closures'][number]): Promise<Slot[]> {
    const { venue, day } = closure;
    const now = this.#parts.clock.now();
    const found = await this.#parts.slots.list({ accountId, venue, firstDay: day, lastDay: day });
    return found.filter((slot) => slot.startsAt.getTime() > now && closes(closure, slot));
  }

  async #planUntilSettled(accountId: string): Promise<void> {
    while (!(await this.#planOnce(accountId)));
  }

  /** @returns false when the offer was changed meanwhile. */
  async #planOnce(accountId: string): Promise<boolean> {
    const { store, slots } = this.#parts;
    const revision = await store.findRevision(accountId);
    const { changed, gone } = await this.#compare(accountId, await this.#read(accountId));
    for (const batch of inBatches(changed)) {
      if (!(await this.#write(accountId, revision, batch))) return false;
    }
    for (const batch of inBatches(gone)) await slots.withdraw(batch, offerTexts.rescheduled);
    return revision === (await store.findRevision(accountId));
  }

  /** Together with the look at the revision: what was read before a hall closed must not open it again. */
  #write(accountId: string, revision: number, batch: readonly SlotPlan[]): Promise<boolean> {
    const { store, slots, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      if (!(await store.relyOn(tx, accountId, revision))) return false;
      await slots.plan(batch, tx);
      return true;
    });
  }

  async #read(accountId: string): Promise<WholeOffer> {
    const { offer } = this.#parts;
    const [services, schedules, calendar, closures] = await Promise.all([
      offer.services(accountId),
      offer.schedules(accountId),
      offer.calendar(accountId),
      offer.closures(accountId),
    ]);
    return { services, schedules, calendar, closures };
  }

  async #compare(accountId: string, offer: WholeOffer): Promise<Comparison> {
    const now = this.#parts.clock.now();
    const firstDay = businessDay(now);
    const present = await this.#parts.slots.list({ accountId, firstDay, lastDay: endOfTime });
    const ahead = present.filter(({ startsAt }) => startsAt.getTime() > now);
    const lastPlanned = ahead.at(-1)?.day ?? firstDay;
    const plans = offer.schedules.flatMap((schedule) =>
      planSchedule(accountId, schedule, offer, firstDay, lastPlanned),
    );
    return compare(
      plans.filter(({ startsAt }) => startsAt.getTime() > now),
      ahead,
    );
  }
}

/** Bookings of these slots wait while a batch is written. */
const batchSize = 100;
const endOfTime = '9999-12-31';

/** Slots that were made for a longer horizon stay, so the plan reaches as far as they do. */
function planSchedule(
  accountId: string,
  schedule: Schedule,
  { services, calendar, closures }: WholeOffer,
  firstDay: string,
  lastPlanned: string,
): SlotPlan[] {
  const service = services.find(({ id }) => id === schedule.service);
  if (!service) return [];
  // A day more than can be booked: its release is seen coming.
  const horizon = addDays(firstDay, service.horizonDays + 1);
  const lastDay = horizon > lastPlanned ? horizon : lastPlanned;
  return planSlots({ accountId, schedule, service, calendar, closures }, firstDay, lastDay);
}

function compare(plans: readonly SlotPlan[], ahead: readonly Slot[]): Comparison {
  const present = new Map(ahead.map((slot) => [keyOf(slot), slot]));
  const wanted = new Map(plans.map((plan) => [keyOf(plan), plan]));
  const gone = ahead.filter((slot) => !wanted.has(keyOf(slot)));
  const newlyClosed = plans.flatMap((plan) => {
    const slot = present.get(keyOf(plan));
    return slot && slot.closed === null && plan.closed !== null ? [slot] : [];
  });
  return {
    changed: plans.filter((plan) => !fits(plan, present.get(keyOf(plan)))),
    gone,
    harmed: [...gone, ...newlyClosed].reduce((sum, { taken }) => sum + taken, 0),
  };
}

function* inBatches<T>(items: readonly T[]): Generator<T[]> {
  for (let from = 0; from < items.length; from += batchSize) yield items.slice(from, from + batchSize);
}

function keyOf({ service, venue, startsAt }: SlotPlan | Slot): string {
  return `${service}.${venue}.${startsAt.getTime()}`;
}

function fits(plan: SlotPlan, slot: Slot | undefined): boolean {
  return (
    slot !== undefined &&
    plan.endsAt.getTime() === slot.endsAt.getTime() &&
    plan.capacity === slot.capacity &&
    plan.bookableFrom.getTime() === slot.bookableFrom.getTime() &&
    plan.bookableUntil.getTime() === slot.bookableUntil.getTime() &&
    plan.closed === slot.closed
  );
}
