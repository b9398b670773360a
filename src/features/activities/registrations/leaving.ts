import type { Transaction } from '../../../core/transaction-runner.js';
import type { Activity } from '../activity.js';
import type { Citizen, RegistrationView } from '../registration-desk.js';
import type { Registration } from '../registration.js';
import { activityOf } from './activity-of.js';
import type { PlaceKeeper } from './place-keeper.js';
import { refundDue } from './refund-due.js';
import { refuse } from './refusals.js';
import type { RegistrationParts } from './registration-parts.js';
import { end, hasEnded, isInPlace } from './registration-transitions.js';
import { mayCancel, refundOnCancelling, type RegistrationViews } from './registration-views.js';

/** The longest reason of a refund that the platform takes, in characters. */
const longestReason = 80;

/** Ends registrations, with all that hangs on them: the place, the ticket, the money. */
export class Leaving {
  readonly #parts: RegistrationParts;
  readonly #keeper: PlaceKeeper;
  readonly #views: RegistrationViews;

  constructor(parts: RegistrationParts, helpers: { keeper: PlaceKeeper; views: RegistrationViews }) {
    this.#parts = parts;
    this.#keeper = helpers.keeper;
    this.#views = helpers.views;
  }

  /** By the citizen. */
  async cancel(citizen: Citizen, registrationId: string): Promise<RegistrationView> {
    const { transactions, clock } = this.#parts;
    const seen = await this.#views.findOwn(citizen, registrationId);
    const cancelled = await this.#keeper.inLine(seen, () =>
      transactions.run(async (tx) => {
        const now = clock.now();
        const mine = await this.#views.findOwn(citizen, registrationId, tx);
        if (hasEnded(mine)) return mine;
        const activity = await activityOf(this.#parts, mine, tx);
        if (!mayCancel(mine, activity, now))
          throw refuse('not_changeable', '活动已经开始，不能自行取消，请联系工作人员');
        return this.leave(tx, mine, activity, { state: 'cancelled', refund: 'by_rules', now });
      }),
    );
    return this.#views.show(cancelled);
  }

  /**
   * @param how what comes back: `by_rules` on cancelling, or all of it.
   * @throws UserError where the money cannot be paid back: then nothing may be kept.
   */
  async leave(
    tx: Transaction,
    before: Registration,
    activity: Activity,
    how: {
      state: 'cancelled' | 'closed' | 'lapsed' | 'unsuccessful';
      because?: string;
      refund: 'by_rules' | 'all';
      now: number;
    },
  ): Promise<Registration> {
    const { registrations, tickets } = this.#parts;
    const { state, because, now } = how;
    const after = end(before, state, now, because);
    await registrations.replace(tx, before, after);
    if (before.ticketId !== undefined)
      await tickets.revoke(tx, before.accountId, before.ticketId, because ?? '报名已取消');
    await this.#settle(tx, before, activity, how);
    if (isInPlace(before)) await this.#keeper.giveBack(tx, activity, before.groupId, now);
    return after;
  }

  async #settle(
    tx: Transaction,
    registration: Registration,
    activity: Activity,
    { because, refund, now }: { because?: string; refund: 'by_rules' | 'all'; now: number },
  ): Promise<void> {
    const { orders } = this.#parts;
    const { accountId, orderId } = registration;
    if (orderId === undefined) return;
    // Of a paid order this changes nothing.
    const order = await orders.askClosing(tx, accountId, orderId);
    const amountFen =
      refund === 'all' ? refundDue(order, 100) : refundOnCancelling(registration, activity, order, now);
    if (amountFen === 0) return;
    const reason = (because ?? '报名已取消').slice(0, longestReason);
    await orders.refundWithin(tx, { accountId, orderId, amountFen, reason });
  }
}
