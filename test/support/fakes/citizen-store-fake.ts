import type { Citizen, SubscriptionChange } from '../../../src/features/citizens/citizen.js';
import type { CitizenStore, FirstContact } from '../../../src/features/citizens/citizen-store.js';

/** The citizens in memory; the contract test holds it to the real one. */
export class CitizenStoreFake implements CitizenStore {
  readonly citizens = new Map<string, Citizen>();

  async find(accountId: string, openid: string): Promise<Citizen | null> {
    return this.citizens.get(`${accountId} ${openid}`) ?? null;
  }

  async ensureMany(contacts: readonly FirstContact[]): Promise<void> {
    for (const { accountId, openid, at } of contacts) this.#ensure(accountId, openid, at);
  }

  async recordSubscription(accountId: string, openid: string, change: SubscriptionChange): Promise<void> {
    const citizen = this.#ensure(accountId, openid, change.at);
    if (!citizen.subscriptions.some(({ key }) => key === change.key)) {
      citizen.subscriptions.push(change);
      citizen.subscriptions.sort((a, b) => a.at.getTime() - b.at.getTime());
    }
    if (citizen.subscriptionChangedAt && citizen.subscriptionChangedAt > change.at) return;
    citizen.subscribed = change.kind === 'follow';
    citizen.subscriptionChangedAt = change.at;
    if (change.kind === 'unfollow') {
      delete citizen.tagIds;
      return;
    }
    citizen.subscribedAt = change.at;
    if (citizen.unreachable && citizen.unreachable.at <= change.at) delete citizen.unreachable;
  }

  #ensure(accountId: string, openid: string, at: Date): Citizen {
    const id = `${accountId} ${openid}`;
    const known = this.citizens.get(id);
    if (known) return known;
    const citizen: Citizen = { accountId, openid, firstContactAt: at, subscriptions: [] };
    this.citizens.set(id, citizen);
    return citizen;
  }
}
