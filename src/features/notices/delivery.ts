import type { NoticeChannel } from './notice.js';

/**
 * What became of one recipient's message.
 *
 * waiting → sending → accepted → delivered | failed (as the platform reports)
 *                   → waiting, when nothing was done and a later attempt, or another channel, may do it
 *                   → refused, when no channel is left
 *                   → unknown: the process died or the call broke off on a channel where the platform does not
 *                     recognise a repeat; only a person sends it again
 * waiting → skipped: known beforehand not to be reachable · cancelled · rehearsed, in training.
 */
export const deliveryStates = [
  'waiting',
  'sending',
  'accepted',
  'delivered',
  'failed',
  'refused',
  'unknown',
  'skipped',
  'cancelled',
  'rehearsed',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A channel that was not taken for a recipient, and why. */
export interface PassedChannel {
  channel: NoticeChannel;
  /** Stable: `no_window`, `no_consent`, `mass_quota`, `not_following`, `unreachable:<…>`, or what the platform said. */
  reason: string;
}

/** The record of one recipient of a notice; unique by (notice, preparation, row). */
export interface Delivery {
  accountId: string;
  noticeId: string;
  preparation: number;
  /** 0, 1, 2 … */
  row: number;
  openid: string;
  /** The recipient's own placeholder values, sealed; absent: none. */
  sealedValues?: string;
  state: DeliveryState;
  /** Channels that are still open, in the order in which they are tried. */
  open: readonly NoticeChannel[];
  /** Those that were not, or did not work, in the order in which that became known. */
  passed: readonly PassedChannel[];
  /** The channel that was used last; while it waits, the one that is to be tried next. */
  channel?: NoticeChannel;
  /** Why it was skipped, refused, failed or is unknown, or is tried once more. */
  reason?: string;
  /** How often the platform was asked. */
  attempts: number;
  /** Of the platform, for its reports. */
  messageId?: string;
  /** Of a mass message: which call of the notice took it along. */
  call?: number;
  /** When a template message was first asked for whose fate is not known, UTC: until when a repeat is recognised. */
  maybeSentAt?: Date;
  /** Not before this moment, UTC; a worker that takes the row up to send it hides it until then. */
  dueAt: Date;
  /** Of the worker that took it last: only that one writes down what became of it, until another takes it. */
  claim?: string;
  /** While it is sent: after this moment its worker counts as dead, UTC. */
  leaseUntil?: Date;
  updatedAt: Date;
}

/** By which the platform recognises a repeat of this row's template message; at most 64 of `[\w-]`. */
export function clientMsgIdOf({
  noticeId,
  preparation,
  row,
}: Pick<Delivery, 'noticeId' | 'preparation' | 'row'>): string {
  return `n-${noticeId}-${preparation}-${row}`;
}
