import type { SegmentRules } from './segment.js';

/** What is known of a citizen that decides whether, and how, a notice can reach them. */
export interface RecipientFacts {
  openid: string;
  /** Undefined: the platform has never said so. */
  subscribed: boolean | undefined;
  /** A message was refused for good (blocked, no such openid); stable, such as `receiver_permanent:48002`. */
  unreachable: string | undefined;
  /** What a notice may call by name about this person: 区县, 预约时间 … by placeholder. */
  values: Readonly<Record<string, string>>;
}

export interface AudiencePage {
  recipients: RecipientFacts[];
  /** Where to go on; null: this was the last page. */
  next: string | null;
}

/** Who belongs to an audience, read by those who send notices. Each citizen occurs once, in order of openid. */
export interface AudienceReader {
  /** At once, from indexes; citizens who left are not counted. */
  count(accountId: string, rules: SegmentRules): Promise<number>;
  /** Followers only. @param after the `next` of the page before. */
  list(
    accountId: string,
    rules: SegmentRules,
    page: { after?: string; limit: number },
  ): Promise<AudiencePage>;
  /** What is known of these openids; unknown ones are missing. */
  findMany(accountId: string, openids: readonly string[]): Promise<RecipientFacts[]>;
  /** Names of the values that `list` gives for these rules, which a notice to them may use as placeholders. */
  placeholders(rules: SegmentRules): readonly string[];
}

/** Keeps what sending has taught about citizens. */
export interface ReachRecorder {
  /** Each may be repeated without effect; a citizen who follows anew is reachable again. */
  recordUnreachable(
    accountId: string,
    refusals: readonly { openid: string; reason: string; at: Date }[],
  ): Promise<void>;
}
