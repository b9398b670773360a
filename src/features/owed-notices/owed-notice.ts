import type { OutboundChannel } from '../../core/outbound-messenger.js';
import type { Transaction } from '../../core/transaction-runner.js';

/** What a message is about: a record of another feature. */
export interface NoticeSubjectRef {
  /** Such as `appointment`. */
  kind: string;
  id: string;
}

/** One message that is owed to a citizen; unique by (account, subject, kind, what it is about). */
export interface OwedNotice {
  accountId: string;
  subject: NoticeSubjectRef;
  openid: string;
  /** One of those that the subject knows: `reminder_day`. */
  kind: string;
  /** What makes it another message of the same kind: the beginning of the visit, the instant of the change; UTC. */
  about: Date;
  /** Not before, UTC. */
  dueAt: Date;
  /** Useless afterwards, UTC: a reminder of what is over is not sent. */
  until: Date;
}

export interface OwedNoticeBook {
  /** Owes the citizen a message; once, however often it is called. */
  add(tx: Transaction, notice: OwedNotice): Promise<void>;
  /** Those that are not owed yet, nor were. */
  listNew(notices: readonly OwedNotice[]): Promise<OwedNotice[]>;
}

/**
 * What became of a message that was owed: waiting (no state yet) → sending → sent · refused · unknown · dropped; what
 * was sent as a template message → delivered · failed, once the platform has reported.
 * `unknown`: the process died, or the call broke off, between asking the platform and hearing its answer; only a
 * person sends it again. `dropped`: too late, or what it says is no longer so.
 */
export type NoticeState = 'sending' | 'sent' | 'refused' | 'unknown' | 'dropped' | ReportedNoticeState;

/** What the platform reports of a template message afterwards. */
export type ReportedNoticeState = 'delivered' | 'failed';

/** How sending ends. */
export type EndState = Exclude<NoticeState, 'sending' | ReportedNoticeState>;

export interface NoticeProgress {
  /** Absent: waiting. */
  state?: NoticeState;
  /** The last one that was tried. */
  channel?: OutboundChannel;
  /** Why it was refused or dropped, has failed, is unknown, or is tried again. */
  reason?: string;
  /** What the platform was last asked to say, without what only the citizen may show. */
  said?: string;
  /** Of the platform, for its report; of a template message only. */
  messageId?: string;
  /** How often staff had it sent once more after it had certainly not arrived. */
  repeats?: number;
  /** How often it was taken up. */
  attempts?: number;
  /**
   * When a template message was first asked for whose fate is not known. For a while the platform recognises a repeat
   * of it; until then it is repeated, by that channel only.
   */
  maybeSentAt?: Date;
  /** While `sending`: the moment after which its sender counts as dead, UTC. */
  leaseUntil?: Date;
  /** UTC. */
  endedAt?: Date;
}

/** A notice that a sender has taken up. */
export type ClaimedNotice = OwedNotice &
  NoticeProgress & {
    /** Names it, to the platform too. */
    id: string;
    /** Proves that this sender holds it; a later claim makes it void. */
    claim: string;
  };

/** How an attempt ends; `again`: it is due once more. */
export type NoticeEnding = {
  channel?: OutboundChannel;
  reason?: string;
  messageId?: string;
  keepsDoubt?: boolean;
} & ({ state: EndState; endedAt: Date } | { state: 'again'; dueAt: Date });
