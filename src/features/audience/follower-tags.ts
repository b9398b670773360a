import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { OperationalError, UserError } from '../../core/errors.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditEntry } from '../audit/audit-event.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { FollowerPlatform, FollowerTag } from '../citizens/follower-platform-port.js';
import type { FollowerUpkeep } from '../citizens/follower-upkeep.js';
import type { TaggingDeed } from './audience-run.js';
import { audienceTexts } from './audience-texts.js';
import type { KnownTags, TagStore } from './tag-store.js';

export interface FollowerTagsParts {
  platform: FollowerPlatform;
  tags: TagStore;
  upkeep: Pick<FollowerUpkeep, 'addTag' | 'takeTag' | 'dropTag'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** WeChat: a name has at most 30 bytes. */
const longestNameBytes = 30;
/** WeChat: 0, 1 and 2 are its own. */
const lastOfPlatform = 2;

interface TagChange {
  accountId: string;
  tagId: number;
  actor: Actor;
}

/**
 * The tags of an account. The platform has them; what it said last is kept here, for segments and for when it does not
 * answer. A change is made there first, and here with the platform's answer.
 */
export class FollowerTags {
  readonly #parts: FollowerTagsParts;

  constructor(parts: FollowerTagsParts) {
    this.#parts = parts;
  }

  /** As the platform has them now; if it cannot be asked, as it had them last. */
  async list(accountId: string): Promise<KnownTags & { isCurrent: boolean }> {
    const { platform, tags, clock } = this.#parts;
    try {
      const found = { tags: await platform.listTags(accountId), readAt: new Date(clock.now()) };
      await tags.keep(accountId, found);
      return { ...found, isCurrent: true };
    } catch (error) {
      if (!(error instanceof OperationalError || error instanceof UserError)) throw error;
      return { ...(await this.#findKnown(accountId)), isCurrent: false };
    }
  }

  /** The ids of the tags; the platform is asked only if one of `wanted` is not among those that are known here. */
  async idsFor(accountId: string, wanted: readonly number[]): Promise<ReadonlySet<number>> {
    const known = new Set((await this.#findKnown(accountId)).tags.map(({ id }) => id));
    if (wanted.every((tagId) => known.has(tagId))) return known;
    return new Set((await this.list(accountId)).tags.map(({ id }) => id));
  }

  /** @throws UserError `tag_unknown` · `tag_of_platform` */
  async requireOwn(accountId: string, tagId: number): Promise<void> {
    refusePlatforms(tagId);
    if (!(await this.idsFor(accountId, [tagId])).has(tagId)) throw tagUnknown();
  }

  /** @returns the id. @throws UserError `tag_name_invalid` · `tag_name_taken` · `too_many_tags` */
  async create({ accountId, name, actor }: Omit<TagChange, 'tagId'> & { name: string }): Promise<number> {
    refuseLongName(name);
    const tagId = await this.#parts.platform.createTag(accountId, name);
    const changes = [{ path: 'name', after: name }];
    await this.#record({ accountId, tagId, actor }, { action: 'tag.create', changes }, (tags) => [
      ...tags.filter(({ id }) => id !== tagId),
      { id: tagId, name, followers: 0 },
    ]);
    return tagId;
  }

  /** @throws UserError `tag_name_invalid` · `tag_name_taken` · `tag_unknown` · `tag_of_platform` */
  async rename({ name, ...change }: TagChange & { name: string }): Promise<void> {
    const { accountId, tagId } = change;
    refusePlatforms(tagId);
    refuseLongName(name);
    const before = await this.#nameOf(accountId, tagId);
    await this.#parts.platform.renameTag(accountId, tagId, name);
    const changes = [{ path: 'name', ...(before !== undefined && { before }), after: name }];
    await this.#record(change, { action: 'tag.rename', changes }, (tags) =>
      tags.map((tag) => (tag.id === tagId ? { ...tag, name } : tag)),
    );
  }

  /** @throws UserError `tag_unknown` · `tag_of_platform` · `tag_too_large` */
  async remove(change: TagChange): Promise<void> {
    const { accountId, tagId } = change;
    const { platform, upkeep } = this.#parts;
    refusePlatforms(tagId);
    const before = await this.#nameOf(accountId, tagId);
    await platform.removeTag(accountId, tagId);
    const changes = before === undefined ? [] : [{ path: 'name', before }];
    await this.#record(change, { action: 'tag.remove', changes }, (tags) =>
      tags.filter(({ id }) => id !== tagId),
    );
    await upkeep.dropTag(accountId, tagId);
  }

