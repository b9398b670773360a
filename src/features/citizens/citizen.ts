/** A person known by openid within one account. */
export interface Citizen {
  accountId: string;
  openid: string;
  /** When the first message or event came in, or the platform first listed the citizen, UTC. */
  firstContactAt: Date;
  /** Whether the citizen follows the account; unknown until the platform has said so. */
  subscribed?: boolean;
  /** The moment of the event, or of the synchronisation, that `subscribed` comes from, UTC. */
  subscriptionChangedAt?: Date;
  /** When the citizen last began to follow, UTC; unknown until the platform has said so. */
  subscribedAt?: Date;
  /** The account's tags at the platform, which forgets them when the citizen leaves. */
  tagIds?: number[];
  /** When `tagIds` was last changed from here, UTC. */
  tagsChangedAt?: Date;
  /** 区县, as the citizen chose it. */
  district?: string;
  /** The platform refuses every message to this citizen; stable, such as `receiver_permanent:43019`. */
  unreachable?: Unreachable;
  /** Every follow and unfollow, oldest first. */
  subscriptions: SubscriptionChange[];
}

export interface Unreachable {
  reason: string;
  at: Date;
}

export interface SubscriptionChange {
  kind: 'follow' | 'unfollow';
  at: Date;
  /** The idempotency key of the event. */
  key: string;
  /** The scene of the QR code that led here. */
  scene?: string;
}
