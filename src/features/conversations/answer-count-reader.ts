/** How often something of the content was given to citizens on one day. */
export interface AnswerCount {
  accountId: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string;
  kind: 'node' | 'reply';
  /** Of the node or the reply. A node's answer counts for the reply that it gave, too. */
  id: string;
  answers: number;
}

export interface AnswerCountPage {
  counts: AnswerCount[];
  /** To go on from; null: nothing lies beyond the position that was given. */
  position: string | null;
}

/** Counts the journal for statistics, a stretch at a time. */
export interface AnswerCountReader {
  /** The position before everything that was written at a time or later; milliseconds since the epoch, UTC. */
  positionAt(time: number): string;
  /**
   * What the exchanges after a position gave, at most `limit` exchanges. An exchange shows only once every one that
   * goes before it must have been committed, so nobody who goes on from position to position misses one.
   */
  countAfter(position: string, now: number, limit: number): Promise<AnswerCountPage>;
}
