import type { Transaction } from '../../../core/transaction-runner.js';
import type { Activity } from '../activity.js';
import type { Registration } from '../registration.js';
import { groupOf } from './activity-of.js';
import type { RegistrationParts } from './registration-parts.js';
import { advance } from './registration-transitions.js';

/** What becomes of a registration that has a place: to be looked at, to be paid for, or confirmed. */
export class Admission {
  readonly #parts: Pick<RegistrationParts, 'orders' | 'tickets'>;

  constructor(parts: Pick<RegistrationParts, 'orders' | 'tickets'>) {
    this.#parts = parts;
  }

  /**
   * @param isPresent whether the citizen is at it: others get the time to hear of it besides.
   * @returns what is to be stored in its place.
   */
  async admit(
    tx: Transaction,
    before: Registration,
    activity: Activity,
    { isApproved = false, isPresent, now }: { isApproved?: boolean; isPresent: boolean; now: number },
  ): Promise<Registration> {
    if (activity.needsApproval && !isApproved) return advance(before, 'applied', now, { isPlaced: true });
    if (before.feeFen === 0) return this.confirm(tx, before, now);
    const minutes = isPresent
      ? activity.paymentMinutes
      : Math.max(activity.paymentMinutes, activity.offerMinutes);
    const until = new Date(now + minutes * 60_000);
    const { orderId } = await this.#parts.orders.place(tx, {
      accountId: before.accountId,
      openid: before.openid,
      subject: { kind: 'registration', id: before.registrationId },
      description: describe(activity, before),
      amountFen: before.feeFen,
      payableUntil: until,
    });
    return advance(before, 'held', now, { until, orderId });
  }

  /** With a ticket. @returns what is to be stored in its place. */
  async confirm(tx: Transaction, before: Registration, now: number): Promise<Registration> {
    const confirmed = advance(before, 'confirmed', now);
    return { ...confirmed, ticketId: await this.#parts.tickets.issue(tx, confirmed) };
  }
}

/** What the payer reads. */
function describe(activity: Activity, { groupId }: Registration): string {
  const group = activity.groups.length > 1 ? groupOf(activity, groupId) : undefined;
  return group ? `${activity.title}（${group.name}）` : activity.title;
}
