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
  recipients: number;
  /** At most 64 bytes. */
  clientMsgId: string;
  state: MassCallState;
  reason?: string;
  messageId?: string;
  report?: MassReport;
  attempts: number;
  dueAt: Date;
  leaseUntil?: Date;
  updatedAt: Date;
}
