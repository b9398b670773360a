import type { mongo } from 'mongoose';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Citizen } from './citizen.js';
import type { Follower, FollowerFilter, FollowerRegister } from './follower-register.js';

const collectionName = 'citizens';

/** Counts and pages over 130,000 citizens: every kind of filter has an index whose end is in order of openid. */
export const followerMigration: Migration = {
  id: 'citizens-3-followers',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndexes([
        { key: { accountId: 1, subscribed: 1, openid: 1 }, name: 'followers' },
        { key: { accountId: 1, tagIds: 1, subscribed: 1, openid: 1 }, name: 'tag' },
        { key: { accountId: 1, subscribed: 1, subscribedAt: 1 }, name: 'followed_since' },
        partial('district', { accountId: 1, district: 1, subscribed: 1, openid: 1 }, 'district'),
        partial('unreachable', { accountId: 1, subscribed: 1, openid: 1 }, 'unreachable'),
      ]);
  },
};

export class FollowerRegisterStoreMongo implements FollowerRegister {
  readonly #citizens: mongo.Collection<Citizen>;

  constructor(connection: MongoConnection) {
    this.#citizens = databaseOf(connection).collection<Citizen>(collectionName);
  }

  count(accountId: string, filter: FollowerFilter): Promise<number> {
    return this.#citizens.countDocuments(queryOf(accountId, filter));
  }

  list(
    accountId: string,
    filter: FollowerFilter,
    { after, limit }: { after?: string; limit: number },
  ): Promise<Follower[]> {
    const behind = after === undefined ? {} : { $and: [{ openid: { $gt: after } }] };
    return this.#citizens
      .find({ ...queryOf(accountId, filter), ...behind }, { projection })
      .sort({ openid: 1 })
      .limit(limit)
      .toArray();
  }

  findMany(accountId: string, openids: readonly string[]): Promise<Follower[]> {
    return this.#citizens.find({ accountId, openid: { $in: [...openids] } }, { projection }).toArray();
  }
}

const projection = {
  _id: 0,
  openid: 1,
  subscribed: 1,
  subscribedAt: 1,
  tagIds: 1,
  district: 1,
  unreachable: 1,
} as const;

function queryOf(accountId: string, filter: FollowerFilter): mongo.Filter<Citizen> {
  const { tags, districts, followedFrom, followedBefore, openids, isUnreachable } = filter;
  const [firstTags, ...otherTags] = tags;
  const followed = {
    ...(followedFrom && { $gte: followedFrom }),
    ...(followedBefore && { $lt: followedBefore }),
  };
  return {
    accountId,
    subscribed: true,
    ...(firstTags && { tagIds: { $in: [...firstTags] } }),
    ...(otherTags.length > 0 && { $nor: otherTags.map((tagIds) => ({ tagIds: { $nin: [...tagIds] } })) }),
    ...(districts && { district: { $in: [...districts] } }),
    ...(Object.keys(followed).length > 0 && { subscribedAt: followed }),
    ...(openids && { openid: { $in: [...openids] } }),
    ...(isUnreachable && { unreachable: { $exists: true } }),
  };
}

function partial(name: string, key: Record<string, 1>, field: string) {
  return { key, partialFilterExpression: { [field]: { $exists: true } }, name };
}
