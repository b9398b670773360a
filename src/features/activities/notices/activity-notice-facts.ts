import type { Order, Refund } from '../../orders/order.js';
import { timeOf, type Activity, type ActivityGroup } from '../activity.js';
import { timeOfRefund, type ActivityNotice } from '../activity-notice.js';
import type { Registration, RegistrationState } from '../registration.js';

/** What a notice about a registration is about, as it is at the moment of sending. */
export interface ActivityNoticeFacts {
  registration: Registration;
  activity: Activity;
  /** Undefined: staff have removed it. */
  group: ActivityGroup | undefined;
  /** Null: there is nothing to pay, or it was not asked for yet. */
  order: Order | null;
}

/** Those for whom something may still come of it. */
export const standingStates = ['applied', 'held', 'waiting', 'offered', 'confirmed'] as const;

/** When the group's own time is, else that of the activity. */
export function timeOfFacts({ activity, group }: Pick<ActivityNoticeFacts, 'activity' | 'group'>): {
  startsAt: Date;
  endsAt: Date;
} {
  return group ? timeOf(activity, group) : activity;
}

/** The refund that a notice of the kind tells of, if it has ended so. */
export function refundOf(
  { kind, about }: Pick<ActivityNotice, 'kind' | 'about'>,
  { order }: Pick<ActivityNoticeFacts, 'order'>,
): Refund | undefined {
  const states = kind === 'refunded' ? ['succeeded'] : ['failed', 'abnormal'];
  return order?.refunds.find(
    (refund) => states.includes(refund.state) && timeOfRefund(refund).getTime() === about.getTime(),
  );
}

/** Whether what the notice says is so at this moment: an offer that was accepted is not announced any more. */
export function isStillSo(notice: ActivityNotice, facts: ActivityNoticeFacts, now: number): boolean {
  const { kind, about } = notice;
  const { registration, activity, order } = facts;
  const { state, until, agreedAt } = registration;
  const isKept = until !== undefined && until.getTime() > now;
  switch (kind) {
    case 'approved':
    case 'drawn':
      return state === 'confirmed' || state === 'arrived' || (state === 'held' && isKept);
    case 'turned_down':
      return state === 'unsuccessful';
    case 'not_drawn':
      return state === 'unsuccessful' || state === 'waiting';
    case 'offered':
      return state === 'offered' && isKept;
    case 'lapsed':
    case 'closed':
    case 'cancelled':
      return state === kind;
    case 'changed':
      return (
        activity.state === 'published' &&
        activity.movedAt?.getTime() === about.getTime() &&
        agreedAt < about &&
        isStanding(state)
      );
    case 'reminder_day':
      return (
        activity.state === 'published' &&
        state === 'confirmed' &&
        timeOfFacts(facts).startsAt.getTime() === about.getTime()
      );
    case 'paid_late':
      return order?.paidLate === true;
    case 'refunded':
    case 'refund_failed':
      return refundOf(notice, facts) !== undefined;
  }
}

function isStanding(state: RegistrationState): boolean {
  return standingStates.some((one) => one === state);
}
