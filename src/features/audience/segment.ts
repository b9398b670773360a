/** What somebody must fulfil to belong to a segment. Days are `YYYY-MM-DD` in Asia/Shanghai. */
export type SegmentCondition =
  /** Has at least one of the account's tags. */
  | { kind: 'tag'; tagIds: readonly number[] }
  /** Began to follow on one of these days, both included; an open end has no limit. */
  | { kind: 'followed'; from?: string; to?: string }
  /** Has been served, or is booked, since that day. */
  | { kind: 'used_service'; services: readonly string[]; since?: string }
  /** Is booked on the day; absent: at any venue, for any service. */
  | { kind: 'booked'; day: string; venue?: string; service?: string }
  /** Was booked on the day until a closure ended it; absent: at any venue, for any service. */
  | { kind: 'closed_visit'; day: string; venue?: string; service?: string }
  /** Has told the account this district. */
  | { kind: 'district'; districts: readonly string[] };

/** Followers of an account to whom all conditions apply; without any: every follower. */
export interface SegmentRules {
  conditions: readonly SegmentCondition[];
}

/** A segment that staff keep under a name. */
export interface Segment extends SegmentRules {
  accountId: string;
  id: string;
  name: string;
  /** Raised by each change; a change names the one that it was made from. */
  revision: number;
  updatedAt: Date;
  updatedBy: { staffId: string; name: string };
}
