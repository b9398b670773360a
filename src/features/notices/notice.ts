import type { SegmentRules } from '../audience/segment.js';
import type { PersonalChannel } from './notice-platform-port.js';

/** The ways in which a notice can go; their order in a notice is the order in which they are tried for a recipient. */
export type NoticeChannel = PersonalChannel | 'mass';

/** What is said in a chat. Text may hold placeholders `{{名称}}` unless it goes to many at once. */
export type NoticeBody =
  { kind: 'text'; text: string } | { kind: 'picture'; /** Of a picture kept here. */ pictureId: string };

/** One of the account's templates filled in; values may hold placeholders. */
export interface NoticeTemplateText {
  templateId: string;
  /** By keyword, such as `thing1`. */
  values: Readonly<Record<string, string>>;
  /** The page that opens at a tap. */
  url?: string;
}

/** What a notice says, by each of its channels. */
export interface NoticeContent {
  /** For customer-service and mass messages. */
  body?: NoticeBody;
  template?: NoticeTemplateText;
  /** Of a subscription notification. */
  subscription?: NoticeTemplateText;
}

/** Whom a notice is for. */
export type NoticeAudience =
  | { kind: 'everyone' }
  | ({
      kind: 'segment';
      /** The kept segment that the rules were taken from. */ segmentId?: string;
    } & SegmentRules)
  /** Whoever stands in an uploaded list that was confirmed. */
  | { kind: 'list'; listId: string };

/**
 * Routine notices take three reviews; an emergency notice one approval by a second person, from a prewritten text or
 * a free one, and neither quiet hours nor a schedule hold it up.
 */
export type NoticeKind = 'routine' | 'emergency';

/** Everything that reviewers approve. */
export interface NoticePlan {
  kind: NoticeKind;
  /** For staff; citizens do not see it. */
  title: string;
  content: NoticeContent;
  audience: NoticeAudience;
  channels: readonly NoticeChannel[];
  /** Not before; null: as soon as it is approved. UTC. */
  sendAt: Date | null;
  /** Training: everything but the calls of the platform. */
  training: boolean;
}

/**
 * draft → preparing: its recipients are being written down → pending: waits for the reviews → scheduled: approved, and
 * waits for its time → sending ⇄ paused → finished.
 * pending → draft (returned), rejected. draft, preparing, pending, scheduled, sending, paused → cancelled.
 */
export const noticeStates = [
  'draft',
  'preparing',
  'pending',
  'scheduled',
  'sending',
  'paused',
  'finished',
  'cancelled',
  'rejected',
] as const;
export type NoticeState = (typeof noticeStates)[number];

/** 初审, 复审 and 终审 of a routine notice; the one approval of an emergency notice. */
export const noticeStages = ['first', 'second', 'final', 'emergency'] as const;
export type NoticeStage = (typeof noticeStages)[number];

export interface NoticePerson {
  staffId: string;
  name: string;
}

export interface NoticeApproval {
  stage: NoticeStage;
  by: NoticePerson;
  at: Date;
}

/** How many recipients there are and how they would be reached, as counted when the rows were written. */
export interface NoticeSize {
  recipients: number;
  /** By the first channel that is open to each. */
  byChannel: Readonly<Partial<Record<NoticeChannel, number>>>;
  /** Who cannot be reached, by reason (see `Delivery.reason`). */
  skipped: Readonly<Record<string, number>>;
}

/** Why sending stands still. */
export interface NoticeHold {
  /** `staff`: somebody paused it; `quiet`: quiet hours; otherwise what the platform said, see HaltCause. */
  cause: 'staff' | 'quiet' | 'configuration' | 'token' | 'template' | 'quota';
  reason: string;
  since: Date;
  /** When it goes on by itself; null: somebody must resume it. */
  until: Date | null;
}

export interface Notice extends NoticePlan {
  accountId: string;
  id: string;
  state: NoticeState;
  /** Raised by every change of the plan; whoever changes names the one that they saw. */
  revision: number;
  /** Everybody who wrote or changed the plan: none of them may approve it. */
  authors: readonly NoticePerson[];
  createdAt: Date;
  /** Counts preparations: rows of an earlier one no longer belong to the notice. */
  preparation: number;
  /** Of the plan, the size and the recipients; what an approval names. Null until prepared. */
  hash: string | null;
  size: NoticeSize | null;
  submittedAt: Date | null;
  submittedBy: NoticePerson | null;
  approvals: readonly NoticeApproval[];
  hold: NoticeHold | null;
  /** When a scheduled notice begins: at `sendAt`, or after the quiet hours. */
  startsAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Why it was returned, rejected or cancelled, or could not be prepared; for people. */
  remark: string;
}

/** Which stages an approval has to pass. */
export function stagesOf({ kind }: Pick<NoticePlan, 'kind'>): readonly NoticeStage[] {
  return kind === 'emergency' ? ['emergency'] : ['first', 'second', 'final'];
}

/** The stage that comes next; undefined when all have approved. */
export function dueStage(notice: Pick<Notice, 'kind' | 'approvals'>): NoticeStage | undefined {
  return stagesOf(notice)[notice.approvals.length];
}
