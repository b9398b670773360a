import type { Transaction } from '../../../core/transaction-runner.js';
import type { Order } from '../../orders/order.js';
import type { Activity } from '../activity.js';
import type { Citizen, RegistrationView } from '../registration-desk.js';
import type { Registration, RegistrationState } from '../registration.js';
import { activityOf, timeOfGroup } from './activity-of.js';
import { Applicants } from './applicants.js';
import { refundDue, refundPercent } from './refund-due.js';
import { refuse } from './refusals.js';
import type { RegistrationParts } from './registration-parts.js';
import { hasEnded, isLapsedOffer } from './registration-transitions.js';

/** What a citizen is shown at most: the latest. */
const mostOfCitizen = 200;

/** Shows registrations to those whose they are. */
export class RegistrationViews {
  readonly #parts: RegistrationParts;
  readonly #applicants: Applicants;

  constructor(parts: RegistrationParts) {
    this.#parts = parts;
    this.#applicants = new Applicants(parts.cipher);
  }

  /** @throws UserError `no_such_registration`: there is none, or it is somebody else's. */
  async findOwn(
    { accountId, openid }: Citizen,
    registrationId: string,
    tx?: Transaction,
  ): Promise<Registration> {
    const found = await this.#parts.registrations.find(accountId, registrationId, tx);
    if (found?.openid !== openid || openid === '') throw refuse('no_such_registration');
    return found;
  }

  async show(registration: Registration): Promise<RegistrationView> {
    return this.#viewOf(registration, await activityOf(this.#parts, registration));
  }

  /** Those that stand first, the soonest first; then those past, the latest first. */
  async listOf(citizen: Citizen): Promise<RegistrationView[]> {
    const found = await this.#parts.registrations.listOfCitizen(citizen, mostOfCitizen);
    const shown = await Promise.all(
      found.map(async (registration) => {
        const activity = await activityOf(this.#parts, registration);
        const startsAt = timeOfGroup(activity, registration.groupId).startsAt.getTime();
        return { startsAt, view: await this.#viewOf(registration, activity) };
      }),
    );
    const isAhead = ({ view: { state } }: (typeof shown)[number]) => aheadStates.includes(state);
    const ahead = shown.filter(isAhead).sort((a, b) => a.startsAt - b.startsAt);
    const past = shown.filter((one) => !isAhead(one)).sort((a, b) => b.startsAt - a.startsAt);
    return [...ahead, ...past].map(({ view }) => view);
  }

  async #viewOf(registration: Registration, activity: Activity): Promise<RegistrationView> {
    const { registrations, orders, clock } = this.#parts;
    const { accountId, registrationId, activityId, groupId, feeFen, createdAt } = registration;
    const { until, orderId, ticketId, lot, endedBecause } = registration;
    const now = clock.now();
    const state = isLapsedOffer(registration, now) ? 'lapsed' : registration.state;
    const order = orderId === undefined ? null : await orders.find(accountId, orderId);
    const isCancellable = mayCancel({ ...registration, state }, activity, now);
    return {
      registrationId,
      activityId,
      groupId,
      state,
      feeFen,
      createdAt,
      ...(until && state !== 'waiting' && { until }),
      ...(orderId !== undefined && { orderId }),
      ...(ticketId !== undefined && { ticketId }),
      ...(lot !== undefined && { lot }),
      ...(endedBecause !== undefined && { endedBecause }),
      ...(state === 'waiting' && { position: await registrations.countBefore(registration) }),
      person: this.#applicants.openMasked(registration),
      isCancellable,
      refundFen: order && isCancellable ? refundOnCancelling(registration, activity, order, now) : 0,
      payment: paymentOf(order),
    };
  }
}

/** Whether its citizen may give it up: until what it is for begins, and whatever is only a wish at any time. */
export function mayCancel(registration: Registration, activity: Activity, now: number): boolean {
  if (hasEnded(registration) || registration.state === 'arrived') return false;
  const { startsAt } = timeOfGroup(activity, registration.groupId);
  return registration.state !== 'confirmed' || now < startsAt.getTime();
}

/** What the rules give back, in fen. */
export function refundOnCancelling(
  { groupId, agreedAt }: Registration,
  activity: Activity,
  order: Order,
  now: number,
): number {
  const { refundRules, movedAt } = activity;
  const { startsAt } = timeOfGroup(activity, groupId);
  const terms = { refundRules, startsAt, agreedAt, ...(movedAt && { movedAt }) };
  return refundDue(order, refundPercent(terms, now));
}

const aheadStates: readonly RegistrationState[] = ['applied', 'held', 'waiting', 'offered', 'confirmed'];

function paymentOf(order: Order | null): RegistrationView['payment'] {
  if (order === null || order.state === 'closed' || order.state === 'closing') return 'none';
  if (order.state === 'open') return 'due';
  const states = order.refunds.map(({ state }) => state);
  if (states.some((state) => state === 'abnormal' || state === 'proposed')) return 'refund_waits';
  if (states.some((state) => state === 'requested' || state === 'processing')) return 'refunding';
  return states.includes('succeeded') ? 'refunded' : 'paid';
}
