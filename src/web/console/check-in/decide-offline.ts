import { bucketOf, type CheckInActivity } from '../../../api-types/tickets.js';
import { formatTime } from './check-in-words.js';
import type { DoorOutcome } from './door.js';
import type { GateShare } from './gate-share.js';

export interface OfflineCase {
  /** Undefined: not signed by this account, of another activity, or a code that the list does not hold. */
  ticketId: string | undefined;
  share: GateShare;
  activity: CheckInActivity;
  /** The others, as they were when the network was there. */
  gates: readonly { name: string; buckets: readonly number[] }[];
  /** Milliseconds since the epoch. */
  now: number;
}

/** What a gate without network does with a ticket. */
export function decideOffline({ ticketId, share, activity, gates, now }: OfflineCase): DoorOutcome {
  if (ticketId === undefined)
    return { kind: 'refused', code: 'bad_ticket', title: '断网时认不出这张票：请扫二维码，或稍等网络恢复' };
  const ticket = share.find(ticketId);
  if (ticket && ticket.revokedBecause !== null)
    return { kind: 'refused', code: 'ticket_revoked', title: `这张票已作废：${ticket.revokedBecause}` };
  if (ticket?.arrival)
    return {
      kind: 'refused',
      code: 'already_in',
      title: `${formatTime(ticket.arrival.at)} 已经在${ticket.arrival.gate}入场`,
    };
  if (!share.mayDecide(ticketId)) {
    const bucket = bucketOf(ticketId);
    const owner = gates.find(({ buckets }) => buckets.includes(bucket));
    return { kind: 'refused', code: 'other_gate', title: sayGate(owner?.name) };
  }
  const group = activity.groups.find(({ id }) => id === ticket?.groupId);
  const { opensAt, endsAt } = group ?? {
    opensAt: activity.groups[0]?.opensAt ?? '',
    endsAt: activity.endsAt,
  };
  if (now < Date.parse(opensAt))
    return { kind: 'refused', code: 'too_early', title: `${formatTime(opensAt)} 开始入场，请稍等` };
  if (now >= Date.parse(endsAt))
    return { kind: 'refused', code: 'too_late', title: `活动已在 ${formatTime(endsAt)} 结束` };
  return {
    kind: 'in',
    title: ticket?.person ?? '请进',
    detail: group?.name ?? '',
    isOffline: true,
  };
}

export function sayGate(name: string | undefined): string {
  return name ? `请到${name}，或稍等` : '这个口断网了，暂时验不了这张票，请稍等';
}
