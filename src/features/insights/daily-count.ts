/** What happened to a node or a reply on one day. */
export interface DailyCount {
  accountId: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string;
  kind: 'node' | 'reply';
  id: string;
  /** Citizens were given it. */
  answers?: number;
  /** Questions without an answer of citizens who stood there; only nodes. */
  unanswered?: number;
}

/** The same, of several days together. */
export type CountSum = Pick<DailyCount, 'kind' | 'id'> & { answers: number; unanswered: number };
