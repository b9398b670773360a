import type { Citizen } from './citizen.js';

/** What decides who belongs to an audience; all that is given must apply. Instants are UTC. */
export interface FollowerFilter {
  /** At least one tag of each list. */
  tags: readonly (readonly number[])[];
  districts?: readonly string[];
  /** Began to follow at this instant or later … */
  followedFrom?: Date;
  /** … and before this one. */
  followedBefore?: Date;
  /** One of these. */
  openids?: readonly string[];
  isUnreachable?: true;
}

/** What is known of a citizen, as far as notices need it. */
export type Follower = Pick<
  Citizen,
  'openid' | 'subscribed' | 'subscribedAt' | 'tagIds' | 'district' | 'unreachable'
>;

/** Who follows an account. Counts and pages come from indexes. */
export interface FollowerRegister {
  count(accountId: string, filter: FollowerFilter): Promise<number>;
  /** Followers in order of openid. @param after an openid: those behind it. */
  list(
    accountId: string,
    filter: FollowerFilter,
    page: { after?: string; limit: number },
  ): Promise<Follower[]>;
  /** Whoever of these is known, following or not. */
  findMany(accountId: string, openids: readonly string[]): Promise<Follower[]>;
}
