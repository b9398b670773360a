/** pending → sending → accepted → reported; sending → pending when nothing was done; refused, unknown. */
export const massCallStates = [
  'pending',
  'sending',
  'accepted',
  'reported',
  'refused',
  'unknown',
  'cancelled',
] as const;
export type MassCallState = (typeof massCallStates)[number];

/** What the platform reported of a call; these counts are all that it tells of its recipients. */
export interface MassReport {
  /** `send success`, `send fail`, `err(10001)` … */
  status: string;
  total: number;
  filtered: number;
  sent: number;
  errors: number;
  at: Date;
}

/**
 * One call of the mass interface, unique by (notice, preparation, call). The calls of a calendar month (Asia/Shanghai)
 * that were or may have been accepted are the ledger of WeChat's four mass messages per follower and month: a call is
 * added only under the account's mass lane, which lets one planner through at a time.
 */
export interface MassCall {
  accountId: string;
  noticeId: string;
  preparation: number;
  /** 0, 1, 2 … within the notice. */
  call: number;
  /** `YYYY-MM`, Asia/Shanghai. */
  month: string;
  /** 2–10,000; taken out when nothing needs them any more. */
  openids: readonly string[];
  /** The rows of the notice that these openids are, in the same order; taken out with them. */
  rows: readonly number[];
  recipients: number;
  /** At most 64 bytes. */
  clientMsgId: string;
  state: MassCallState;
  reason?: string;
  messageId?: string;
  /** UTC. */
  acceptedAt?: Date;
  report?: MassReport;
  attempts: number;
  /** When the platform was first asked, while its answer is not known: until when a repeat is recognised, UTC. */
  maybeSentAt?: Date;
  dueAt: Date;
  /** Of the sender that holds it. */
  claim?: string;
  leaseUntil?: Date;
  /** Its rows say what became of it. Until then the call is the truth. */
  isSettled: boolean;
  updatedAt: Date;
}

/** The reason of a call whose report never came: what the platform said when it was asked. */
export const askedState = {
  sent: 'asked:sent',
  failed: 'asked:failed',
  deleted: 'asked:deleted',
} as const;

/** What is shown of a call. */
export type MassCallView = Omit<MassCall, 'openids' | 'rows' | 'claim' | 'leaseUntil'>;

/** WeChat, "Mass send by openid list": 2–10,000 openids a call. */
export const massCallOpenids = { least: 2, most: 10_000 } as const;

/** WeChat, service accounts: each follower receives at most four mass messages in a calendar month. */
export const massPerMonth = 4;

/**
 * For how long the platform recognises a call by its `clientMsgId`. WeChat is said to promise 24 hours; an hour is
 * left for clocks that differ.
 */
export const massRepeatMs = 23 * 3_600_000;