  /**
   * Gives the tag to these citizens, or takes it: to all or to none.
   *
   * @param change.openids at most 50, a limit of WeChat's
   * @throws UserError `tag_unknown` · `tag_of_platform` · `follower_unknown` · `follower_tags_full`
   */
  async changeMembers(change: TagChange & { deed: TaggingDeed; openids: readonly string[] }): Promise<void> {
    const { accountId, tagId, deed, openids } = change;
    const { platform, upkeep, transactions, clock } = this.#parts;
    refusePlatforms(tagId);
    const names = [...new Set(openids)];
    if (deed === 'add') await platform.addToTag(accountId, tagId, names);
    else await platform.takeFromTag(accountId, tagId, names);
    const isAdding = deed === 'add';
    const changes = [{ path: 'openids', [isAdding ? 'after' : 'before']: names.map(endOf) }];
    const members = { accountId, tagId, openids: names, now: new Date(clock.now()) };
    await transactions.run(async (tx) => {
      await (isAdding ? upkeep.addTag(members, tx) : upkeep.takeTag(members, tx));
      await this.#audit(tx, change, { action: isAdding ? 'tag.give' : 'tag.take', changes });
    });
  }

  async #nameOf(accountId: string, tagId: number): Promise<string | undefined> {
    return (await this.#findKnown(accountId)).tags.find(({ id }) => id === tagId)?.name;
  }

  async #findKnown(accountId: string, tx?: Transaction): Promise<KnownTags> {
    return (await this.#parts.tags.find(accountId, tx)) ?? { tags: [], readAt: null };
  }

  #record(
    change: TagChange,
    what: AuditedTagChange,
    edit: (tags: readonly FollowerTag[]) => FollowerTag[],
  ): Promise<void> {
    const { accountId } = change;
    const { transactions, tags } = this.#parts;
    return transactions.run(async (tx) => {
      const known = await this.#findKnown(accountId, tx);
      await tags.keep(accountId, { ...known, tags: edit(known.tags) }, tx);
      await this.#audit(tx, change, what);
    });
  }

  #audit(tx: Transaction, { accountId, tagId, actor }: TagChange, what: AuditedTagChange): Promise<void> {
    const object = { kind: 'follower-tag', id: String(tagId) };
    return this.#parts.audit.append(tx, { ...actor, accountId, object, ...what });
  }
}

type AuditedTagChange = Pick<AuditEntry, 'action' | 'changes'>;

/** Enough of an openid to tell one from another, and no more: its last six characters. */
export function endOf(openid: string): string {
  return `…${openid.slice(-6)}`;
}

export function isOfPlatform(tagId: number): boolean {
  return tagId <= lastOfPlatform;
}

function refusePlatforms(tagId: number): void {
  if (isOfPlatform(tagId))
    throw new UserError('tag_of_platform', audienceTexts.tagOfPlatform, { status: 422 });
}

function refuseLongName(name: string): void {
  if (Buffer.byteLength(name) > longestNameBytes)
    throw new UserError('tag_name_invalid', audienceTexts.tagNameInvalid, { status: 422 });
}

function tagUnknown(): UserError {
  return new UserError('tag_unknown', audienceTexts.tagUnknown, { status: 404 });
}
