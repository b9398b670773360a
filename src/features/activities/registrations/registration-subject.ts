import { UserError } from '../../../core/errors.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Order, Refund } from '../../orders/order.js';
import type { OrderSubject } from '../../orders/order-subject.js';
import type { Activity } from '../activity.js';
import { timeOfRefund } from '../activity-notice.js';
import type { Registration } from '../registration.js';
import { activityOf, groupOf, timeOfGroup } from './activity-of.js';
import type { Admission } from './admission.js';
import type { PersonLimits } from './person-limits.js';
import type { PlaceKeeper } from './place-keeper.js';
import type { RegistrationParts } from './registration-parts.js';
import { end } from './registration-transitions.js';
import { tell } from './tell.js';

/** What payments do to registrations. */
export class RegistrationSubject implements OrderSubject {
  readonly kind = 'registration';
  readonly #parts: RegistrationParts;
  readonly #keeper: PlaceKeeper;
  readonly #limits: PersonLimits;
  readonly #admission: Admission;

  constructor(
    parts: RegistrationParts,
    helpers: { keeper: PlaceKeeper; limits: PersonLimits; admission: Admission },
  ) {
    this.#parts = parts;
    this.#keeper = helpers.keeper;
    this.#limits = helpers.limits;
    this.#admission = helpers.admission;
  }

  async paid(tx: Transaction, order: Order): Promise<'kept' | 'lost'> {
    const { registrations, clock } = this.#parts;
    const found = await this.#find(tx, order);
    if (found === null) return 'lost';
    const now = clock.now();
    const activity = await activityOf(this.#parts, found, tx);
    if (isConfirmed(found)) return 'kept';
    const placed = await this.#keepPlace(tx, found, activity, now);
    if (placed === null) {
      await tell(this.#parts, tx, found, 'paid_late', now);
      return 'lost';
    }
    await registrations.replace(tx, found, await this.#admission.confirm(tx, placed, now));
    return 'kept';
  }

  async closed(tx: Transaction, order: Order): Promise<void> {
    const { registrations, clock } = this.#parts;
    const found = await this.#find(tx, order);
    if (found?.state !== 'held') return;
    const now = clock.now();
    await registrations.replace(tx, found, end(found, 'lapsed', now));
    await this.#keeper.giveBack(tx, await activityOf(this.#parts, found, tx), found.groupId, now);
    await tell(this.#parts, tx, found, 'lapsed', now);
  }

  async refundEnded(tx: Transaction, order: Order, refund: Refund): Promise<void> {
    const found = await this.#find(tx, order);
    if (found === null) return;
    const kind = refund.state === 'succeeded' ? 'refunded' : 'refund_failed';
    const about = timeOfRefund(refund);
    await tell(this.#parts, tx, found, kind, this.#parts.clock.now(), undefined, about);
  }

  /**
   * What stands in a place and is to be confirmed; null: there is no place for it. A hold keeps its place until the
   * platform has confirmed that nobody paid: nothing is taken for it.
   */
  async #keepPlace(
    tx: Transaction,
    found: Registration,
    activity: Activity,
    now: number,
  ): Promise<Registration | null> {
    if (found.state === 'lapsed') return this.#retake(tx, found, activity, now);
    // Cancelled meanwhile: whoever stands in a place is told and paid back with all others.
    return found.state === 'held' && activity.state === 'published' ? found : null;
  }

  async #retake(
    tx: Transaction,
    found: Registration,
    activity: Activity,
    now: number,
  ): Promise<Registration | null> {
    const group = groupOf(activity, found.groupId);
    if (!group || activity.state !== 'published') return null;
    if (timeOfGroup(activity, found.groupId).startsAt.getTime() <= now) return null;
    try {
      if (await this.#keeper.isBeingDrawn(tx, activity)) return null;
      const { personKey } = found;
      const ordinal = await this.#limits.claim(tx, activity, { group, personKey, now });
      const isTaken = await this.#keeper.take(tx, activity, group.id, { now });
      return isTaken ? { ...found, ordinal } : null;
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  }

  /** Null: it is deleted, or is paid by another order. */
  async #find(tx: Transaction, { accountId, orderId, subject }: Order): Promise<Registration | null> {
    const found = await this.#parts.registrations.find(accountId, subject.id, tx);
    return found?.orderId === orderId ? found : null;
  }
}

function isConfirmed({ state }: Registration): boolean {
  return state === 'confirmed' || state === 'arrived';
}
