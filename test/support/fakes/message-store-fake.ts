import type { Disclosure, DisclosureStore } from '../../../src/features/messages/disclosure-store.js';
import type { StoredMessage } from '../../../src/features/messages/message.js';
import type { AddOutcome, MessageStore } from '../../../src/features/messages/message-store.js';

/** Messages in memory; the contract test holds it to the real store. */
export class MessageStoreFake implements MessageStore {
  readonly messages: StoredMessage[] = [];

  async add(message: StoredMessage): Promise<AddOutcome> {
    const { accountId, openid, key, receipt } = message;
    const own = this.#of(accountId);
    const stored = own.find((one) => one.openid === openid && one.key === key);
    if (stored) return { kind: 'repeated', stored };
    if (own.some((one) => one.receipt === receipt)) return { kind: 'receipt_taken' };
    this.messages.push(structuredClone(message));
    return { kind: 'added' };
  }

  async findByReceipt(accountId: string, receipt: string): Promise<StoredMessage | null> {
    return this.#of(accountId).find((one) => one.receipt === receipt) ?? null;
  }

  async list(accountId: string, limit: number): Promise<StoredMessage[]> {
    return this.#of(accountId).slice(0, limit);
  }

  async listByPhone(accountId: string, phoneHash: string, limit: number): Promise<StoredMessage[]> {
    return this.#of(accountId)
      .filter((one) => one.phoneHash === phoneHash)
      .slice(0, limit);
  }

  #of(accountId: string): StoredMessage[] {
    const own = this.messages.filter((one) => one.accountId === accountId);
    return own.sort((one, other) => other.at.getTime() - one.at.getTime());
  }
}

/** Disclosures in memory. */
export class DisclosureStoreFake implements DisclosureStore {
  readonly disclosures: Disclosure[] = [];

  async append(disclosure: Disclosure): Promise<void> {
    this.disclosures.push(disclosure);
  }
}
