import { OperationalError, UserError } from '../../../src/core/errors.js';
import type {
  FollowerDetails,
  FollowerPage,
  FollowerPlatform,
  FollowerTag,
} from '../../../src/features/citizens/follower-platform-port.js';

interface FakeFollower {
  subscribedAt: Date;
  tagIds: Set<number>;
}

/** The platform's side of followers and tags in memory, with its limits; pages are as large as a test wants. */
export class FollowerPlatformFake implements FollowerPlatform {
  readonly followers = new Map<string, FakeFollower>();
  readonly tags = new Map<number, string>([[2, '星标组']]);
  readonly blocked = new Set<string>();
  readonly calls: string[] = [];
  pageSize = 10_000;
  /** Called before each call is answered; what it throws is the answer. */
  beforeCall: (call: string) => void | Promise<void> = () => undefined;
  #nextTag = 100;

  follow(openid: string, subscribedAt: Date, tagIds: readonly number[] = []): this {
    this.followers.set(openid, { subscribedAt, tagIds: new Set(tagIds) });
    return this;
  }

  clear(): void {
    for (const kept of [this.followers, this.tags, this.blocked]) kept.clear();
    this.tags.set(2, '星标组');
    this.calls.length = 0;
    this.pageSize = 10_000;
    this.beforeCall = () => undefined;
  }

  /** From now on nothing can be asked. */
  goAway(): void {
    this.beforeCall = () => {
      throw new OperationalError('platform_unreachable', 'the platform is away');
    };
  }

  async listFollowers(_accountId: string, after?: string): Promise<FollowerPage> {
    await this.#called('listFollowers');
    return this.#pageOf([...this.followers.keys()], after);
  }

  async listBlocked(_accountId: string, after?: string): Promise<FollowerPage> {
    await this.#called('listBlocked');
    return this.#pageOf([...this.blocked], after);
  }

  async readDetails(_accountId: string, openids: readonly string[]): Promise<FollowerDetails[]> {
    if (openids.length > 100) throw new RangeError('more than 100');
    await this.#called('readDetails');
    return openids.map((openid) => {
      const follower = this.followers.get(openid);
      if (!follower) return { openid, subscribed: false, subscribedAt: null, tagIds: [] };
      const { subscribedAt, tagIds } = follower;
      return { openid, subscribed: true, subscribedAt, tagIds: [...tagIds] };
    });
  }

  async listTags(_accountId: string): Promise<FollowerTag[]> {
    await this.#called('listTags');
    const all = [...this.followers.values()];
    return [...this.tags].map(([id, name]) => ({
      id,
      name,
      followers: all.filter(({ tagIds }) => tagIds.has(id)).length,
    }));
  }

  async createTag(_accountId: string, name: string): Promise<number> {
    await this.#called('createTag');
    if ([...this.tags.values()].includes(name)) throw refusal('tag_name_taken');
    this.#nextTag += 1;
    this.tags.set(this.#nextTag, name);
    return this.#nextTag;
  }

  async renameTag(_accountId: string, tagId: number, name: string): Promise<void> {
    await this.#called('renameTag');
    this.#requireTag(tagId);
    this.tags.set(tagId, name);
  }

  async removeTag(_accountId: string, tagId: number): Promise<void> {
    await this.#called('removeTag');
    this.#requireTag(tagId);
    this.tags.delete(tagId);
    for (const { tagIds } of this.followers.values()) tagIds.delete(tagId);
  }

  async addToTag(_accountId: string, tagId: number, openids: readonly string[]): Promise<void> {
    const found = await this.#findMembers('addToTag', tagId, openids);
    if (found.some(({ tagIds }) => tagIds.size >= 20 && !tagIds.has(tagId)))
      throw refusal('follower_tags_full');
    for (const { tagIds } of found) tagIds.add(tagId);
  }

  async takeFromTag(_accountId: string, tagId: number, openids: readonly string[]): Promise<void> {
    for (const { tagIds } of await this.#findMembers('takeFromTag', tagId, openids)) tagIds.delete(tagId);
  }

  async #findMembers(call: string, tagId: number, openids: readonly string[]): Promise<FakeFollower[]> {
    if (openids.length > 50) throw new RangeError('more than 50');
    await this.#called(call);
    this.#requireTag(tagId);
    return openids.map((openid) => {
      const follower = this.followers.get(openid);
      if (!follower) throw refusal('follower_unknown');
      return follower;
    });
  }

  #requireTag(tagId: number): void {
    if (!this.tags.has(tagId)) throw refusal('tag_unknown');
  }

  #pageOf(openids: readonly string[], after?: string): FollowerPage {
    const start = after === undefined ? 0 : openids.indexOf(after) + 1;
    const page = openids.slice(start, start + this.pageSize);
    const isLast = start + page.length >= openids.length;
    return { total: openids.length, openids: page, next: isLast ? null : page.at(-1)! };
  }

  async #called(call: string): Promise<void> {
    this.calls.push(call);
    await this.beforeCall(call);
  }
}

function refusal(code: string): UserError {
  return new UserError(code, code);
}
