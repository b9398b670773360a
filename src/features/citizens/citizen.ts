/** A person known by openid within one account. */
export interface Citizen {
  accountId: string;
  openid: string;
  /** When the first message or event came in, UTC. */
  firstContactAt: Date;
  /** Whether the citizen follows the account; unknown until the platform has said so. */
  subscribed?: boolean;
  /** The moment of the event that `subscribed` comes from, UTC. */
  subscriptionChangedAt?: Date;
  /** Every follow and unfollow, oldest first. */
  subscriptions: SubscriptionChange[];
}

export interface SubscriptionChange {
  kind: 'follow' | 'unfollow';
  at: Date;
  /** The idempotency key of the event. */
  key: string;
  /** The scene of the QR code that led here. */
  scene?: string;
}
