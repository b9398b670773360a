/** An answer to a citizen: its place in the journal, and when it was given, UTC. */
export interface AnsweredTime {
  seq: number;
  at: Date;
}

/** When a citizen was answered, for features that know an answer by its time. */
export interface AnsweredReader {
  /** In order. @param after the `seq` of the last one that is known; 0: from the beginning. */
  listAnswered(
    citizen: { accountId: string; openid: string },
    after: number,
    limit: number,
  ): Promise<AnsweredTime[]>;
}
