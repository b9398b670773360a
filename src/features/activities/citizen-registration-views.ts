import { timeOf, type Activity } from './activity.js';
import type { ActivityReader } from './activity-reader.js';
import type { RegistrationView } from './registration-desk.js';

/** Tickets as their holders show them. */
export interface TicketReader {
  /** Null: there is none, or it does not count any more. */
  readQr(accountId: string, ticketId: string): Promise<{ qr: string; code: string } | null>;
}

export interface RegistrationViewParts {
  activities: ActivityReader;
  tickets: TicketReader;
}

/** A registration in full, with its ticket while it lets somebody in. */
export async function describeRegistration(
  { activities, tickets }: RegistrationViewParts,
  accountId: string,
  view: RegistrationView,
) {
  const [list, ticket] = await Promise.all([
    listedRegistration(activities, accountId, [view]),
    view.state === 'confirmed' && view.ticketId !== undefined
      ? tickets.readQr(accountId, view.ticketId)
      : null,
  ]);
  return { ...list(view), ticket: ticket && { qr: ticket.qr, code: ticket.code } };
}

/** How registrations are shown in a list: with what they are for, which is read once. */
export async function listedRegistration(
  activities: ActivityReader,
  accountId: string,
  views: readonly RegistrationView[],
) {
  const ids = [...new Set(views.map(({ activityId }) => activityId))];
  const found = await Promise.all(ids.map((activityId) => activities.find(accountId, activityId)));
  const byId = new Map(found.flatMap((one) => (one ? [[one.activityId, one] as const] : [])));
  return (view: RegistrationView) => {
    const activity = byId.get(view.activityId);
    // Registrations are deleted before what they are for.
    if (!activity) throw new Error(`registration ${view.registrationId} is for no activity`);
    return listed(view, activity);
  };
}

function listed(view: RegistrationView, activity: Activity) {
  const { activityId, kind, title, place, mode, checkInMinutes } = activity;
  const group = activity.groups.find(({ id }) => id === view.groupId);
  const { startsAt, endsAt } = timeOf(activity, group ?? activity);
  return {
    registrationId: view.registrationId,
    state: view.state,
    until: view.state === 'held' || view.state === 'offered' ? toIso(view.until) : null,
    createdAt: view.createdAt.toISOString(),
    activity: {
      activityId,
      kind,
      title,
      place,
      mode,
      checkInMinutes,
      closesAt: activity.closesAt.toISOString(),
      isDrawn: activity.draw?.result !== undefined,
      movedAt: toIso(activity.movedAt),
    },
    group: {
      name: group?.name ?? '',
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    },
    person: view.person,
    position: view.position ?? null,
    feeFen: view.feeFen,
    payment: view.payment,
    orderId: view.orderId ?? null,
    isCancellable: view.isCancellable,
    refundFen: view.refundFen,
    lot: view.lot ?? null,
    endedBecause: view.endedBecause ?? null,
  };
}

function toIso(at: Date | undefined): string | null {
  return at?.toISOString() ?? null;
}
