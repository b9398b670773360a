import { GroupCommit } from '../../core/group-commit.js';
import type { CitizenMessage } from '../../core/messages.js';
import { withinTime } from '../../core/with-deadline.js';
import type { SubscriptionChange } from './citizen.js';
import type { CitizenStore, FirstContact } from './citizen-store.js';

const maxBatch = 200;
/** As in the journal: a write that a dying server cut off may never end, and must not hold up those behind it. */
const writeMs = 3_000;

/** Records who writes to the account, and who follows it. */
export class CitizenRegistry {
  readonly #store: CitizenStore;
  readonly #contacts: GroupCommit<FirstContact, true>;

  constructor(store: CitizenStore) {
    this.#store = store;
    this.#contacts = new GroupCommit(
      async (contacts) => {
        await withinTime(store.ensureMany(contacts), writeMs);
        return contacts.map(() => true as const);
      },
      { maxBatch, maxConcurrent: 2 },
    );
  }

  /** Resolves when the citizen is known durably. */
  async recordContact(accountId: string, openid: string, at: Date): Promise<void> {
    await this.#contacts.add({ accountId, openid, at });
  }

  /** Keeps a follow or unfollow event; any other message is none of its business. */
  async recordSubscription(message: CitizenMessage): Promise<void> {
    const change = subscriptionChange(message);
    if (!change) return;
    await withinTime(this.#store.recordSubscription(message.accountId, message.openid, change), writeMs);
  }
}

function subscriptionChange({ input, sentAt, key }: CitizenMessage): SubscriptionChange | null {
  if (input.kind !== 'follow' && input.kind !== 'unfollow') return null;
  return {
    kind: input.kind,
    at: new Date(sentAt),
    key,
    ...(input.kind === 'follow' && input.scene !== undefined && { scene: input.scene }),
  };
}
