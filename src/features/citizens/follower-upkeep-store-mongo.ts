import type { mongo } from 'mongoose';
import { insertMissing } from '../../storage/insert-missing.js';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Citizen } from './citizen.js';
import type { FollowerDetails } from './follower-platform-port.js';
import { blockedReason, type FollowerUpkeep, type TagChange } from './follower-upkeep.js';

/** Citizens per write: short enough that messages, which write to the same collection, do not wait. */
const perWrite = 1_000;

export class FollowerUpkeepStoreMongo implements FollowerUpkeep {
  readonly #citizens: mongo.Collection<Citizen>;

  constructor(connection: MongoConnection) {
    this.#citizens = databaseOf(connection).collection<Citizen>('citizens');
  }

  async keepListed(accountId: string, openids: readonly string[], asOf: Date, now: Date): Promise<void> {
    const follows = { subscribed: true, subscriptionChangedAt: asOf };
    for (const some of partsOf(openids)) {
      const strangers = await this.#listStrangers(accountId, some);
      if (strangers.length > 0) {
        const common = { accountId, firstContactAt: now, subscriptions: [], ...follows };
        await insertMissing(
          this.#citizens,
          strangers.map((openid) => ({ ...common, openid })),
        );
      }
      await this.#citizens.updateMany(
        { accountId, openid: { $in: some }, ...notChangedSince(asOf) },
        { $set: follows },
      );
    }
  }

  async keepLeavers(accountId: string, asOf: Date): Promise<number> {
    const left = {
      $set: { subscribed: false, subscriptionChangedAt: asOf },
      $unset: { tagIds: '' },
    } as const;
    const { modifiedCount } = await this.#citizens.updateMany(
      { accountId, subscribed: true, ...notChangedSince(asOf) },
      left,
    );
    await this.#citizens.updateMany(
      { accountId, subscribed: { $exists: false }, ...notChangedSince(asOf) },
      left,
    );
    return modifiedCount;
  }

  async keepDetails(
    accountId: string,
    details: readonly FollowerDetails[],
    { asOf, readAt }: { asOf: Date; readAt: Date },
  ): Promise<void> {
    const writes = details.map((one) => ({
      updateOne: one.subscribed
        ? {
            filter: { accountId, openid: one.openid, tagsChangedAt: { $not: { $gte: readAt } } },
            update: {
              $set: { tagIds: one.tagIds },
              ...(one.subscribedAt && { $max: { subscribedAt: one.subscribedAt } }),
            },
          }
        : {
            filter: { accountId, openid: one.openid, subscriptionChangedAt: { $not: { $gt: asOf } } },
            update: { $set: { subscribed: false }, $unset: { tagIds: '' as const } },
          },
    }));
    if (writes.length > 0) await this.#citizens.bulkWrite(writes, { ordered: false });
  }

  async keepBlocked(accountId: string, openids: readonly string[], asOf: Date): Promise<void> {
    for (const some of partsOf(openids))
      await this.#citizens.updateMany(
        {
          accountId,
          openid: { $in: some },
          $or: [{ unreachable: { $exists: false } }, { 'unreachable.reason': blockedReason }],
        },
        { $set: { unreachable: { reason: blockedReason, at: asOf } } },
      );
  }

  async forgetBlocked(accountId: string, asOf: Date): Promise<void> {
    await this.#citizens.updateMany(
      {
        accountId,
        unreachable: { $exists: true },
        'unreachable.reason': blockedReason,
        'unreachable.at': { $lt: asOf },
      },
      { $unset: { unreachable: '' } },
    );
  }

  async addTag({ accountId, tagId, openids, now }: TagChange, tx?: Transaction): Promise<void> {
    await this.#citizens.updateMany(
      { accountId, openid: { $in: [...openids] } },
      { $addToSet: { tagIds: tagId }, $set: { tagsChangedAt: now } },
      within(tx),
    );
  }

  async takeTag({ accountId, tagId, openids, now }: TagChange, tx?: Transaction): Promise<void> {
    await this.#citizens.updateMany(
      { accountId, openid: { $in: [...openids] } },
      { $pull: { tagIds: tagId }, $set: { tagsChangedAt: now } },
      within(tx),
    );
  }

  async dropTag(accountId: string, tagId: number): Promise<void> {
    await this.#citizens.updateMany({ accountId, tagIds: tagId }, { $pull: { tagIds: tagId } });
  }

  async keepDistrict(accountId: string, openid: string, district: string | null, now: Date): Promise<void> {
    if (district === null) {
      await this.#citizens.updateOne({ accountId, openid }, { $unset: { district: '' } });
      return;
    }
    const known = { firstContactAt: now, subscriptions: [] };
    await this.#citizens.updateOne(
      { accountId, openid },
      { $set: { district }, $setOnInsert: known },
      { upsert: true },
    );
  }

  async recordUnreachable(
    accountId: string,
    refusals: readonly { openid: string; reason: string; at: Date }[],
  ): Promise<void> {
    for (const some of partsOf(refusals))
      await this.#citizens.bulkWrite(
        some.map(({ openid, reason, at }) => ({
          updateOne: {
            filter: { accountId, openid, subscribedAt: { $not: { $gt: at } } },
            update: { $set: { unreachable: { reason, at } } },
          },
        })),
        { ordered: false },
      );
  }

  async #listStrangers(accountId: string, openids: string[]): Promise<string[]> {
    const known = await this.#citizens
      .find({ accountId, openid: { $in: openids } }, { projection: { _id: 0, openid: 1 } })
      .toArray();
    const names = new Set(known.map(({ openid }) => openid));
    return openids.filter((openid) => !names.has(openid));
  }
}

function within(tx: Transaction | undefined): { session?: mongo.ClientSession } {
  return tx ? { session: sessionOf(tx) } : {};
}

function notChangedSince(asOf: Date) {
  return { subscriptionChangedAt: { $not: { $gte: asOf } } };
}

function* partsOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += perWrite) yield items.slice(start, start + perWrite);
}
