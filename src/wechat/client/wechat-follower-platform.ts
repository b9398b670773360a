import { UserError } from '../../core/errors.js';
import type {
  FollowerDetails,
  FollowerPage,
  FollowerPlatform,
  FollowerTag,
} from '../../features/citizens/follower-platform-port.js';
import { findClient } from './find-client.js';
import type { FollowerCalls } from './follower-calls.js';
import { PlatformError } from './platform-errors.js';
import type { WechatClient } from './wechat-client.js';

/** What staff can put right themselves. WeChat: the error tables of "Tag management". */
const refusals: ReadonlyMap<number, readonly [code: string, message: string]> = new Map([
  [40003, ['follower_unknown', '名单里有人不是本公众号的粉丝']],
  [49003, ['follower_unknown', '名单里有人不是本公众号的粉丝']],
  [45056, ['too_many_tags', '标签已满 100 个，请先删除不用的']],
  [45057, ['tag_too_large', '这个标签下的粉丝超过 10 万，请先取消一部分人的标签再删除']],
  [45058, ['tag_of_platform', '这是微信自带的标签，不能修改']],
  [45059, ['follower_tags_full', '名单里有人已经有 20 个标签，不能再加']],
  [45157, ['tag_name_taken', '已经有同名的标签']],
  [45158, ['tag_name_invalid', '标签名要有 1 到 30 个字节（汉字算 3 个）']],
  [45159, ['tag_unknown', '微信里没有这个标签']],
]);

/** Followers and tags of the accounts, through the platform's API. */
export class WechatFollowerPlatform implements FollowerPlatform {
  readonly #clients: ReadonlyMap<string, WechatClient>;

  constructor(clients: ReadonlyMap<string, WechatClient>) {
    this.#clients = clients;
  }

  async listFollowers(accountId: string, after?: string): Promise<FollowerPage> {
    return this.#callsOf(accountId).list(after);
  }

  async listBlocked(accountId: string, after?: string): Promise<FollowerPage> {
    return this.#callsOf(accountId).listBlocked(after);
  }

  async readDetails(accountId: string, openids: readonly string[]): Promise<FollowerDetails[]> {
    const people = await this.#callsOf(accountId).batchGetInfo(openids);
    return people.map(({ openid, follows, followedAt, tagIds }) => ({
      openid,
      subscribed: follows,
      subscribedAt: followedAt === undefined ? null : new Date(followedAt),
      tagIds,
    }));
  }

  async listTags(accountId: string): Promise<FollowerTag[]> {
    const tags = await this.#callsOf(accountId).listTags();
    return tags.map(({ id, name, count }) => ({ id, name, followers: count }));
  }

  createTag(accountId: string, name: string): Promise<number> {
    return this.#change(accountId, (calls) => calls.createTag(name));
  }

  renameTag(accountId: string, tagId: number, name: string): Promise<void> {
    return this.#change(accountId, (calls) => calls.renameTag(tagId, name));
  }

  removeTag(accountId: string, tagId: number): Promise<void> {
    return this.#change(accountId, (calls) => calls.removeTag(tagId));
  }

  addToTag(accountId: string, tagId: number, openids: readonly string[]): Promise<void> {
    return this.#change(accountId, (calls) => calls.tag(tagId, openids));
  }

  takeFromTag(accountId: string, tagId: number, openids: readonly string[]): Promise<void> {
    return this.#change(accountId, (calls) => calls.untag(tagId, openids));
  }

  async #change<Result>(accountId: string, call: (calls: FollowerCalls) => Promise<Result>): Promise<Result> {
    try {
      return await call(this.#callsOf(accountId));
    } catch (error) {
      const refusal = error instanceof PlatformError ? refusals.get(error.errcode) : undefined;
      if (!refusal) throw error;
      throw new UserError(...refusal, { status: 409, cause: error });
    }
  }

  #callsOf(accountId: string): FollowerCalls {
    return findClient(this.#clients, accountId).followers;
  }
}
