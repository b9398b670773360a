import { Lines } from '../../../core/lines.js';
import { SharedReads } from '../../../core/shared-reads.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Activity } from '../activity.js';
import type { Places, PlacesKey } from '../place-store.js';
import type { Registration } from '../registration.js';
import { timeOfGroup } from './activity-of.js';
import { refuse } from './refusals.js';
import type { RegistrationParts } from './registration-parts.js';
import { advance, end } from './registration-transitions.js';
import { tell } from './tell.js';

/** Takes places and gives them back; what is given back goes to whoever waits before anybody else. */
export class PlaceKeeper {
  readonly #parts: RegistrationParts;
  readonly #lines = new Lines();
  readonly #looks = new SharedReads<{ places: Places | null; lapsed: number }>();

  constructor(parts: RegistrationParts) {
    this.#parts = parts;
  }

  /** For whoever writes to the places of an activity. */
  inLine<Result>({ accountId, activityId }: PlacesKey, work: () => Promise<Result>): Promise<Result> {
    return this.#lines.run(accountId, activityId, work);
  }

  /** Whether asking for a place is in vain at this moment. It decides nothing else; `take` does. */
  async isFull(key: PlacesKey, groupId: string): Promise<boolean> {
    const { accountId, activityId } = key;
    const { places, lapsed } = await this.#looks.read(`${accountId} ${activityId}`, () => this.#look(key));
    return places !== null && lapsed === 0 && !hasRoom(places, groupId);
  }

  /**
   * @param formVersion absent: whatever form was filled in.
   * @returns false: there is none, or others wait for it.
   * @throws UserError `activity_cancelled` · `form_changed`
   */
  async take(
    tx: Transaction,
    activity: Activity,
    groupId: string,
    { formVersion, now }: { formVersion?: number; now: number },
  ): Promise<boolean> {
    const take = async () =>
      !(await this.#isAwaited(tx, activity, groupId)) &&
      this.#parts.places.take(tx, activity, groupId, formVersion);
    if (await take()) return true;
    if ((await this.reclaim(tx, activity, now)) > 0 && (await take())) return true;
    await this.refuseUnlessOpen(tx, activity, formVersion);
    return false;
  }

  /**
   * Nobody can close the activity, or change its form, before what is done now.
   * @throws UserError `activity_cancelled` · `form_changed`
   */
  async refuseUnlessOpen(tx: Transaction, key: PlacesKey, formVersion?: number): Promise<void> {
    const { places } = this.#parts;
    if (await places.holdOpen(tx, key, formVersion)) return;
    const found = await places.find(key, tx);
    if (found === null) throw new Error(`activity ${key.activityId} has no places`);
    throw refuse(found.isOpen ? 'form_changed' : 'activity_cancelled');
  }

  /** The place goes to the first who waits and whose group has room, else it is free. */
  async giveBack(tx: Transaction, activity: Activity, groupId: string, now: number): Promise<void> {
    await this.#parts.places.release(tx, activity, groupId);
    await this.offerNext(tx, activity, now);
  }

  /** Ends an offer that was not accepted. */
  async lapseOffer(tx: Transaction, activity: Activity, offer: Registration, now: number): Promise<void> {
    await this.#parts.registrations.replace(tx, offer, end(offer, 'lapsed', now));
    await tell(this.#parts, tx, offer, 'lapsed', now);
    await this.giveBack(tx, activity, offer.groupId, now);
  }

  /** Ends all offers whose time is over. @returns how many. */
  async reclaim(tx: Transaction, activity: Activity, now: number): Promise<number> {
    const lapsed = await this.#parts.registrations.listLapsedOffers(tx, activity, now);
    for (const offer of lapsed) await this.lapseOffer(tx, activity, offer, now);
    return lapsed.length;
  }

  /** Offers a free place to the first who waits and whose group has room. @returns false: there is no such. */
  async offerNext(tx: Transaction, activity: Activity, now: number): Promise<boolean> {
    const { places, registrations } = this.#parts;
    if (activity.state !== 'published' || (await this.isBeingDrawn(tx, activity))) return false;
    const found = await places.find(activity, tx);
    if (!found?.isOpen) return false;
    const open = activity.groups
      .map(({ id }) => id)
      .filter((id) => hasRoom(found, id) && timeOfGroup(activity, id).startsAt.getTime() > now);
    if (open.length === 0) return false;
    const first = await registrations.findFirstWaiting(tx, activity, open);
    if (first === null || !(await places.take(tx, activity, first.groupId))) return false;
    const begins = timeOfGroup(activity, first.groupId).startsAt.getTime();
    const until = new Date(Math.min(now + activity.offerMinutes * 60_000, begins));
    await registrations.replace(tx, first, advance(first, 'offered', now, { until }));
    await tell(this.#parts, tx, first, 'offered', now, until);
    return true;
  }

  /** While a draw is being settled, places that look free belong to those who won them. */
  async isBeingDrawn(tx: Transaction, activity: Activity): Promise<boolean> {
    return activity.mode === 'lots' && (await this.#parts.registrations.hasUndrawn(tx, activity));
  }

  async #isAwaited(tx: Transaction, activity: Activity, groupId: string): Promise<boolean> {
    if (!activity.hasWaitingList) return false;
    return (await this.#parts.registrations.findFirstWaiting(tx, activity, [groupId])) !== null;
  }

  async #look(key: PlacesKey): Promise<{ places: Places | null; lapsed: number }> {
    const { places, registrations, clock } = this.#parts;
    const found = await places.find(key);
    if (found === null || found.groups.every(({ id }) => hasRoom(found, id)))
      return { places: found, lapsed: 0 };
    return { places: found, lapsed: await registrations.countLapsedOffers(key, clock.now()) };
  }
}

function hasRoom({ quota, taken, groups, takenBy }: Places, groupId: string): boolean {
  const group = groups.find(({ id }) => id === groupId);
  const takenOfGroup = Object.hasOwn(takenBy, groupId) ? (takenBy[groupId] ?? 0) : 0;
  return group !== undefined && taken < quota && takenOfGroup < group.quota;
}
