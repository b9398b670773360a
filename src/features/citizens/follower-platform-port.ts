/** One page of the followers' list, in the platform's order. */
export interface FollowerPage {
  /** Followers at this moment, on all pages. */
  total: number;
  /** WeChat: at most 10,000. */
  openids: string[];
  /**
   * Where the next page begins; null: this was the last. A later process can go on from it, unless the person whom it
   * names has left since: then the platform may refuse it, and the list begins anew.
   */
  next: string | null;
}

/** What the platform tells of a person; of somebody who does not follow the account only that. */
export interface FollowerDetails {
  openid: string;
  subscribed: boolean;
  /** When the person last began to follow, UTC; null where the platform does not say. */
  subscribedAt: Date | null;
  tagIds: number[];
}

/** A tag as the account has it at the platform. 0, 1 and 2 are the platform's own. */
export interface FollowerTag {
  id: number;
  name: string;
  followers: number;
}

/**
 * Who follows an account and how they are tagged, as the platform has it. All methods throw OperationalError when the
 * platform cannot be asked or is not ready to answer (its `code` is stable), and UserError `no_platform_account`
 * for an account without access to it.
 */
export interface FollowerPlatform {
  /**
   * WeChat: 500 calls a day.
   * @param after `next` of the page before; absent: from the beginning.
   */
  listFollowers(accountId: string, after?: string): Promise<FollowerPage>;
  /** Those whom the account has blocked: they follow it and receive nothing (43019). */
  listBlocked(accountId: string, after?: string): Promise<FollowerPage>;
  /** In any order. @param openids at most 100, a limit of WeChat's; RangeError for more. */
  readDetails(accountId: string, openids: readonly string[]): Promise<FollowerDetails[]>;

  listTags(accountId: string): Promise<FollowerTag[]>;
  /**
   * WeChat: 100 tags an account, names of 1–30 bytes.
   * @returns the id that the platform gave it
   * @throws UserError `tag_name_taken`, `tag_name_invalid`, `too_many_tags`
   */
  createTag(accountId: string, name: string): Promise<number>;
  /** @throws UserError `tag_name_taken`, `tag_name_invalid`, `tag_unknown`, `tag_of_platform` */
  renameTag(accountId: string, tagId: number, name: string): Promise<void>;
  /** @throws UserError `tag_unknown`, `tag_of_platform`, `tag_too_large` (more than 100,000 followers) */
  removeTag(accountId: string, tagId: number): Promise<void>;
  /**
   * All of them or none; again for those who have it already changes nothing.
   * @param openids at most 50, a limit of WeChat's; RangeError for more.
   * @throws UserError `tag_unknown`, `tag_of_platform`, `follower_tags_full` (one of them has 20 already),
   * `follower_unknown` (one of them is no openid of the account, or does not follow)
   */
  addToTag(accountId: string, tagId: number, openids: readonly string[]): Promise<void>;
  /** As `addToTag`, without `follower_tags_full`. */
  takeFromTag(accountId: string, tagId: number, openids: readonly string[]): Promise<void>;
}
