import * as endpoints from './follower-endpoints.js';
import type { FollowerInfo } from './follower-info.js';
import { taggingBatch, userInfoBatch } from './limits.js';
import type { PlatformCaller } from './platform-caller.js';

interface OpenidPage {
  total: number;
  openids: string[];
  /** Where the next page begins; null: there is none. */
  next: string | null;
}

/** The platform's interfaces about followers and tags. Errors as with WechatClient. */
export class FollowerCalls {
  readonly #caller: PlatformCaller;

  constructor(caller: PlatformCaller) {
    this.#caller = caller;
  }

  /** WeChat: 10,000 openids a page, 500 calls a day. @param after absent: from the beginning. */
  async list(after?: string): Promise<OpenidPage> {
    return this.#caller.call(endpoints.userGet, {
      ...(after !== undefined && { query: { next_openid: after } }),
    });
  }

  /** Whom the account has blocked, in pages as `list` has them. */
  async listBlocked(after = ''): Promise<OpenidPage> {
    return this.#caller.call(endpoints.blacklistGet, { body: { begin_openid: after } });
  }

  /** @throws RangeError for more than 100 openids, which is the platform's limit. */
  async batchGetInfo(openids: readonly string[]): Promise<FollowerInfo[]> {
    assertAtMost(userInfoBatch, openids);
    if (openids.length === 0) return [];
    const users = openids.map((openid) => ({ openid, lang: 'zh_CN' }));
    const body = { user_list: users };
    return (await this.#caller.call(endpoints.userInfoBatchGet, { body })).user_info_list;
  }

  async listTags(): Promise<{ id: number; name: string; count: number }[]> {
    return (await this.#caller.call(endpoints.tagsGet, {})).tags;
  }

  async createTag(name: string): Promise<number> {
    return (await this.#caller.call(endpoints.tagsCreate, { body: { tag: { name } } })).tag.id;
  }

  async renameTag(id: number, name: string): Promise<void> {
    await this.#caller.call(endpoints.tagsUpdate, { body: { tag: { id, name } } });
  }

  async removeTag(id: number): Promise<void> {
    await this.#caller.call(endpoints.tagsDelete, { body: { tag: { id } } });
  }

  /** @throws RangeError for more than 50 openids, which is the platform's limit. */
  async tag(tagId: number, openids: readonly string[]): Promise<void> {
    await this.#callForMembers(endpoints.batchTagging, tagId, openids);
  }

  /** @throws RangeError for more than 50 openids, which is the platform's limit. */
  async untag(tagId: number, openids: readonly string[]): Promise<void> {
    await this.#callForMembers(endpoints.batchUntagging, tagId, openids);
  }

  async #callForMembers(
    endpoint: typeof endpoints.batchTagging,
    tagid: number,
    openids: readonly string[],
  ): Promise<void> {
    assertAtMost(taggingBatch, openids);
    if (openids.length > 0) await this.#caller.call(endpoint, { body: { openid_list: openids, tagid } });
  }
}

function assertAtMost(most: number, openids: readonly string[]): void {
  if (openids.length > most) throw new RangeError(`at most ${most} openids, not ${openids.length}`);
}
