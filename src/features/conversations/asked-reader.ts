export interface AskedText {
  /** As the citizen wrote it, or as the platform heard it. May hold personal data. */
  text: string;
  /** When its chat record may be deleted, UTC. */
  expiresAt: Date;
}

/** Tells what a citizen had asked. */
export interface AskedReader {
  /**
   * What was asked in words and answered at a moment, which names the exchange among all of this citizen's. Null where
   * the answer was reached by numbers or buttons.
   */
  findAsked(accountId: string, openid: string, answeredAt: Date): Promise<AskedText | null>;
}
